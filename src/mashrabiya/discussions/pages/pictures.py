"""The door of a picture: it is read where its post is. Programs have one of their own, in the API."""

from mashrabiya.discussions import queries
from mashrabiya.discussions.types import ID_SIZE
from mashrabiya.kernel.ids import read_id
from mashrabiya.platform.web import Access, Ask, Response, Routes
from mashrabiya.platform.web.pictures import kept_picture

routes = Routes()


@routes.get("/m/{file:str}", access=Access.ANYONE, slow=True)
def picture(request: Ask, file: str) -> Response[bytes]:
    """A picture in one of its sizes, where its post may be read. Its address is a name, never a path."""
    shown, _, size = file.partition(".")
    name = read_id(shown, ID_SIZE)
    with request.db.read() as db:
        queries.authorise_picture(db, request.viewer, name)
    return kept_picture(request, name, size)

"""The door from a private note to an unnamed thread: she is told what stays recognisable, and chooses where."""

from mashrabiya.communities import queries as communities
from mashrabiya.kernel.errors import NotFound
from mashrabiya.people import queries as people
from mashrabiya.people.rules.notes import first_line
from mashrabiya.platform.web import Access, Ask, Response, Routes, page

routes = Routes()


@routes.get("/me/notes/{number:str}/tell", access=Access.PERSONA)
def tell(request: Ask, number: str) -> Response[bytes]:
    if not (number.isascii() and number.isdigit()) or len(number) > 3 or str(int(number)) != number:
        raise NotFound
    with request.db.read() as db:
        note = people.get_private_note(db, request.viewer, int(number))
        mine = communities.my_communities(db, request.viewer)
    return page(request, "home/tell.html", number=number, first=first_line(note.text), communities=mine)

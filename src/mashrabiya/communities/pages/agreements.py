"""What is agreed in a place, and what was before."""

from mashrabiya.communities import queries
from mashrabiya.communities.types import ID_SIZE
from mashrabiya.kernel.ids import read_id
from mashrabiya.platform.web import Access, Ask, Response, Routes, page

routes = Routes()


@routes.get("/c/{cid:str}/a", access=Access.ANYONE)
def agreed(request: Ask, cid: str) -> Response[bytes]:
    with request.db.read() as db:
        community = queries.get_community(db, request.viewer, read_id(cid, ID_SIZE))
        versions = queries.versions(db, request.viewer, community.id)
    return page(request, "communities/agreed.html", community=community, versions=versions)

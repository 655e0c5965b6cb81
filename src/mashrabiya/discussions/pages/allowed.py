"""What somebody can do here now, and what comes next: a page for herself alone. It names no level."""

from mashrabiya.discussions import queries
from mashrabiya.discussions.pages.asked import newcomers
from mashrabiya.platform.web import Access, Ask, Response, Routes, page
from mashrabiya.safety.trust.rules import may_invite, may_vouch
from mashrabiya.safety.trust.types import Level

routes = Routes()


@routes.get("/me/can", access=Access.ACCOUNT)
def what_i_can_do(request: Ask) -> Response[bytes]:
    with request.db.read() as db:
        standing = queries.standing_of(db, request.viewer)
    return page(
        request,
        "discussions/can.html",
        new=standing.best == Level.NEW,
        established=standing.best >= Level.KNOWN,
        invites=request.house.members_invite and may_invite(request.viewer, standing).allowed,
        vouches=may_vouch(request.viewer, standing).allowed,
        vouched=request.viewer.speaks and request.viewer.slot in standing.vouched,
        allowed=newcomers(request).allowance_of(request.viewer, standing),
    )

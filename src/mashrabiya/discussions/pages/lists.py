"""Lists of threads: the newest of all, and those of one community, whose page this is."""

from msgspec.structs import replace

from mashrabiya.communities import queries as community_queries
from mashrabiya.communities import rules as community_rules
from mashrabiya.communities.entering import queries as entering
from mashrabiya.communities.types import ID_SIZE as COMMUNITY_ID_SIZE
from mashrabiya.communities.types import CommunityFacts, PlaceTag
from mashrabiya.discussions import forms, queries, rules
from mashrabiya.discussions.pages.asked import newcomers
from mashrabiya.discussions.pages.places import with_new
from mashrabiya.discussions.types import Filters, Pace, ThreadList, Ways
from mashrabiya.kernel.ids import read_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Read
from mashrabiya.platform.web import Access, Ask, Response, Routes, page
from mashrabiya.safety.trust import queries as trust
from mashrabiya.safety.trust.bursts import Bursts

routes = Routes()


@routes.get("/t", access=Access.ANYONE)
def latest(request: Ask) -> Response[bytes]:
    filters = queries.read_filters(request.query("only"), request.query("in"), helped=True)
    with request.db.read() as db:
        threads = _all_threads(db, request.viewer, request.query("after"), filters)
        threads = with_new(request, db, threads)
    return page(request, "discussions/latest.html", threads=threads)


def _all_threads(db: Read, viewer: Viewer, after: str, filters: Filters) -> ThreadList:
    if filters.only in queries.HELPED_SINCE:
        return queries.most_helped(db, viewer, after, filters)
    return queries.latest(db, viewer, after, filters=filters)


@routes.get("/c/{cid:str}", access=Access.ANYONE)
def community(request: Ask, cid: str) -> Response[bytes]:
    raw, viewer = read_id(cid, COMMUNITY_ID_SIZE), request.viewer
    with request.db.read() as db:
        found = community_queries.get_community(db, viewer, raw)
        threads = _threads_of(request, db, found)
        run_by, asked = community_queries.run_by(db, viewer, raw)
        ways, reckoned = _ways_now(request, db, found)
        unrun = not run_by and community_queries.is_unrun(db, viewer, raw)
        own, read = None, None
        if found.may_have_asked:
            own, read = entering.own_request_and_read(db, viewer, raw, [row.id for row in threads.rows])
        if read is not None or not (found.may_have_asked or reckoned):
            threads = with_new(request, db, threads, read)
    tag = _tag_of(found, threads.filters.tag)
    return page(
        request,
        "discussions/community.html",
        community=found,
        threads=threads,
        run_by=run_by,
        asked=asked,
        unrun=unrun,
        may_read=community_rules.may_read(viewer, found).allowed,
        may_join=community_rules.may_join(viewer, found).allowed,
        ways=ways,
        own=own,
        signs=_signs(request, found),
        tag=tag,
        onward=_leads_on(found, tag),
        follows=tag is not None and queries.follows_tag(viewer, tag.ref),
    )


def _threads_of(request: Ask, db: Read, community: CommunityFacts) -> ThreadList:
    """As its address narrows them; a tag that it has not narrows nothing."""
    number, viewer, after = forms.number(request.query("tag"), 0), request.viewer, request.query("after")
    only, lang = request.query("only"), request.query("in")
    filters = queries.read_filters(only, lang, tag=number if _tag_of(community, number) else 0)
    if filters.tag:
        return queries.tagged_threads(db, viewer, community.id, after, filters=filters)
    return queries.community_threads(db, viewer, community.id, after, filters=filters)


def _tag_of(community: CommunityFacts, number: int) -> PlaceTag | None:
    """The tag that the list is narrowed to."""
    return next((tag for tag in community.all_tags if tag.n == number), None)


def _leads_on(community: CommunityFacts, tag: PlaceTag | None) -> bool:
    """Whether it leads on to other places: where it is offered, and lists may tell of this one."""
    return tag is not None and not tag.retired and (community.belongs or not community.unlisted_days)


def _ways_now(request: Ask, db: Read, community: CommunityFacts) -> tuple[Ways, bool]:
    """How she may begin a thread there at this moment: no way where all of them would refuse.

    Also whether how she stands was reckoned for it, where it was not remembered: then the page asks no more.
    """
    viewer, guards = request.viewer, request.site.held["guards"]
    pace = Pace.SLOWED if guards.is_slowed(community.id, viewer) else Pace.OPEN
    pace = Pace.PAUSED if guards.is_paused(community.id, viewer) else pace
    ways = rules.ways_to_open(viewer, community, small=False, pace=pace)
    protected = community.protected_hours or request.house.protected_hours
    if not ways.any or not protected or community.helps:
        return ways, False
    room = newcomers(request)
    known = room.known(viewer) if room.on else None
    standing = known or trust.standing_of(db, viewer)
    named, unnamed = (
        community_rules.may_write_through(standing, viewer.slot, named=named).allowed
        for named in (True, False)
    )
    return replace(ways, named=ways.named and named, unnamed=ways.unnamed and unnamed), known is None


def _signs(request: Ask, community: CommunityFacts) -> list[str]:
    """What looks like a raid there: for those who may protect the place, while it is not protected."""
    if community.protected_hours or not community_rules.may_protect(request.viewer, community).allowed:
        return []
    bursts: Bursts = request.site.rooms["newcomers"].bursts
    return [sign.key for sign in bursts.signs(community.id)]

"""Doors of a tag: its threads everywhere, following it, and what is not to be suggested by it again."""

from mashrabiya.communities import queries as communities
from mashrabiya.communities.types import TAG_REF_SIZE, PlaceTag
from mashrabiya.discussions import commands, queries
from mashrabiya.discussions.pages.places import with_new
from mashrabiya.discussions.types import ID_SIZE
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.ids import read_id, show_id
from mashrabiya.people import queries as people
from mashrabiya.platform.db import Read
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other

routes = Routes()


@routes.get("/l", access=Access.PERSONA)
def followed(request: Ask) -> Response[bytes]:
    """The tags that she follows."""
    refs = people.followed_tags(request.viewer)
    with request.db.read() as db:
        named = communities.offered_tags(db, request.viewer, refs)
    return page(request, "discussions/tags.html", tags=[(show_id(ref), named.get(ref)) for ref in refs])


@routes.get("/l/{tag:str}", access=Access.ANYONE)
def threads(request: Ask, tag: str) -> Response[bytes]:
    ref = read_id(tag, TAG_REF_SIZE)
    filters = queries.read_filters(request.query("only"), request.query("in"))
    with request.db.read() as db:
        found = _found(db, request, ref)
        listed = queries.threads_of_tag(db, request.viewer, ref, request.query("after"), filters=filters)
        listed = with_new(request, db, listed)
    follows = queries.follows_tag(request.viewer, ref)
    return page(request, "discussions/tag.html", tag=found, shown=tag, threads=listed, follows=follows)


@routes.post("/l/{tag:str}/f", access=Access.PERSONA, limit="settings")
def follow(request: Ask, tag: str) -> Response[bytes]:
    """Follow it, or no longer."""
    ref, on = read_id(tag, TAG_REF_SIZE), request.form.flag("on")
    with request.db.write() as uow:
        (commands.follow_tag if on else commands.unfollow_tag)(uow, request.viewer, ref)
    if on:
        return see_other(f"/l/{show_id(ref)}")
    return see_other("/" if request.form.flag("first") else "/l")


@routes.post("/l/{tag:str}/x", access=Access.PERSONA, limit="settings")
def pass_over(request: Ask, tag: str) -> Response[bytes]:
    """Not this one again; the tag is followed as before."""
    read_id(tag, TAG_REF_SIZE)
    tid = read_id(request.form.text("tid"), ID_SIZE)
    with request.db.write() as uow:
        commands.pass_over(uow, request.viewer, tid)
    return see_other("/")


def _found(db: Read, request: Ask, ref: bytes) -> PlaceTag:
    found = communities.offered_tags(db, request.viewer, [ref]).get(ref)
    if found is None:
        raise NotFound
    return found

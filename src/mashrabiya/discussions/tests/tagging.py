"""Tags of a place, and threads that have them, as their people make them."""

from __future__ import annotations

from mashrabiya.communities import commands as communities
from mashrabiya.communities import queries as community_queries
from mashrabiya.communities.types import PlaceTag
from mashrabiya.communities.types.tags import NewTag
from mashrabiya.discussions import commands
from mashrabiya.discussions.tests.factories import shown_as
from mashrabiya.discussions.types import NewThread, Placed
from mashrabiya.kernel.ids import new_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Database
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import Person

COOKING, BREAD, NIGHT = (
    NewTag(ar="طبخ", en="Cooking"),
    NewTag(en="Bread"),
    NewTag(ar="ليل"),
)


def offer(database: Database, host: Viewer, cid: bytes, *tags: NewTag) -> list[PlaceTag]:
    """Let the place offer these; answers all it offers."""
    for tag in tags:
        with database.write() as uow:
            communities.add_tag(uow, host, cid, tag)
    with database.read() as db:
        return list(community_queries.get_community(db, host, cid).tags)


def tagged(
    database: Database,
    viewer: Viewer,
    cid: bytes,
    *tags: PlaceTag,
    title: str = "Mint?",
    unnamed: bool = False,
) -> Placed:
    """A thread of hers with these."""
    new = NewThread(
        title=title,
        body="Mine goes brown.",
        tags=tuple(tag.ref for tag in tags),
        unnamed=unnamed,
        submission=new_id().hex(),
        learnable=shown_as(viewer),
    )
    with database.write() as uow:
        return commands.open_thread(uow, viewer, cid, new)


def ticked(*tags: PlaceTag) -> dict[str, str]:
    """The boxes of a form."""
    return {f"tag_{tag.n}": tag.shown for tag in tags}


def press(person: Person, page: str, action: str, **fields: str) -> Page:
    """One of the forms of a page, the first with that address."""
    sheet = person.browser.get(page).form(action).fields
    return person.browser.post(action, {**sheet, **fields})

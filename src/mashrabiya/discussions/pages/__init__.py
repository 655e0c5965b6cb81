"""Doors of the discussions."""

from mashrabiya.discussions.forms import read_planned
from mashrabiya.discussions.pages import (
    allowed,
    amending,
    beginning,
    drafts,
    following,
    kept,
    later,
    lists,
    own,
    pictures,
    polls,
    tags,
    threads,
    translations,
    wordings,
)
from mashrabiya.platform.web import Routes

routes = Routes()
for _room in (
    lists,
    threads,
    tags,
    beginning,
    polls,
    pictures,
    own,
    wordings,
    translations,
    kept,
    drafts,
    later,
    following,
    allowed,
    amending,
):
    routes.all += _room.routes.all

__all__ = ["read_planned", "routes"]

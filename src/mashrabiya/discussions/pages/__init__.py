"""Doors of the discussions."""

from mashrabiya.discussions.forms import read_planned
from mashrabiya.discussions.pages import (
    allowed,
    beginning,
    drafts,
    following,
    kept,
    later,
    lists,
    own,
    pictures,
    polls,
    threads,
    wordings,
)
from mashrabiya.platform.web import Routes

routes = Routes()
for _room in (
    lists,
    threads,
    beginning,
    polls,
    pictures,
    own,
    wordings,
    kept,
    drafts,
    later,
    following,
    allowed,
):
    routes.all += _room.routes.all

__all__ = ["read_planned", "routes"]

"""Doors of the discussions."""

from mashrabiya.discussions.pages import (
    allowed,
    beginning,
    drafts,
    following,
    kept,
    lists,
    own,
    pictures,
    polls,
    threads,
    wordings,
)
from mashrabiya.platform.web import Routes

routes = Routes()
for _room in (lists, threads, beginning, polls, pictures, own, wordings, kept, drafts, following, allowed):
    routes.all += _room.routes.all

__all__ = ["routes"]

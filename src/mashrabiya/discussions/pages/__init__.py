"""Doors of the discussions."""

from mashrabiya.discussions.pages import (
    allowed,
    following,
    kept,
    lists,
    own,
    pictures,
    polls,
    tags,
    threads,
    wordings,
)
from mashrabiya.platform.web import Routes

routes = Routes()
for _room in (lists, threads, tags, polls, pictures, own, wordings, kept, following, allowed):
    routes.all += _room.routes.all

__all__ = ["routes"]

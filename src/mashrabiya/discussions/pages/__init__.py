"""Doors of the discussions."""

from mashrabiya.discussions.pages import (
    allowed,
    amending,
    following,
    kept,
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
    polls,
    pictures,
    own,
    wordings,
    translations,
    kept,
    following,
    allowed,
    amending,
):
    routes.all += _room.routes.all

__all__ = ["routes"]

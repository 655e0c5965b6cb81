"""Doors of the discussions."""

from mashrabiya.discussions.pages import allowed, kept, own, pictures, polls, threads
from mashrabiya.platform.web import Routes

routes = Routes()
for _room in (threads, polls, pictures, own, kept, allowed):
    routes.all += _room.routes.all

__all__ = ["routes"]

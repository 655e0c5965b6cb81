"""Doors of the library's front page, of guides, of what readers say of them, and of the hosts."""

from mashrabiya.library.guides.pages import hosts, reading, saying
from mashrabiya.library.guides.pages.parts import named
from mashrabiya.platform.web import Routes

routes = Routes()
for _room in (reading, saying, hosts):
    routes.all += _room.routes.all

__all__ = ["named", "routes"]

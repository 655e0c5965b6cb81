"""The hosts' desk, and the automatic rules of the house and of its communities."""

from mashrabiya.platform.web import Routes
from mashrabiya.stewardship.pages import canary, desk, precepts

routes = Routes()
for _room in (canary, desk, precepts):
    routes.all += _room.routes.all

__all__ = ["routes"]

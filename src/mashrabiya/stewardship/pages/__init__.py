"""The hosts' desk, and the automatic rules of the house and of its communities."""

from mashrabiya.platform.web import Routes
from mashrabiya.stewardship.pages import desk, precepts

routes = Routes()
for _room in (desk, precepts):
    routes.all += _room.routes.all

__all__ = ["routes"]

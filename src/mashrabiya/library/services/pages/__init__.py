"""Doors of services: reading, keeping, telling. What is exact stands before what is open."""

from mashrabiya.library.services.forms import address
from mashrabiya.library.services.pages import directory, files, keeping, telling
from mashrabiya.platform.web import Routes

routes = Routes()
for _room in (files, keeping, telling, directory):
    routes.all += _room.routes.all

__all__ = ["address", "routes"]

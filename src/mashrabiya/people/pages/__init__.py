"""Doors for people: coming in, going out, coming back, and everything one may change about oneself."""

from mashrabiya.people.pages import (
    account,
    back,
    entering,
    excluded,
    freezing,
    joining,
    leaving,
    locking,
    lone,
    notes,
    personas,
    reach,
    roles,
    second,
    settings,
    signins,
    trying,
    turning,
)
from mashrabiya.people.pages.excluded import show_case
from mashrabiya.platform.web import Routes

routes = Routes()
_ROOMS = (
    joining,
    entering,
    excluded,
    back,
    leaving,
    settings,
    signins,
    second,
    turning,
    lone,
    notes,
    reach,
    roles,
    trying,
    account,
    personas,
    locking,
    freezing,
)
for _room in _ROOMS:
    routes.all += _room.routes.all

__all__ = ["routes", "show_case"]

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
    notes,
    personas,
    settings,
    trying,
)
from mashrabiya.platform.web import Routes

routes = Routes()
for _room in (
    joining,
    entering,
    excluded,
    back,
    leaving,
    settings,
    notes,
    trying,
    account,
    personas,
    locking,
    freezing,
):
    routes.all += _room.routes.all

__all__ = ["routes"]

"""Doors of care: reporting, the desks, and what the person concerned reads."""

from mashrabiya.care.pages import appeals, concerned, desk, learning, reporting, together
from mashrabiya.platform.web import Routes

routes = Routes()
for _doors in (reporting, together, learning, appeals, desk, concerned):
    routes.all += _doors.routes.all

"""Doors of care: reporting, the desks, and what the person concerned reads."""

from mashrabiya.care.pages import (
    among,
    appeals,
    closing,
    concerned,
    desk,
    learning,
    logged,
    reporting,
    roles,
    together,
)
from mashrabiya.platform.web import Routes

routes = Routes()
for _doors in (reporting, roles, logged, together, learning, closing, appeals, desk, among, concerned):
    routes.all += _doors.routes.all

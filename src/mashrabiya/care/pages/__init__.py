"""Doors of care: reporting, the desks, and what the person concerned reads."""

from mashrabiya.care.pages import (
    appeals,
    closing,
    concerned,
    desk,
    learning,
    logged,
    openness,
    reporting,
    roles,
    together,
)
from mashrabiya.platform.web import Routes

routes = Routes()
for _doors in (openness, reporting, roles, logged, together, learning, closing, appeals, desk, concerned):
    routes.all += _doors.routes.all

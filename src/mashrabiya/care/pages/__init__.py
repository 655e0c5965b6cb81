"""Doors of care: reporting, the desks, and what the person concerned reads."""

from mashrabiya.care.pages import (
    among,
    appeals,
    closing,
    concerned,
    desk,
    duty,
    in_place,
    learning,
    logged,
    openness,
    outside,
    pulled,
    reporting,
    roles,
    room,
    together,
    waves,
)
from mashrabiya.platform.web import Routes

routes = Routes()
for _doors in (
    openness,
    reporting,
    roles,
    room,
    logged,
    waves,
    pulled,
    together,
    learning,
    closing,
    appeals,
    outside,
    duty,
    desk,
    in_place,
    among,
    concerned,
):
    routes.all += _doors.routes.all

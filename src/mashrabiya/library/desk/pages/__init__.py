"""Doors of the desk. To whoever holds no editorial role, and is no host, none of them is there."""

from mashrabiya.library.desk.pages import beginning, editions, front, guide, roles, waiting, writing
from mashrabiya.library.desk.pages.outside import is_hers, show_withdrawn
from mashrabiya.platform.web import Routes

routes = Routes()
# Open addresses last: a guide's own stands where a word of the desk might.
for _room in (roles, front, beginning, waiting, writing, editions, guide):
    routes.all += _room.routes.all

__all__ = ["is_hers", "routes", "show_withdrawn"]

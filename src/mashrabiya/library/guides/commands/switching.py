"""What hosts decide of the library."""

from __future__ import annotations

from mashrabiya.kernel.viewer import Viewer
from mashrabiya.library.guides import queries, rules
from mashrabiya.library.guides.commands.editing import change_guide
from mashrabiya.platform import audit, house
from mashrabiya.platform.db import Write


def switch(uow: Write, viewer: Viewer, guide: bytes, *, on: bool, has_read: bool) -> None:
    """Open a guide to readers, or close it. Twice is once."""
    rules.may_switch(viewer).or_raise()
    found = queries.get_guide(uow, guide)
    rules.may_switch(viewer, found, on=on, has_read=has_read).or_raise()
    if bool(found.open) == on:
        return
    change_guide(uow, found, open=int(on))
    audit.record(uow, "guide:opened" if on else "guide:closed", role="house", thing=guide)


def let_search(uow: Write, viewer: Viewer, *, on: bool) -> None:
    """Whether search engines may index guides, and nothing else. Twice is once."""
    rules.may_switch(viewer).or_raise()
    if house.load(uow).index_library == on:
        return
    house.save(uow, index_library=on)
    audit.record(uow, "house:changed", role="house", rule="index_library", detail=f"index_library: {on}")

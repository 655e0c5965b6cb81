"""What hosts decide of the library."""

from __future__ import annotations

from mashrabiya.kernel.errors import Refused
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.library.guides import queries, rules
from mashrabiya.library.guides.commands.editing import change_guide
from mashrabiya.library.guides.types import Kind
from mashrabiya.platform import audit, house
from mashrabiya.platform.db import Write


def switch(uow: Write, viewer: Viewer, guide: bytes, *, on: bool, has_read: bool, seen: str = "") -> None:
    """Open a guide to readers, or close it. Twice is once.

    ``seen``: which editions stood there when she read them; of a medical or legal one no other is opened by that.
    """
    rules.may_switch(viewer).or_raise()
    found = queries.get_guide(uow, guide)
    rules.may_switch(viewer, found, on=on, has_read=has_read).or_raise()
    if bool(found.open) == on:
        return
    if on and found.sort != Kind.PLAIN and queries.published(uow, guide) != seen:
        raise Refused("library.guides.read_meanwhile")
    change_guide(uow, found, open=int(on))
    audit.record(uow, "guide:opened" if on else "guide:closed", role="house", thing=guide)


def let_search(uow: Write, viewer: Viewer, *, on: bool) -> None:
    """Whether search engines may index guides, and nothing else. Twice is once."""
    rules.may_switch(viewer).or_raise()
    if house.load(uow).index_library == on:
        return
    house.save(uow, index_library=on)
    audit.record(uow, "house:changed", role="house", rule="index_library", detail=f"index_library: {on}")

"""Saying what a source says, after somebody of the house opened it. The desk fetches nothing."""

from __future__ import annotations

from msgspec.structs import replace

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid, NotFound
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.library.desk import queries, rules
from mashrabiya.library.guides import commands as guides
from mashrabiya.platform import audit
from mashrabiya.platform.db import Write

SAYS = ("yes", "other", "gone")


def say_opened(uow: Write, viewer: Viewer, code: str, says: str) -> None:
    """Opened today: it says what is cited, something else, or is not there."""
    rules.may_keep(queries.get_desk(uow, viewer)).or_raise()
    source = queries.find_source(uow, code)
    if source is None:
        raise NotFound
    if says not in SAYS:
        raise Invalid({"says": "library.desk.says_missing"})
    today = clock.day()
    seen = source.seen if says == "gone" else clock.iso(today)
    guides.put_source(uow, replace(source, seen=seen, broken_day=0 if says == "yes" else today))
    audit.record(uow, f"desk:source_{says}", role="desk", rule=code)

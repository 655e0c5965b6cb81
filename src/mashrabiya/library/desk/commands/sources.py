"""Saying what a source says, after somebody of the house opened it. The desk fetches nothing."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Text, bindparam, update

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid, NotFound
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.library.desk import queries, rules
from mashrabiya.library.guides.tables import GUIDE_SOURCE
from mashrabiya.platform import audit
from mashrabiya.platform.db import Statement, Write

SAYS = ("yes", "other", "gone")
_CODE = GUIDE_SOURCE.c.code == bindparam("which", type_=Text)
_OPENED: Statement[Any] = Statement(
    update(GUIDE_SOURCE)
    .where(_CODE)
    .values(seen=bindparam("new_seen", type_=Text), broken_day=bindparam("new_broken"))
)


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
    uow.run(_OPENED, which=code, new_seen=seen, new_broken=0 if says == "yes" else today)
    audit.record(uow, f"desk:source_{says}", role="desk", rule=code)

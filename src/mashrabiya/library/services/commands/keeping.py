"""What those who keep the directory do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import LargeBinary, bindparam, delete, update

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Conflict, Invalid
from mashrabiya.kernel.ids import new_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.library.services import comparing, queries, rules
from mashrabiya.library.services.events import ServiceChanged
from mashrabiya.library.services.files import Row
from mashrabiya.library.services.tables import SERVICE, SERVICE_CHECK, SERVICE_DOUBT, SERVICE_LIVED
from mashrabiya.library.services.types import ID_SIZE, NewCheck, Record, Service, Status, columns, packed
from mashrabiya.platform import audit, submissions
from mashrabiya.platform.db import Statement, Write


class ReadIn(NamedTuple):
    """How many entries of a file are new, how many other than they were, and the lines of those that were left as they are."""

    new: int
    other: int
    left: tuple[int, ...]


_WHICH = bindparam("which", type_=LargeBinary)
_NEVER = 0
MEANWHILE = "library.services.meanwhile"


def _setting(*names: str) -> Statement[Any]:
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
    return Statement(update(SERVICE).where(SERVICE.c.id == _WHICH).values(values))


_CHANGE = _setting("risk", "body")
_STATUS = _setting("status")
_CHECKED = _setting("status", "affirming", "checked_day", "role", "method", "next_day")
_READ_IN = _setting("status", "risk", "body", "checked_day", "role", "method", "next_day")
_SAME_DAY: Statement[Any] = Statement(
    delete(SERVICE_CHECK).where(
        SERVICE_CHECK.c.service == _WHICH,
        SERVICE_CHECK.c.day == bindparam("day"),
        SERVICE_CHECK.c.mark == bindparam("mark", type_=LargeBinary),
    )
)
_SETTLE: Statement[Any] = Statement(delete(SERVICE_DOUBT).where(SERVICE_DOUBT.c.service == _WHICH))
_ENDINGS: list[Statement[Any]] = [
    Statement(delete(SERVICE_CHECK).where(SERVICE_CHECK.c.service == _WHICH)),
    Statement(delete(SERVICE_LIVED).where(SERVICE_LIVED.c.service == _WHICH)),
    _SETTLE,
    Statement(delete(SERVICE).where(SERVICE.c.id == _WHICH)),
]


def add(
    uow: Write,
    viewer: Viewer,
    record: Record,
    *,
    law_of: rules.LawOf = rules.no_law,
    submission: str = "",
    made_up: bool = False,
) -> bytes:
    """A new entry: nobody has checked it, so it stands in no list before somebody does. Sent twice, it is one."""
    rules.may_keep(viewer).or_raise()
    which = new_id(ID_SIZE)
    before = submissions.claim(uow, submission, which, packed(record))
    if before is not None:
        return before
    _refuse(rules.wrong(record, clock.day(), law_of))
    _insert(uow, which, record, made_up=made_up)
    audit.record(uow, "service:added", role="house", thing=which)
    return which


def _insert(uow: Write, which: bytes, record: Record, *, made_up: bool = False) -> None:
    uow.insert(
        SERVICE,
        id=which,
        status=str(Status.UNKNOWN),
        made_up=int(made_up),
        affirming="unknown",
        checked_day=_NEVER,
        role="",
        method="",
        next_day=_NEVER,
        **columns(record),
    )
    uow.record(ServiceChanged(which))


def change(
    uow: Write,
    viewer: Viewer,
    which: bytes,
    record: Record,
    *,
    seen: str,
    law_of: rules.LawOf = rules.no_law,
) -> None:
    """Another record. That it was checked stays; whoever changes a number checks it again.

    ``seen`` is the print of what its form showed: what somebody else wrote meanwhile is not written over.
    """
    rules.may_keep(viewer).or_raise()
    _, before = queries.get_kept(uow, viewer, which)
    if record == before:
        return
    if seen != comparing.print_of(before):
        raise Conflict(MEANWHILE)
    _refuse(rules.wrong(record, clock.day(), law_of))
    uow.run(_CHANGE, which=which, **{f"new_{name}": value for name, value in columns(record).items()})
    uow.record(ServiceChanged(which))
    audit.record(uow, "service:changed", role="house", thing=which)


def check(uow: Write, viewer: Viewer, which: bytes, new: NewCheck) -> None:
    """Somebody looked today. It answers, so it stands again until the next check; twice on a day is once."""
    rules.may_check(viewer).or_raise()
    service, record = queries.get_kept(uow, viewer, which)
    if new.role not in rules.roles_of(viewer):
        raise Invalid({"pick_role": "library.services.role_missing"})
    if new.method is None:
        raise Invalid({"pick_method": "library.services.method_missing"})
    assert viewer.work, "who has a role has a session"
    mark, today = viewer.work.nullifier(b"checked", which), clock.day()
    uow.run(_SAME_DAY, which=which, day=today, mark=mark)
    uow.insert(
        SERVICE_CHECK,
        id=new_id(),
        service=which,
        day=today,
        role=new.role,
        method=str(new.method),
        affirming=str(new.affirming),
        mark=mark,
        note=new.note,
    )
    uow.run(
        _CHECKED,
        which=which,
        new_status=str(Status.ACTIVE),
        new_affirming=str(rules.affirming(queries.checks(uow, which))),
        new_checked_day=today,
        new_role=new.role,
        new_method=str(new.method),
        new_next_day=today + rules.holds_for(record.kind),
    )
    audit.record(uow, "service:checked", role=_role(new.role), thing=service.id)


def _role(role: str) -> str:
    return "house" if role == "host" else role


def set_status(uow: Write, viewer: Viewer, which: bytes, status: Status) -> None:
    """It rests, is closed, or is not known to answer. That it answers, a check says."""
    rules.may_keep(viewer).or_raise()
    queries.get_kept(uow, viewer, which)
    uow.run(_STATUS, which=which, new_status=str(status))
    audit.record(uow, "service:status", role="house", thing=which, rule=str(status))


def remove(uow: Write, viewer: Viewer, which: bytes) -> None:
    """Gone, with everything that was said of it."""
    rules.may_keep(viewer).or_raise()
    queries.get_kept(uow, viewer, which)
    for ending in _ENDINGS:
        uow.run(ending, which=which)
    uow.record(ServiceChanged(which))
    audit.record(uow, "service:removed", role="house", thing=which)


def settle(uow: Write, viewer: Viewer, which: bytes) -> None:
    """What was said to be wrong was looked at. Twice is once."""
    rules.may_check(viewer).or_raise()
    queries.get_kept(uow, viewer, which)
    uow.run(_SETTLE, which=which)


def read_in(uow: Write, viewer: Viewer, rows: Sequence[Row]) -> ReadIn:
    """Entries of a file. What was changed here since the file was written is left as it is, and told.

    Its last check counts where it is later than ours. That it is kind does not: two people of this house have to find so.
    """
    rules.may_keep(viewer).or_raise()
    new, other, left = 0, 0, list[int]()
    there = {service.id: service for service, _ in queries.everything(uow, viewer)}
    for row in rows:
        which, before = row.id or new_id(ID_SIZE), there.get(row.id)
        if before is None:
            _insert(uow, which, row.record, made_up=row.made_up)
            new += 1
        if before is not None and _is_outrun(row, before):
            left.append(row.line)
            continue
        values = _standing(row, before)
        if before is not None and _is_same(before, values):
            continue
        other += before is not None
        uow.run(_READ_IN, which=which, **{f"new_{name}": value for name, value in values.items()})
        uow.record(ServiceChanged(which))
    if new or other:
        audit.record(uow, "service:read_in", role="house", rule=f"{new},{other}")
    return ReadIn(new, other, tuple(left))


def _is_outrun(row: Row, before: Service) -> bool:
    """Whether somebody changed the entry here after the file was written."""
    stands = before.record
    return bool(row.seen) and row.record != stands and row.seen != comparing.print_of(stands)


def _standing(row: Row, before: Service | None) -> dict[str, Any]:
    """How the entry stands after it was read in."""
    ours = before is not None and before.checked_day >= row.checked_day
    day = before.checked_day if before and ours else row.checked_day
    return {
        **columns(row.record),
        "status": str(row.status),
        "checked_day": day,
        "role": before.role if before and ours else row.role,
        "method": before.method if before and ours else row.method,
        "next_day": day + rules.holds_for(row.record.kind) if day else _NEVER,
    }


def _is_same(before: Service, values: dict[str, Any]) -> bool:
    return all(getattr(before, name) == value for name, value in values.items())


def _refuse(wrong: dict[str, str]) -> None:
    if wrong:
        raise Invalid(wrong)

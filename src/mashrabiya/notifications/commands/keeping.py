"""What somebody says about her notices: read, not these, and which she wants. One sealed row, written by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec.structs import replace
from sqlalchemy import bindparam
from sqlalchemy.sql.elements import ClauseElement

from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.notifications import queries
from mashrabiya.notifications.seen import Seen, SeenKeys
from mashrabiya.notifications.tables import SEEN
from mashrabiya.notifications.types import Sort, Told
from mashrabiya.platform.db import Adding, Statement, Write, upserting


def _setting(adding: Adding) -> ClauseElement:
    columns = ("tag", "blob", "until_q")
    adding = adding.values({name: bindparam(name, type_=SEEN.c[name].type) for name in columns})
    again = {name: adding.excluded[name] for name in columns[1:]}
    return adding.on_conflict_do_update(index_elements=[SEEN.c.tag], set_=again)


_SET: Statement[None] = upserting(SEEN, _setting)


def mark_read(uow: Write, viewer: Viewer, told: Iterable[Told]) -> None:
    """She has read these."""
    keys = _keys(viewer)
    read = {keys.mark(one.tid, _place(one)): (one.last, one.day) for one in told}
    _change(uow, viewer, lambda seen: seen.with_read(read))


def mute(uow: Write, viewer: Viewer, kind: str, which: bytes, *, on: bool) -> None:
    """No notices of a thread or a place (``threads``, ``places``), or notices again. Twice is once."""
    _change(uow, viewer, lambda seen: seen.muting(kind, which, on=on))


def want(uow: Write, viewer: Viewer, sorts: Sort) -> None:
    """Which sorts of notices she wants."""
    _change(uow, viewer, lambda seen: replace(seen, off=unwanted(sorts)))


def unwanted(sorts: Sort) -> int:
    """The others, as they are kept."""
    return int(~sorts & (Sort.REPLIES | Sort.MINE | Sort.HELPED | Sort.POLLS))


def _place(one: Told) -> Sort:
    return one.sort if one.sort in {Sort.HELPED, Sort.POLLS} else Sort.REPLIES


def _keys(viewer: Viewer) -> SeenKeys:
    if viewer.work is None:
        raise NotFound
    return SeenKeys.of(viewer.work)


def _change(uow: Write, viewer: Viewer, change: Callable[[Seen], Seen]) -> None:
    keys, before = _keys(viewer), queries.find_seen(uow, viewer)
    after = change(before)
    if after != before:
        uow.run(_SET, tag=keys.tag, blob=keys.seal(after), until_q=keys.until())

"""Keeping something for later: rows like those of private notes, which nobody else finds or opens."""

from __future__ import annotations

from dataclasses import replace

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid, Refused
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people import queries
from mashrabiya.people.commands.saved import drop_saved, rewrite_saved
from mashrabiya.people.queries.saved import SavedRow
from mashrabiya.people.rules.notes import check_remark
from mashrabiya.people.sealed.saved import MOST, Kind, Saved, SaveKeys, bookmark
from mashrabiya.people.tables import SAVE
from mashrabiya.people.types import KeptForLater
from mashrabiya.platform.db import Write
from mashrabiya.platform.markdown.text import harmless


def keep(uow: Write, viewer: Viewer, what: bytes, remark: str, *, again: int | None = 0) -> None:
    """Keep something for later by its id, with a remark of her own. Kept again, the new remark counts; its day stays.

    ``again``: in so many days she wishes to be shown it once more; none for never, None as it was.
    """
    tidied = " ".join(harmless(remark).split())
    why = check_remark(tidied)
    if why:
        raise Invalid({"remark": why})
    keys = queries.save_keys(viewer)
    rows = queries.saved_rows(uow, keys)
    before = _kept(keys, rows, what)
    due = (before.again if before else 0) if again is None else again and clock.day() + again
    number = before.number if before else next((free for free in range(MOST) if free not in rows), None)
    if number is None:
        raise Refused("kept.full")
    _put(uow, keys, KeptForLater(number, what, tidied, before.day if before else clock.day(), due), before)


def seen_again(uow: Write, viewer: Viewer, what: bytes) -> None:
    """She was shown it and needs no more of that; it stays kept. Asked twice, it stays so."""
    keys = queries.save_keys(viewer)
    before = _kept(keys, queries.saved_rows(uow, keys), what)
    if before is not None:
        _put(uow, keys, replace(before, again=0), before)


def _kept(keys: SaveKeys, rows: dict[int, SavedRow], what: bytes) -> KeptForLater | None:
    return next((kept for kept in queries.kept_in(keys, rows) if kept.what == what), None)


def _put(uow: Write, keys: SaveKeys, kept: KeptForLater, before: KeptForLater | None) -> None:
    """In its place, if that is not what lies there already."""
    if kept == before:
        return
    saved = Saved(Kind.BOOKMARK, kept.day, bookmark(kept.what, kept.remark, kept.again))
    tag, until_q = keys.tag(kept.number), queries.kept_until(keys, kept.number)
    if before:
        rewrite_saved(uow, tag, keys.seal(saved, tag), until_q)
    else:
        uow.insert(SAVE, tag=tag, blob=keys.seal(saved, tag), until_q=until_q)


def let_go(uow: Write, viewer: Viewer, what: bytes) -> None:
    """Keep that no longer. Asked twice, it stays so."""
    keys = queries.save_keys(viewer)
    kept = queries.kept_in(keys, queries.saved_rows(uow, keys))
    drop_saved(uow, [keys.tag(one.number) for one in kept if one.what == what])

"""Keeping something for later: rows like those of private notes, which nobody else finds or opens."""

from __future__ import annotations

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid, Refused
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people import queries
from mashrabiya.people.commands.saved import drop_saved, rewrite_saved
from mashrabiya.people.rules.notes import check_remark
from mashrabiya.people.sealed.saved import MOST, Kind, Saved
from mashrabiya.people.tables import SAVE
from mashrabiya.platform.db import Write
from mashrabiya.platform.markdown.text import harmless


def keep(uow: Write, viewer: Viewer, what: bytes, remark: str) -> None:
    """Keep something for later by its id, with a remark of her own. Kept again, the new remark counts; its day stays."""
    tidied = " ".join(harmless(remark).split())
    why = check_remark(tidied)
    if why:
        raise Invalid({"remark": why})
    keys = queries.save_keys(viewer)
    rows = queries.saved_rows(uow, keys)
    before = next((kept for kept in queries.kept_in(keys, rows) if kept.what == what), None)
    if before is not None and before.remark == tidied:
        return
    number = before.number if before else next((free for free in range(MOST) if free not in rows), None)
    if number is None:
        raise Refused("kept.full")
    saved = Saved(
        Kind.BOOKMARK, before.day if before else clock.day(), bytes([len(what)]) + what + tidied.encode()
    )
    tag, until_q = keys.tag(number), queries.kept_until(keys, number)
    if before:
        rewrite_saved(uow, tag, keys.seal(saved, tag), until_q)
    else:
        uow.insert(SAVE, tag=tag, blob=keys.seal(saved, tag), until_q=until_q)


def let_go(uow: Write, viewer: Viewer, what: bytes) -> None:
    """Keep that no longer. Asked twice, it stays so."""
    keys = queries.save_keys(viewer)
    kept = queries.kept_in(keys, queries.saved_rows(uow, keys))
    drop_saved(uow, [keys.tag(one.number) for one in kept if one.what == what])

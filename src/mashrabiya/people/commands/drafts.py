"""Keeping what is not posted yet: rows like those of private notes, which nobody else finds or opens."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping

from msgspec import msgpack

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Conflict, Refused
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people import queries
from mashrabiya.people.commands.saved import drop_saved, rewrite_saved
from mashrabiya.people.queries.drafts import drafts_in
from mashrabiya.people.sealed.saved import MOST, ROOM, Kind, Saved
from mashrabiya.people.tables import SAVE
from mashrabiya.people.types import DRAFTS, KeptDraft
from mashrabiya.platform.db import Write

_secure = random.SystemRandom()


def keep_draft(
    uow: Write,
    viewer: Viewer,
    what: bytes,
    fields: Mapping[str, str],
    *,
    number: int | None = None,
    version: str = "",
) -> KeptDraft:
    """Keep words for a place, once. ``number`` and ``version`` say which draft they were made from.

    Where that was written over meanwhile, both stay and she is asked. Where it is gone, or was for another
    place, or was named and these words are not, they lie in a row of their own: a row that was written under a
    name must not become one that goes in the moment in which something stands somewhere without one.
    """
    keys = queries.save_keys(viewer)
    rows = queries.saved_rows(uow, keys)
    new = KeptDraft(-1, what, dict(fields), clock.day(), "")
    standing = drafts_in(keys, rows)
    before = next((one for one in standing if _is_of(one, new) and one.number == number), None)
    if before is not None and before.version != version and before.fields != new.fields:
        raise Conflict("draft.changed")
    same = next((one for one in standing if _is_of(one, new) and one.fields == new.fields), None)
    if before is None and same is not None:
        # Pressed twice.
        return same
    if before is not None and before.fields == new.fields and before.day == new.day:
        return before
    body = msgpack.encode((what, new.fields))
    if len(body) > ROOM:
        raise Refused("draft.long")
    place = before.number if before else _free(standing, rows.keys())
    tag = keys.tag(place)
    blob = keys.seal(Saved(Kind.DRAFT, new.day, body), tag)
    if before:
        rewrite_saved(uow, tag, blob, queries.kept_until(keys, place))
    else:
        uow.insert(SAVE, tag=tag, blob=blob, until_q=queries.kept_until(keys, place))
    return KeptDraft(place, what, new.fields, new.day, keys.version(blob))


def drop_draft(
    uow: Write, viewer: Viewer, number: int, *, version: str, fields: Mapping[str, str] | None = None
) -> None:
    """It is gone now; asked twice, it stays so. What was written meanwhile stays, unless it says the same as ``fields``."""
    current = queries.find_draft(uow, viewer, number)
    if current is None:
        return
    if current.version != version and current.fields != fields:
        raise Conflict("draft.changed")
    drop_saved(uow, [queries.save_keys(viewer).tag(number)])


def _is_of(one: KeptDraft, new: KeptDraft) -> bool:
    return not one.is_over and one.what == new.what and one.is_unnamed == new.is_unnamed


def _free(standing: list[KeptDraft], used: Collection[int]) -> int:
    """Any free place, by chance: were it always the first, one row would come and go with all that is posted."""
    free = [number for number in range(MOST) if number not in used]
    if not free or sum(not one.is_over for one in standing) >= DRAFTS:
        raise Refused("draft.full")
    return _secure.choice(free)

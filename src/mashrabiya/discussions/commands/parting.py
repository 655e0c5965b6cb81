"""Splitting a thread: some of what stands in it becomes a thread of its own, and may go back.

Nothing that anybody wrote changes by that, nor whose it is, nor its label: these stay with the thread in which it
was written. The new thread opens for no more people than the old one and is kept no longer. Who may do it, and why,
is care's matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    LargeBinary,
    bindparam,
    delete,
    func,
    literal_column,
    null,
    select,
    update,
)

from mashrabiya.discussions.commands.endings import drop_thread
from mashrabiya.discussions.commands.tags import list_tags, numbers_in
from mashrabiya.discussions.events import ThreadOpened, ThreadSplit
from mashrabiya.discussions.queries.parts import voice_number
from mashrabiya.discussions.tables import PARTED, POST, THREAD
from mashrabiya.discussions.types import EXCERPT_LIMIT, ID_SIZE, Judged, Part, ThreadFacts, numbers_of
from mashrabiya.kernel import clock
from mashrabiya.kernel.content import ALL_NOTES
from mashrabiya.kernel.ids import new_id
from mashrabiya.platform import markdown
from mashrabiya.platform.db import Statement, Write

_TID, _BATCH = bindparam("tid", type_=LargeBinary), bindparam("batch", type_=LargeBinary)
_NONE: ColumnElement[int] = literal_column("0")
_OF_BATCH = PARTED.c.batch == _BATCH

# The voices of a thread are counted while all of it is there, and kept: afterwards they cannot be.
_KEEP_VOICES: Statement[None] = Statement(
    update(POST)
    .where(POST.c.tid == _TID, POST.c.pid.is_not(None), POST.c.voice.is_(None))
    .values(voice=voice_number(POST))
)
_HER_VOICE = POST.alias("hers")
_KEEP_VOICE: Statement[None] = Statement(
    update(POST)
    .where(POST.c.id == bindparam("post", type_=LargeBinary), POST.c.pid.is_not(None))
    .values(
        voice=func.coalesce(
            select(func.min(_HER_VOICE.c.voice))
            .where(
                _HER_VOICE.c.tid == POST.c.tid,
                _HER_VOICE.c.home_tid == POST.c.tid,
                _HER_VOICE.c.pid == POST.c.pid,
                # A translation stands under a number that no voice has.
                _HER_VOICE.c.n > _NONE,
            )
            .correlate(POST)
            .scalar_subquery(),
            bindparam("next_voice", type_=Integer),
        )
    )
)
# Numbers in the new thread follow the order in which they were written.
_PLACE = (
    select(func.count())
    .select_from(PARTED)
    .where(_OF_BATCH, PARTED.c.n <= POST.c.n)
    .correlate(POST)
    .scalar_subquery()
)
_IN_BATCH = POST.c.id.in_(select(PARTED.c.post).where(_OF_BATCH))
_GO: Statement[None] = Statement(
    update(POST)
    .where(POST.c.tid == _TID, _IN_BATCH)
    .values(tid=bindparam("new_tid", type_=LargeBinary), n=_PLACE)
)
_OLD_PLACE = select(PARTED.c.n).where(_OF_BATCH, PARTED.c.post == POST.c.id).correlate(POST).scalar_subquery()
_RETURN: Statement[None] = Statement(
    update(POST)
    .where(POST.c.tid == _TID, _IN_BATCH)
    .values(tid=bindparam("old_tid", type_=LargeBinary), n=_OLD_PLACE)
)
# Translations stand by numbers that say which post they translate: they go along, by as much as that moved.
_ALONG: Statement[None] = Statement(
    update(POST)
    .where(
        POST.c.tid == _TID,
        POST.c.n.between(bindparam("least", type_=Integer), bindparam("most", type_=Integer)),
    )
    .values(tid=bindparam("new_tid", type_=LargeBinary), n=POST.c.n + bindparam("by", type_=Integer))
)
_NUMBERS: Statement[None] = Statement(select(PARTED.c.n).where(_OF_BATCH).order_by(PARTED.c.n))
_FORGET: Statement[None] = Statement(delete(PARTED).where(_OF_BATCH))
_COUNT: Statement[None] = Statement(
    update(THREAD)
    .where(THREAD.c.id == _TID)
    .values(parted=THREAD.c.parted + bindparam("step", type_=Integer))
)
_NOTED = func.coalesce(POST.c.noted, _NONE).bitwise_or(bindparam("added", type_=Integer))
_INHERIT: Statement[None] = Statement(
    update(POST)
    .where(POST.c.id == bindparam("post", type_=LargeBinary))
    .values(notes=bindparam("new_notes", type_=Integer), noted=_NOTED, care_note=null())
)
# While it is held back, the first post of a thread keeps the title as the first line of its source.
_UNTITLE: Statement[None] = Statement(
    update(POST).where(POST.c.id == bindparam("post", type_=LargeBinary)).values(body=bindparam("new_body"))
)
_NOTE_BACK: Statement[None] = Statement(
    update(POST)
    .where(POST.c.id == bindparam("post", type_=LargeBinary))
    .values(care_note=select(THREAD.c.care_note).where(THREAD.c.id == _TID).scalar_subquery())
)
_ROW: Statement[None] = Statement(
    select(THREAD.c.last_day, POST.c.helped)
    .join(POST, POST.c.tid == THREAD.c.id)
    .where(THREAD.c.id == _TID, POST.c.id == bindparam("post", type_=LargeBinary))
)


_NEW: dict[str, Any] = {"parted": 0, "top": 0, "needed": 0, "poll_day": 0, "poll": "", "own_tags": None}
"""What no new thread has yet."""


def split(
    uow: Write, thread: ThreadFacts, parts: Sequence[Part], opening: Judged, *, title: str, batch: bytes
) -> tuple[bytes, int]:
    """Let these posts stand in a thread of their own, the first of them as its opening.

    Answers which thread, and the content notes that came to its opening from the thread and the place it stands in.
    """
    tid, notes = new_id(ID_SIZE), (thread.notes | thread.community.notes | opening.notes) & ALL_NOTES
    uow.run(_KEEP_VOICES, tid=thread.id)
    _begin(uow, tid, thread, opening, title=title, n=len(parts), notes=notes)
    for part in parts:
        uow.insert(PARTED, tid=thread.id, n=part.n, post=part.id, batch=batch)
    added = notes & ~opening.notes
    uow.run(_INHERIT, post=opening.id, new_notes=notes, added=added)
    uow.run(_GO, tid=thread.id, new_tid=tid, batch=batch)
    for place, part in enumerate(sorted(parts, key=lambda part: part.n), 1):
        _take_along(uow, thread.id, part.n, to=(tid, place))
    uow.run(_COUNT, tid=thread.id, step=len(parts))
    uow.record(ThreadOpened(tid, thread.community.id))
    uow.record(ThreadSplit(tid))
    return tid, added


def _begin(
    uow: Write, tid: bytes, thread: ThreadFacts, opening: Judged, *, title: str, n: int, notes: int
) -> None:
    """The row of the new thread: what holds in the old one holds in it."""
    ((last_day, helped),) = uow.tuples(_ROW, tid=thread.id, post=opening.id)
    uow.insert(
        THREAD,
        id=tid,
        cid=thread.community.id,
        title=title,
        excerpt=markdown.excerpt(opening.body, EXCERPT_LIMIT),
        lang=opening.lang,
        # For nobody new, and no longer: what was true of them where they stood.
        audience=thread.begun_for,
        retention_days=thread.retention_days,
        pos=clock.ten_minutes(),
        n=n,
        # Whoever is heard there next takes no number that stands there already.
        labels=thread.labels,
        began=thread.id,
        # They go when they would have gone.
        last_day=last_day,
        wants=thread.wants,
        spare=thread.spare,
        notes=notes,
        helped=helped,
        answers=thread.answers,
        anon_mode=thread.anon_mode,
        shut=thread.shut,
        slow=thread.slow,
        slow_day=thread.slow_day,
        care_note=opening.care_note,
        tags=thread.tags,
        **_NEW,
    )
    list_tags(uow, tid, numbers_in(thread.tags), cid=thread.community.id, pos=clock.ten_minutes())


def join(uow: Write, thread: ThreadFacts, old: bytes, opening: Judged, *, many: int, batch: bytes) -> None:
    """Let these posts stand again where they stood, under their numbers; the thread that was split off goes."""
    uow.run(_NOTE_BACK, tid=thread.id, post=opening.id)
    if opening.is_withheld and opening.body:
        uow.run(_UNTITLE, post=opening.id, new_body=opening.source)
    uow.run(_RETURN, tid=thread.id, old_tid=old, batch=batch)
    for place, (number,) in enumerate(uow.tuples(_NUMBERS, batch=batch), 1):
        _take_along(uow, thread.id, place, to=(old, int(number)))
    uow.run(_FORGET, batch=batch)
    uow.run(_COUNT, tid=old, step=-many)
    drop_thread(uow, thread.id)


def _take_along(uow: Write, tid: bytes, number: int, *, to: tuple[bytes, int]) -> None:
    """Whatever translates the post of that number stands beside it where it stands now."""
    numbers, (new_tid, place) = numbers_of(number), to
    uow.run(
        _ALONG,
        tid=tid,
        least=numbers[-1],
        most=numbers[0],
        new_tid=new_tid,
        by=numbers_of(place)[0] - numbers[0],
    )


def keep_voice(uow: Write, thread: ThreadFacts, post: bytes, *, beside: bool = False) -> None:
    """Of what is written by name where voices cannot be counted: which one it is there.

    ``beside``: a translation. Of whoever said nothing else there it has the number that no voice has.
    """
    if thread.is_mixed:
        uow.do(_KEEP_VOICE, post=post, next_voice=1 if beside else thread.labels + 1)

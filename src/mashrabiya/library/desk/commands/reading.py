"""Saying that one has read an edition, taking that back; and the night, when a guide is due."""

from __future__ import annotations

from functools import partial
from typing import Any

from sqlalchemy import Integer, LargeBinary, bindparam, delete, literal_column, select, tuple_

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Conflict, NotFound
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.library.desk import queries, rules
from mashrabiya.library.desk.commands.hands import forget_hands, forget_own, mark_hand, settle
from mashrabiya.library.desk.tables import DESK_HAND
from mashrabiya.library.desk.types import Line, Volume
from mashrabiya.library.guides import commands as guides
from mashrabiya.library.guides import queries as guide_queries
from mashrabiya.library.guides.tables import GUIDE, GUIDE_EDITION
from mashrabiya.library.guides.types import EditionState, Role, State
from mashrabiya.platform import audit
from mashrabiya.platform.db import Statement, Write

_BATCH = 100
_PASSED: Statement[Any] = Statement(
    select(GUIDE.c.id)
    .where(
        GUIDE.c.state == literal_column(str(int(State.REVIEWED))),
        GUIDE.c.next_day < bindparam("today", type_=Integer),
    )
    .limit(literal_column(str(_BATCH)))
)
_GUIDE = bindparam("which", type_=LargeBinary)
_PUBLISHED = select(GUIDE_EDITION.c.lang, GUIDE_EDITION.c.n).where(
    GUIDE_EDITION.c.guide == _GUIDE,
    GUIDE_EDITION.c.state == literal_column(str(int(EditionState.PUBLISHED))),
)
_ANEW: Statement[Any] = Statement(
    delete(DESK_HAND).where(
        DESK_HAND.c.guide == _GUIDE,
        DESK_HAND.c.role > literal_column("0"),
        tuple_(DESK_HAND.c.lang, DESK_HAND.c.n).in_(_PUBLISHED),
    )
)


def read_as(uow: Write, viewer: Viewer, shown: str, place: tuple[str, int], *, role: int, seen: str) -> None:
    """The viewer has read this edition in that role, and found nothing that has to change. Twice is once.

    ``seen`` is the print of what she was shown: words that came meanwhile she has not read.
    """
    desk = queries.get_desk(uow, viewer)
    volume = queries.get_volume(uow, shown)
    line = open_line(volume, *place)
    edition = (volume.guide.id, line.lang, line.n)
    who, hands = queries.hand_of(viewer, edition), volume.hands_of(line)
    if any(hand.who == who and hand.role == role for hand in hands):
        return
    wrote = rules.has_written(volume, line, partial(queries.hand_on, viewer))
    rules.may_read_as(desk, volume.guide, role, who=who, hands=hands, wrote=wrote).or_raise()
    if rules.print_of(queries.find_edition(uow, line)) != seen:
        raise Conflict("library.desk.read_meanwhile")
    mark_hand(uow, viewer, edition, role)
    if line.state == EditionState.PUBLISHED:
        settle(uow, shown)
    audit.record(uow, "desk:read", role="desk", thing=volume.guide.id, rule=Role(role).code)


def unread(uow: Write, viewer: Viewer, shown: str, place: tuple[str, int]) -> None:
    """She takes it back: the guide is reviewed no more. Twice is once."""
    queries.get_desk(uow, viewer)
    volume = queries.get_volume(uow, shown)
    line = open_line(volume, *place)
    if forget_own(uow, viewer, (volume.guide.id, line.lang, line.n)):
        settle(uow, shown)
        audit.record(uow, "desk:unread", role="desk", thing=volume.guide.id, rule=line.lang)


def read_anew(uow: Write, viewer: Viewer, shown: str, lang: str) -> None:
    """What was read of this language counts no more: whose reading it was nobody can say, so all go. Twice is once.

    Medical and legal words that readers read close with it, as if put out unread.
    """
    rules.may_keep(queries.get_desk(uow, viewer)).or_raise()
    volume = queries.get_volume(uow, shown)
    read = [line for line in (volume.draft(lang), volume.published(lang)) if line and volume.was_read(line)]
    for line in read:
        forget_hands(uow, line.guide, line.lang, line.n)
    if any(line.state == EditionState.PUBLISHED for line in read) and rules.closes(volume.guide, read=False):
        guides.change_guide(uow, volume.guide, open=0)
    if read:
        settle(uow, shown, fresh=True)
        audit.record(uow, "desk:read_anew", role="desk", thing=volume.guide.id, rule=lang)


def become_due(uow: Write) -> int:
    """Reviewed guides whose day has passed: they are read anew, by whoever reads them now."""
    rows = uow.tuples(_PASSED, today=clock.day())
    for (guide,) in rows:
        uow.run(_ANEW, which=bytes(guide))
        guides.change_guide(uow, guide_queries.get_guide(uow, bytes(guide)), state=int(State.DUE))
        audit.record(uow, "desk:due", role="software", thing=bytes(guide))
    return len(rows)


def open_line(volume: Volume, lang: str, n: int) -> Line:
    """An edition that is read now, or is written."""
    for line in (volume.draft(lang), volume.published(lang)):
        if line is not None and line.n == n:
            return line
    raise NotFound

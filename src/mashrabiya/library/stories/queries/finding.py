"""Finding experiences. Who may read them is inside each statement."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    LargeBinary,
    Text,
    bindparam,
    func,
    or_,
    select,
)

from mashrabiya.kernel import clock
from mashrabiya.kernel.cursors import Cursor
from mashrabiya.kernel.ids import show_id
from mashrabiya.kernel.keys import Work
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.library.stories import rules
from mashrabiya.library.stories.queries.own import get_story
from mashrabiya.library.stories.queries.parts import (
    ALL,
    BATCH,
    BEGINNING,
    BEHIND,
    ID,
    LINE,
    NO,
    PLACED,
    READ,
    YES,
    constant,
    layers_for,
)
from mashrabiya.library.stories.tables import STORY, STORY_MARK
from mashrabiya.library.stories.types import (
    KEPT_DAYS,
    PAGE,
    Beside,
    Found,
    Layer,
    Mark,
    Row,
    Seek,
    Shown,
)
from mashrabiya.platform.db import Read, Statement
from mashrabiya.safety.queries import reach_of

_BESIDE_READ = 200
GUIDE = bindparam("guide", type_=LargeBinary)


def _unless(name: str, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """The condition, where something is asked for."""
    return or_(bindparam(f"any_{name}", type_=Integer) == YES, condition)


_FOUND = Statement(
    ALL.where(
        READ,
        BEHIND,
        STORY.c.notes.op("&")(bindparam("hidden", type_=Integer)) == NO,
        _unless("about", STORY.c.about == bindparam("about", type_=Integer)),
        _unless("guide", STORY.c.guide == GUIDE),
        _unless("step", STORY.c.step == bindparam("step", type_=Integer)),
        _unless("country", STORY.c.country == bindparam("country", type_=Text)),
        _unless("lang", STORY.c.lang == bindparam("lang", type_=Text)),
    )
    .order_by(*LINE)
    .limit(constant(PAGE + 1)),
    into=Row,
)
_AT_GUIDE = Statement(
    ALL.where(STORY.c.guide == GUIDE, READ, STORY.c.may.op("&")(constant(Layer.BESIDE)) != NO)
    .order_by(STORY.c.step, *LINE)
    .limit(constant(_BESIDE_READ)),
    into=Row,
)
_COUNTRIES: Statement[None] = Statement(
    select(STORY.c.country).distinct().select_from(PLACED).where(READ, STORY.c.country != bindparam("none"))
)
_TAKEN: Statement[None] = Statement(
    select(STORY.c.picked).where(
        STORY.c.guide == GUIDE, STORY.c.step == bindparam("step", type_=Integer), STORY.c.picked > NO
    )
)
_MARKED: Statement[None] = Statement(
    select(STORY_MARK.c.kind).where(
        STORY_MARK.c.story == ID, STORY_MARK.c.mnull.in_([bindparam("same"), bindparam("helped")])
    )
)
_OLD: Statement[None] = Statement(
    select(STORY.c.id).where(STORY.c.day < bindparam("before", type_=Integer)).limit(constant(BATCH))
)
_OVERDUE: Statement[None] = Statement(
    select(func.count()).select_from(STORY).where(STORY.c.day < bindparam("before", type_=Integer))
)


def this_month() -> int:
    """The first day of this month: all that is kept of when."""
    today = clock.day()
    return today - clock.date(today).day + 1


def story_page(db: Read, viewer: Viewer, story: bytes) -> Shown:
    """One experience as this viewer meets it, with what she said of it."""
    found = get_story(db, viewer, story)
    marked: set[int] = set()
    if viewer.work is not None:
        same, helped = (mark_of(viewer.work, story, kind) for kind in (Mark.SAME, Mark.HELPED))
        marked = {int(kind) for (kind,) in db.tuples(_MARKED, id=story, same=same, helped=helped)}
    shown = _shown(viewer, found)
    return Shown(found, shown.fold, shown.mine, Mark.SAME in marked, Mark.HELPED in marked)


def mark_of(work: Work, story: bytes, kind: Mark) -> bytes:
    """One mark a person, experience and kind, whichever name she uses."""
    return work.nullifier(b"story", bytes([kind]) + story)


def find(db: Read, viewer: Viewer, seek: Seek, after: str = "") -> Found:
    """Those this viewer may read and wants to meet, newest month first."""
    cursor = Cursor.read(after) or BEGINNING
    rows = db.all(
        _FOUND,
        layers=layers_for(viewer),
        after_day=min(cursor.position, BEGINNING.position),
        after_id=cursor.id,
        hidden=viewer.notes_hidden,
        **_asked(seek),
    )
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    further = Cursor(last.day, last.id).show() if last else ""
    return Found(_met(viewer, rows[:PAGE]), further)


def _asked(seek: Seek) -> dict[str, Any]:
    values = {"about": seek.about, "guide": seek.guide, "step": seek.step, "country": seek.country}
    asked: dict[str, Any] = {**values, "lang": seek.lang}
    return asked | {f"any_{name}": int(not value) for name, value in asked.items()}


def beside(db: Read, viewer: Viewer, guide: bytes) -> Beside:
    """What stands beside the steps of a guide for this viewer: what was chosen, in its order, and how many more."""
    steps: dict[int, list[Shown]] = {}
    more: dict[int, int] = {}
    for one in _met(viewer, db.all(_AT_GUIDE, guide=guide, layers=layers_for(viewer))):
        if one.row.picked and not (one.fold and one.fold.hidden):
            steps.setdefault(one.row.step, []).append(one)
        else:
            more[one.row.step] = more.get(one.row.step, 0) + 1
    for stories in steps.values():
        stories.sort(key=lambda one: one.row.picked)
    return Beside(steps, more, show_id(guide))


def proposed(db: Read, viewer: Viewer, guide: bytes) -> list[Row]:
    """Those that may stand beside a guide and were not chosen yet."""
    rows = db.all(_AT_GUIDE, guide=guide, layers=layers_for(viewer))
    return [row for row in rows if not row.picked]


def countries_told_of(db: Read, viewer: Viewer) -> list[str]:
    """The countries of which this viewer can read something, by their codes."""
    found = db.tuples(_COUNTRIES, layers=layers_for(viewer), none="")
    return sorted(str(code) for (code,) in found)


def picked_places(db: Read, story: Row) -> list[int]:
    """Which of the places beside its step are taken."""
    return [int(place) for (place,) in db.tuples(_TAKEN, guide=story.guide, step=story.step)]


def _met(viewer: Viewer, rows: Iterable[Row]) -> list[Shown]:
    """Without those whom, or what, this viewer does not want to meet."""
    shown = [_shown(viewer, row) for row in rows]
    return [one for one in shown if one.mine or not (one.fold and one.fold.why)]


def _shown(viewer: Viewer, row: Row) -> Shown:
    mine = 1 if rules.is_teller(viewer, row) else 2 * rules.is_hers(viewer, row)
    return Shown(row, rules.fold_of(viewer, row, reach_of(viewer), mine=bool(mine)), mine)


def too_old(db: Read) -> list[bytes]:
    """Some that were kept as long as may be."""
    return [bytes(story) for (story,) in db.tuples(_OLD, before=clock.day() - KEPT_DAYS)]


def overdue(db: Read, days: int) -> int:
    """How many should have gone so many days ago."""
    return int(db.scalar(_OVERDUE, before=clock.day() - KEPT_DAYS - days) or 0)

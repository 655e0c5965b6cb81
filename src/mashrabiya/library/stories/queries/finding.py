"""Finding experiences. Who may read them is inside each statement."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    LargeBinary,
    Text,
    bindparam,
    case,
    func,
    literal_column,
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
    THERE,
    YES,
    constant,
    layers_for,
)
from mashrabiya.library.stories.tables import STORY, STORY_MARK, STORY_QUOTE
from mashrabiya.library.stories.types import (
    BESIDE_MOST,
    KEPT_DAYS,
    PAGE,
    Beside,
    Found,
    Layer,
    Mark,
    Quoted,
    Row,
    Seek,
    Shown,
)
from mashrabiya.platform.db import Read, Statement
from mashrabiya.safety.queries import reach_of

_BESIDE_READ = 200
_LOOKED_THROUGH = 400
"""So many are looked through for words, on one page."""
GUIDE = bindparam("guide", type_=LargeBinary)


def _unless(name: str, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """The condition, where something is asked for."""
    return or_(bindparam(f"any_{name}", type_=Integer) == YES, condition)


def _at(*row: Any) -> tuple[Row, str, int]:
    """An experience, the passage of it that is quoted, or nothing, and at which step it stands."""
    *story, passage, step = row
    return Row(*story), passage, step


_SOUGHT = ALL.where(
    READ,
    BEHIND,
    STORY.c.notes.op("&")(bindparam("hidden", type_=Integer)) == NO,
    _unless("about", STORY.c.about == bindparam("about", type_=Integer)),
    _unless("guide", STORY.c.guide == GUIDE),
    _unless("step", STORY.c.step == bindparam("step", type_=Integer)),
    _unless("country", STORY.c.country == bindparam("country", type_=Text)),
    _unless("lang", STORY.c.lang == bindparam("lang", type_=Text)),
).order_by(*LINE)
_FOUND = Statement(_SOUGHT.limit(constant(PAGE + 1)), into=Row)
# What holds certain words is told from them here: they lie in no index.
_LOOKED = Statement(_SOUGHT.limit(constant(_LOOKED_THROUGH)), into=Row)
_BESIDE = (
    ALL.add_columns(literal_column("''").label("passage"), STORY.c.step.label("at_step"))
    .where(STORY.c.guide == GUIDE, READ, STORY.c.may.op("&")(constant(Layer.BESIDE)) != NO)
    # Those that were chosen first: many of one step push none of another out.
    .order_by(case((STORY.c.picked > NO, NO), else_=YES), STORY.c.step, *LINE)
    .limit(constant(_BESIDE_READ))
    .subquery("beside")
)
_QUOTED = (
    ALL.add_columns(STORY_QUOTE.c.passage, STORY_QUOTE.c.step)
    .join(STORY_QUOTE, STORY_QUOTE.c.story == STORY.c.id)
    .where(
        STORY_QUOTE.c.guide == GUIDE,
        STORY_QUOTE.c.agreed == YES,
        STORY_QUOTE.c.until_day >= bindparam("today", type_=Integer),
        READ,
        STORY.c.may.op("&")(constant(Layer.QUOTED)) != NO,
    )
    .order_by(STORY_QUOTE.c.step, *LINE)
    .limit(constant(_BESIDE_READ))
    .subquery("quoted")
)
_AT_GUIDE = Statement(select(_BESIDE).union_all(select(_QUOTED)), into=_at)
_COUNTRIES: Statement[None] = Statement(
    select(STORY.c.country).distinct().select_from(PLACED).where(READ, STORY.c.country != bindparam("none"))
)
_TAKEN: Statement[None] = Statement(
    select(STORY.c.picked)
    .select_from(PLACED)
    .where(
        STORY.c.guide == GUIDE,
        STORY.c.step == bindparam("step", type_=Integer),
        STORY.c.picked > NO,
        THERE,
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
        _LOOKED if seek.words else _FOUND,
        layers=layers_for(viewer),
        after_day=min(cursor.position, BEGINNING.position),
        after_id=cursor.id,
        hidden=viewer.notes_hidden,
        **_asked(seek),
    )
    # Of what was looked through, what is further back belongs to a later page, whether or not anything is there.
    edge = rows[-1] if len(rows) == _LOOKED_THROUGH else None
    if seek.words:
        words = rules.asked_for(seek.words)
        rows = [row for row in rows if rules.says(row, words)]
    last = rows[PAGE - 1] if len(rows) > PAGE else edge if seek.words else None
    further = Cursor(last.day, last.id).show() if last else ""
    return Found(_met(viewer, rows[:PAGE]), further)


def _asked(seek: Seek) -> dict[str, Any]:
    values = {"about": seek.about, "guide": seek.guide, "step": seek.step, "country": seek.country}
    asked: dict[str, Any] = {**values, "lang": seek.lang}
    return asked | {f"any_{name}": int(not value) for name, value in asked.items()}


def beside(
    db: Read, viewer: Viewer, guide: bytes, steps: Callable[[], Collection[int]], *, whole: bool = True
) -> Beside:
    """What stands beside the steps of a guide for this viewer: what was chosen, in its order, how many more, and passages.

    Where not ``whole``, no word of them: all wait behind their links. ``steps``: those that the guide has now, asked for
    where there is something; what was told of others stands with the whole of it.
    """
    chosen: dict[int, list[Shown]] = {}
    more: dict[int, int] = {}
    quotes: dict[int, list[Quoted]] = {}
    rows = _at_guide(db, viewer, guide)
    there = frozenset(steps()) if rows else frozenset()
    for row, passage, told_of in sorted(rows, key=lambda one: one[0].picked):
        step = told_of if told_of in there else 0
        one = next(iter(_met(viewer, [row])), None)
        if one is None:
            continue
        shows = whole and not (one.fold and one.fold.hidden)
        if passage:
            quotes.setdefault(step, []).extend([_quoted(one, passage)] if shows else [])
        elif shows and row.picked and len(chosen.get(step, [])) < BESIDE_MOST:
            chosen.setdefault(step, []).append(one)
        else:
            more[step] = more.get(step, 0) + 1
    return Beside(chosen, more, show_id(guide), {step: some for step, some in quotes.items() if some})


def _quoted(one: Shown, passage: str) -> Quoted:
    return Quoted(one.row, passage, one.fold.notes if one.fold else ())


def proposed(db: Read, viewer: Viewer, guide: bytes) -> list[Row]:
    """Those that may stand beside a guide and were not chosen yet."""
    return [row for row, passage, _ in _at_guide(db, viewer, guide) if not passage and not row.picked]


def _at_guide(db: Read, viewer: Viewer, guide: bytes) -> list[tuple[Row, str, int]]:
    """What may stand at a guide for this viewer, in order: the newest months first."""
    rows = db.all(_AT_GUIDE, guide=guide, layers=layers_for(viewer), today=clock.day())
    return sorted(rows, key=lambda one: (one[2], -one[0].day, one[0].id))


def stories_of_country(db: Read, viewer: Viewer, code: str, most: int) -> list[Shown]:
    """The newest told of a country, of those this viewer may read and wants to meet: what is closed to her is not told of."""
    return find(db, viewer, Seek(country=code)).rows[:most] if code else []


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

"""Reading experiences. Who may is inside each statement; nothing asks for one teller's unnamed ones."""

from __future__ import annotations

from collections.abc import Iterable
from hmac import compare_digest
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    LargeBinary,
    Text,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
    tuple_,
)

from mashrabiya.kernel import clock
from mashrabiya.kernel.cursors import Cursor
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.ids import show_id
from mashrabiya.kernel.keys import Work, mac
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.library.stories import rules
from mashrabiya.library.stories.tables import STORY, STORY_MARK
from mashrabiya.library.stories.types import (
    BESIDE_MOST,
    ID_SIZE,
    KEPT_DAYS,
    MOST_TRIED,
    PAGE,
    Beside,
    Found,
    Layer,
    Mark,
    Row,
    Seek,
    Shown,
    State,
)
from mashrabiya.people.queries import face_of, is_present, is_unseen
from mashrabiya.people.tables import PERSONA
from mashrabiya.platform.db import Read, Statement, sibling_values, sixteen
from mashrabiya.safety.queries import reach_of

_BESIDE_READ = 200
_BATCH = 100
_BEGINNING = Cursor((1 << 31) - 1, b"\xff" * ID_SIZE)
_ID = bindparam("id", type_=LargeBinary)
_GUIDE = bindparam("guide", type_=LargeBinary)
_STEP = bindparam("step", type_=Integer)


def _constant(number: int) -> ColumnElement[int]:
    return literal_column(str(int(number)))


_YES, _NO = _constant(1), _constant(0)
TELLER = PERSONA.alias("teller")
# The columns of Row: the desk reads them along with its reports.
STORY_COLUMNS = (
    *(STORY.c[name] for name in ("id", "pid", "tok", "state", "may", "about", "lang", "guide", "step")),
    *(STORY.c[name] for name in ("country", "notes", "same", "helped", "picked", "day")),
    *(STORY.c[name] for name in ("question", "was", "done", "came")),
    *face_of(TELLER),
    case((is_present(TELLER), STORY.c.pid)),
)
_PLACED = STORY.outerjoin(TELLER, TELLER.c.id == STORY.c.pid)
_ALL = select(*STORY_COLUMNS).select_from(_PLACED)
# Not while its teller is away and wished that nothing of hers be shown.
_THERE = case((is_unseen(TELLER), _NO), else_=_YES) == _YES
# Told, agreed to for whoever asks, and its teller not away: for other rooms too, with ``layers_for``.
READS = and_(
    STORY.c.state == _constant(State.SHOWN),
    STORY.c.may.op("&")(bindparam("layers", type_=Integer)) != _NO,
    _THERE,
)
_LINE = (STORY.c.day.desc(), STORY.c.id.desc())


def _unless(name: str, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """The condition, where something is asked for."""
    return or_(bindparam(f"any_{name}", type_=Integer) == _YES, condition)


_ONE = Statement(_ALL.where(STORY.c.id == _ID, _THERE), into=Row)
_JUDGED = Statement(_ALL.where(STORY.c.id == _ID), into=Row)
_FOUND = Statement(
    _ALL.where(
        READS,
        tuple_(STORY.c.day, STORY.c.id)
        < tuple_(bindparam("after_day", type_=Integer), bindparam("after_id", type_=LargeBinary)),
        STORY.c.notes.op("&")(bindparam("hidden", type_=Integer)) == _NO,
        _unless("about", STORY.c.about == bindparam("about", type_=Integer)),
        _unless("guide", STORY.c.guide == _GUIDE),
        _unless("step", STORY.c.step == _STEP),
        _unless("country", STORY.c.country == bindparam("country", type_=Text)),
        _unless("lang", STORY.c.lang == bindparam("lang", type_=Text)),
    )
    .order_by(*_LINE)
    .limit(_constant(PAGE + 1)),
    into=Row,
)
_AT_GUIDE = Statement(
    _ALL.where(STORY.c.guide == _GUIDE, READS, STORY.c.may.op("&")(_constant(Layer.BESIDE)) != _NO)
    # Those that were chosen first: many of one step push none of another out.
    .order_by(case((STORY.c.picked > _NO, _NO), else_=_YES), STORY.c.step, *_LINE)
    .limit(_constant(_BESIDE_READ)),
    into=Row,
)
_COUNTRIES: Statement[None] = Statement(
    select(STORY.c.country).distinct().select_from(_PLACED).where(READS, STORY.c.country != bindparam("none"))
)
_TAKEN: Statement[None] = Statement(
    select(STORY.c.picked)
    .select_from(_PLACED)
    .where(STORY.c.guide == _GUIDE, STORY.c.step == _STEP, STORY.c.picked > _NO, _THERE)
)
_MINE_NAMED = Statement(
    _ALL.where(STORY.c.pid == bindparam("pid", type_=LargeBinary)).limit(_constant(MOST_TRIED)), into=Row
)
_MINE_UNNAMED = Statement(_ALL.where(STORY.c.id.in_(sixteen("one"))), into=Row)
_UNNAMED: Statement[None] = Statement(
    select(STORY.c.id, STORY.c.tok)
    .where(STORY.c.tok.is_not(None))
    .order_by(*_LINE)
    .limit(_constant(MOST_TRIED))
)
_MARKED: Statement[None] = Statement(
    select(STORY_MARK.c.kind).where(
        STORY_MARK.c.story == _ID, STORY_MARK.c.mnull.in_([bindparam("same"), bindparam("helped")])
    )
)
_OLD: Statement[None] = Statement(
    select(STORY.c.id).where(STORY.c.day < bindparam("before", type_=Integer)).limit(_constant(_BATCH))
)
_OVERDUE: Statement[None] = Statement(
    select(func.count()).select_from(STORY).where(STORY.c.day < bindparam("before", type_=Integer))
)
_OF_PERSONA: Statement[None] = Statement(
    select(STORY.c.id).where(STORY.c.pid == bindparam("pid", type_=LargeBinary)).limit(_constant(_BATCH))
)


def this_month() -> int:
    """The first day of this month: all that is kept of when."""
    today = clock.day()
    return today - clock.date(today).day + 1


def layers_for(viewer: Viewer) -> int:
    """What must be agreed to, so that this viewer reads it."""
    return int(Layer.EVERYBODY | Layer.MEMBERS) if viewer.is_member else int(Layer.EVERYBODY)


def get_story(db: Read, viewer: Viewer, story: bytes) -> Row:
    """The experience, if this viewer may read it, or not found; its teller finds it in whatever state."""
    found = db.first(_ONE, id=story)
    if found is None or not rules.may_read(viewer, found):
        raise NotFound
    return found


def get_own(db: Read, viewer: Viewer, story: bytes) -> Row:
    """One of hers, by the persona in use or unnamed, or not found."""
    found = db.first(_JUDGED, id=story)
    if found is None or not rules.is_teller(viewer, found):
        raise NotFound
    return found


def find_judged(db: Read, story: bytes) -> Row | None:
    """It, in whatever state. For the care team, which has asked who may look."""
    return db.first(_JUDGED, id=story)


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
    cursor = Cursor.read(after) or _BEGINNING
    rows = db.all(
        _FOUND,
        layers=layers_for(viewer),
        after_day=min(cursor.position, _BEGINNING.position),
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


def beside(db: Read, viewer: Viewer, guide: bytes, *, whole: bool = True) -> Beside:
    """What stands beside the steps of a guide for this viewer: what was chosen, in its order, and how many more.

    Where not ``whole``, no word of them: all wait behind their links.
    """
    steps: dict[int, list[Shown]] = {}
    more: dict[int, int] = {}
    met = _met(viewer, db.all(_AT_GUIDE, guide=guide, layers=layers_for(viewer)))
    for one in sorted(met, key=lambda one: one.row.picked):
        there = steps.get(one.row.step, [])
        if whole and one.row.picked and len(there) < BESIDE_MOST and not (one.fold and one.fold.hidden):
            steps[one.row.step] = [*there, one]
        else:
            more[one.row.step] = more.get(one.row.step, 0) + 1
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


def mine(db: Read, viewer: Viewer) -> list[Row]:
    """Hers: by the persona in use, and unnamed ones, which are recognised by trial in this session alone."""
    if viewer.work is None:
        return []
    own = unnamed_ids(db, viewer.work)
    found = db.all(_MINE_NAMED, pid=viewer.pid) if viewer.speaks else []
    for at in range(0, len(own), 16):
        some = [*own[at : at + 16], *[b""] * 16][:16]
        found += db.all(_MINE_UNNAMED, **sibling_values(some, "one"))
    return sorted(found, key=lambda row: (row.day, row.id), reverse=True)


def unnamed_ids(db: Read, work: Work) -> list[bytes]:
    """The ids of all that she told unnamed."""
    key = work.token_key()
    return [
        bytes(story)
        for story, tok in db.tuples(_UNNAMED)
        if compare_digest(mac(key, bytes(story))[:ID_SIZE], bytes(tok))
    ]


def of_persona(db: Read, pid: bytes) -> list[bytes]:
    """Some of what a persona told by name."""
    return [bytes(story) for (story,) in db.tuples(_OF_PERSONA, pid=pid)]


def too_old(db: Read) -> list[bytes]:
    """Some that were kept as long as may be."""
    return [bytes(story) for (story,) in db.tuples(_OLD, before=clock.day() - KEPT_DAYS)]


def overdue(db: Read, days: int) -> int:
    """How many should have gone so many days ago."""
    return int(db.scalar(_OVERDUE, before=clock.day() - KEPT_DAYS - days) or 0)

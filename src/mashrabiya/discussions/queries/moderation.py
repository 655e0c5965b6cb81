"""Reading single posts for those who report them, decide on them, or wrote them."""

from __future__ import annotations

from msgspec import structs
from sqlalchemy import LargeBinary, bindparam, case, literal_column, select

from mashrabiya.discussions import rules
from mashrabiya.discussions.queries.parts import STANDING, TID, TITLE, YES, label_of, time_of
from mashrabiya.discussions.queries.threads import get_thread, place_now
from mashrabiya.discussions.tables import POST, THREAD
from mashrabiya.discussions.types import Judged, PostState, ThreadFacts
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.queries import face_of
from mashrabiya.people.tables import PERSONA
from mashrabiya.platform.db import Read, Statement

# The columns of Judged: the desk reads them along with its reports.
JUDGED = (
    POST.c.id,
    POST.c.tid,
    POST.c.n,
    POST.c.cid,
    POST.c.state,
    POST.c.home_tid,
    POST.c.pid,
    POST.c.tok,
    label_of(POST, PERSONA),
    *face_of(PERSONA),
    POST.c.lang,
    time_of(POST, PERSONA),
    POST.c.body,
    # Whoever decides on the opening itself reads its title with it.
    case((POST.c.n == YES, THREAD.c.title), else_=TITLE),
    THREAD.c.anon_mode,
    POST.c.notes,
    POST.c.links,
    POST.c.care_note,
    case((POST.c.n == YES, THREAD.c.poll), else_=literal_column("''")),
    POST.c.tongue,
)
PLACED_POST = POST.join(THREAD, THREAD.c.id == POST.c.tid).outerjoin(PERSONA, PERSONA.c.id == POST.c.pid)

_BY_ID = Statement(
    select(*JUDGED).select_from(PLACED_POST).where(POST.c.id == bindparam("post", type_=LargeBinary)),
    into=Judged,
)
AS_READ = [STANDING if column is POST.c.state else column for column in JUDGED]
_AT = Statement(
    select(*AS_READ).select_from(PLACED_POST).where(POST.c.tid == TID, POST.c.n == bindparam("at")),
    into=Judged,
)


def find_judged(db: Read, post: bytes) -> Judged | None:
    """The post, in whatever state. For the desk, which has asked who may look."""
    return db.first(_BY_ID, post=post)


def find_as_read(db: Read, tid: bytes, number: int) -> Judged | None:
    """A post of a thread that was found already, in the state in which readers meet it.

    A translation is there where its original is, and its author lets it be translated.
    """
    found = db.first(_AT, tid=tid, at=number)
    if found is None or not found.original or not found.is_shown:
        return found
    original = db.first(_AT, tid=tid, at=found.original)
    if original is not None and original.is_shown and not original.is_alone:
        return found
    return structs.replace(found, state=PostState.AWAY)


def is_read(db: Read, tid: bytes, number: int) -> bool:
    """Whether a post that stands is there for its readers: a translation only with its original."""
    if number > 0:
        return True
    found = find_as_read(db, tid, number)
    return found is not None and found.is_shown


def _standing(db: Read, viewer: Viewer, tid: bytes, number: int) -> tuple[ThreadFacts, Judged | None]:
    """A post by a number of a thread that the viewer reads: where it stands now, if she reads there."""
    thread = get_thread(db, viewer, tid)
    found = find_as_read(db, tid, number)
    now = place_now(db, viewer, thread, number) if found is None else None
    if now is None:
        return thread, found
    return get_thread(db, viewer, now.tid), find_as_read(db, now.tid, now.n)


def get_known(db: Read, viewer: Viewer, tid: bytes, number: int) -> tuple[ThreadFacts, Judged]:
    """The same, or not found; in whatever state it is."""
    thread, found = _standing(db, viewer, tid, number)
    if found is None:
        raise NotFound
    return thread, found


def get_shown(db: Read, viewer: Viewer, tid: bytes, number: int) -> tuple[ThreadFacts, Judged]:
    """A post that the viewer may read, with its thread; without its text it is not found."""
    thread, found = _standing(db, viewer, tid, number)
    if found is None or not found.is_shown:
        raise NotFound
    return thread, found


def get_judged(db: Read, viewer: Viewer, tid: bytes, number: int) -> tuple[ThreadFacts, Judged]:
    """A post of a thread that the viewer reads, also one that was hidden or removed.

    For the desk, which asks whether she may decide there. What is deleted, or not shown while its
    author is away, is not found.
    """
    thread, found = _standing(db, viewer, tid, number)
    if found is None or not (found.is_shown or found.is_withheld):
        raise NotFound
    return thread, found


def get_tended(db: Read, viewer: Viewer, tid: bytes, number: int) -> tuple[ThreadFacts, Judged]:
    """A thread by its first post, in whatever state that is; or another post that stands. For care, which asks who may."""
    thread, found = _standing(db, viewer, tid, number)
    if found is None or not (number == 1 or found.is_shown):
        raise NotFound
    return thread, found


def get_withheld(db: Read, viewer: Viewer, tid: bytes, number: int) -> tuple[ThreadFacts, Judged]:
    """A post of the viewer's own that a care team hid or removed; to everybody else it is not there."""
    thread, found = _standing(db, viewer, tid, number)
    if found is None or not found.is_withheld or not rules.is_author(viewer, found):
        raise NotFound
    return thread, found

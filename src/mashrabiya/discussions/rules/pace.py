"""Who may write at this moment: not paused, not closed to unnamed words, and not too soon."""

from __future__ import annotations

from collections.abc import Iterable
from hmac import compare_digest

from mashrabiya.discussions.types import ID_SIZE, ClosedWriting, Pace
from mashrabiya.kernel.verdict import ALLOWED, Denied, Verdict
from mashrabiya.kernel.viewer import Viewer

UNNAMED_CLOSED = Denied("compose.unnamed_closed")
PAUSED = Denied("compose.paused")
SLOWED_THREADS, SLOWED_SPENT = Denied("compose.slowed_threads"), Denied("compose.slowed_spent")
TOO_SOON = Denied("compose.too_soon")


def may_be_unnamed(viewer: Viewer, closed: Iterable[bytes]) -> Verdict:
    """Write unnamed, unless an unnamed post of hers had this taken from her.

    ``closed`` are the subjects of such decisions: a thread and a token there.
    Only the person herself can tell that one of them is hers.
    """
    return UNNAMED_CLOSED if is_one_of(viewer, closed) else ALLOWED


def is_one_of(viewer: Viewer, voices: Iterable[bytes]) -> bool:
    """Whether one of these unnamed voices, each a thread and a token there, is the person's own."""
    return any(compare_digest(viewer.token(one[:ID_SIZE]), one[ID_SIZE:]) for one in voices)


def may_begin_slowly(*, slowed: bool) -> Verdict:
    """Begin a thread, unless writing there is slowed for her."""
    return SLOWED_THREADS if slowed else ALLOWED


def may_answer_slowly(left: int, *, slowed: bool) -> Verdict:
    """Give one more answer today where writing is slowed for her: ``left`` are those of today."""
    return SLOWED_SPENT if slowed and left < 1 else ALLOWED


def may_answer_again(wait: int) -> Verdict:
    """Answer where each person does so once in a while: ``wait`` are the seconds that are left of it."""
    return TOO_SOON if wait > 0 else ALLOWED


def pace_of(viewer: Viewer, closed: ClosedWriting) -> Pace:
    """How far writing is closed to the person, under whichever of her names."""
    if not viewer.siblings or set(viewer.siblings).isdisjoint((*closed.paused, *closed.slowed)):
        return Pace.OPEN
    return Pace.SLOWED if set(viewer.siblings).isdisjoint(closed.paused) else Pace.PAUSED


def may_write_now(*, paused: bool) -> Verdict:
    """Write something new, unless it is paused for one of her names: then for all of them, and unnamed too."""
    return PAUSED if paused else ALLOWED

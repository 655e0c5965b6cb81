"""What a report must say, and which comes first; what an automatic rule may be."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache

from mashrabiya.kernel.content import Note
from mashrabiya.kernel.folding import fold
from mashrabiya.kernel.verdict import ALLOWED, Denied, Verdict
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.safety.matching.patterns import wrong_pattern
from mashrabiya.safety.matching.words import ANY, SHORTEST
from mashrabiya.safety.types import (
    ELSEWHERE,
    NOTE_LIMIT,
    NOTE_SIZES,
    PLACES,
    Act,
    Notice,
    Precept,
    Reach,
    Reason,
    Standing,
)

_LENGTH = 2

# Somebody may be hurt before anybody looks.
FIRST = (Reason.MINOR, Reason.SELF_HARM, Reason.CALL, Reason.WAY, Reason.OUTING, Reason.EXTORT, Reason.ENTRAP)
SOON = (Reason.HARASS, Reason.HATE, Reason.CONVERSION, Reason.MEDICAL)

# In the order in which they are offered.
OFFERED = (
    Reason.OUTING,
    Reason.HARASS,
    Reason.ENTRAP,
    Reason.EXTORT,
    Reason.HATE,
    Reason.MEDICAL,
    Reason.CONVERSION,
    Reason.MINOR,
    Reason.SELF_HARM,
    Reason.ADVICE,
    Reason.SPAM,
    Reason.OTHER,
)
GENTLE = frozenset({Reason.SELF_HARM, Reason.CALL, Reason.WAY})
"""Somebody may harm herself: nobody is hidden, paused or excluded for that."""

HELPS = {
    Reason.ENTRAP: 1,
    Reason.EXTORT: 2,
    Reason.OUTING: 3,
    Reason.SELF_HARM: 6,
    Reason.MINOR: 7,
}
"""Whoever reports one of these may need help that is quicker than a care team: which situation of help now."""


NOT_NOW = Denied("reach.not_now")
"""One sentence for everybody who may not reply: blocked, closed, or resting. It never says which."""


def may_reply_to(*, blocked: bool, quiet: bool, keeps: bool) -> Verdict:
    """Answer what somebody wrote under a name: unless she blocked the writer, or rests.

    ``keeps``: an unnamed voice that has spoken in the thread goes on speaking there. Else
    whoever blocks the person she suspects could see which voice falls silent.
    """
    return NOT_NOW if (blocked or quiet) and not keeps else ALLOWED


def why_folded(reach: Reach, pid: bytes | None, home_tid: bytes, label: int | None) -> str:
    """Why a reader does not meet this voice (a catalogue key), or nothing.

    A persona is met by that name alone: never by another of the same person, never unnamed.
    """
    if pid is not None:
        if pid in reach.blocked:
            return "reach.folded_blocked"
        return "reach.folded_muted" if pid in reach.muted else ""
    # Whoever opened the thread it was written in is the same voice wherever that stands now.
    at_home = 0 if label == ELSEWHERE else label
    return "reach.folded_muted" if (home_tid, at_home) in reach.labels else ""


def has_hidden_word(reach: Reach, words: frozenset[str]) -> bool:
    """Whether one of these folded words is one that the reader hides, or begins like it."""
    if not reach.words.isdisjoint(words):
        return True
    if not reach.beginnings:
        return False
    ordered = _in_order(words)
    return any(_next(ordered, beginning).startswith(beginning) for beginning in reach.beginnings)


@lru_cache(maxsize=1024)
def _in_order(words: frozenset[str]) -> list[str]:
    return sorted(words)


def _next(ordered: list[str], beginning: str) -> str:
    """The first word that does not stand before this one, or nothing."""
    place = bisect_left(ordered, beginning)
    return ordered[place] if place < len(ordered) else ""


def wrong(reason: int, note: str) -> dict[str, str]:
    """What is wrong with a report, by field."""
    said = {} if reason in OFFERED else {"reason": "report.reason_missing"}
    room = NOTE_SIZES[-1] - _LENGTH
    if len(note) > NOTE_LIMIT or len(note.encode("utf-8", "replace")) > room:
        said["note"] = "report.note_too_long"
    return said


def urgency_of(reason: Reason) -> int:
    """In which of three lines it waits: nought comes first."""
    if reason in FIRST:
        return 0
    return 1 if reason in SOON else 2


def stays_shut(said: Iterable[Notice]) -> bool:
    """Whether pictures of it are opened at no desk: somebody says that a child may be in danger there."""
    return any(one.reason == Reason.MINOR for one in said)


def report_places(viewer: Viewer) -> list[bytes]:
    """The places for her reports, which her own session alone can name: all of them, used or not."""
    if viewer.work is None:
        return []
    return [viewer.work.nullifier(b"reports", bytes([number])) for number in range(PLACES)]


def size_for(plain: bytes) -> int:
    """The smallest of the sizes that this fits into."""
    return next(size for size in NOTE_SIZES if len(plain) + _LENGTH <= size)


MOST_PRECEPTS, MOST_WORDS, MOST_PATTERNS = 60, 500, 20
"""What the automatic rules of one community may be."""
MOST_OF_HOUSE = 200, 5000, 200
TEXT_LONGEST, WORD_LONGEST, SENTENCE_LONGEST = 200_000, 60, 300
_LISTS = {Precept.WORDS, Precept.NAMES}
_SITE = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,}")


def may_have(precepts: Sequence[Standing], new: Standing) -> dict[str, str]:
    """What is wrong with one more rule, or a changed one, beside these of the same place."""
    rules, words, patterns = (MOST_PRECEPTS, MOST_WORDS, MOST_PATTERNS) if new.cid else MOST_OF_HOUSE
    others = [one for one in precepts if one.id != new.id]
    if len(others) >= rules:
        return {"text": "precept.too_many"}
    listed = sum(len(one.lines) for one in (*others, new) if one.kind in _LISTS)
    if new.kind in _LISTS and listed > words:
        return {"text": "precept.too_many_words"}
    drawn = sum(1 for one in (*others, new) if one.kind == Precept.PATTERN)
    return {"text": "precept.too_many_patterns"} if new.kind == Precept.PATTERN and drawn > patterns else {}


def wrong_precept(new: Standing) -> dict[str, str]:
    """What is wrong with an automatic rule, by field."""
    wrong: dict[str, str] = {}
    if new.kind not in list(Precept):
        wrong["kind"] = "precept.kind_missing"
    if new.act not in list(Act):
        wrong["act"] = "precept.act_missing"
    wrong |= _wrong_names(new) if new.kind == Precept.NAMES else {}
    if new.act == Act.NOTE and new.note not in list(Note):
        wrong["note"] = "precept.note_missing"
    if len(new.sentence) > SENTENCE_LONGEST:
        wrong["sentence"] = "precept.sentence_long"
    text = _wrong_text(new)
    return {**wrong, "text": text} if text else wrong


def _wrong_names(new: Standing) -> dict[str, str]:
    """One name is used in every community, so no community rules on it; and a name has no note and cannot wait."""
    wrong = {"kind": "precept.names_house"} if new.cid else {}
    return wrong if new.act in {Act.NUDGE, Act.REFUSE} else {**wrong, "act": "precept.names_act"}


def _wrong_text(new: Standing) -> str:
    if len(new.text) > TEXT_LONGEST:
        return "precept.text_long"
    if new.kind in _LISTS:
        return _wrong_words(new.lines)
    if new.kind == Precept.PATTERN:
        return wrong_pattern(new.text) if new.text else "precept.text_missing"
    if new.kind == Precept.LINKS and any(not _SITE.fullmatch(line) for line in new.lines):
        return "precept.site_wrong"
    return ""


def _wrong_words(lines: Sequence[str]) -> str:
    if not lines:
        return "precept.text_missing"
    if any(len(line) > WORD_LONGEST for line in lines):
        return "precept.word_long"
    # A single letter would meet every text there is.
    return "precept.word_short" if any(len(fold(line.strip(ANY))) < SHORTEST for line in lines) else ""

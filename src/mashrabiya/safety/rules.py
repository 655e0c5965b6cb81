"""What a report must say, and which comes first."""

from __future__ import annotations

from mashrabiya.safety.types import NOTE_LIMIT, NOTE_SIZES, Reason

_LENGTH = 2

# Somebody may be hurt before anybody looks.
FIRST = (Reason.MINOR, Reason.SELF_HARM, Reason.OUTING, Reason.EXTORT, Reason.ENTRAP)
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
HELP_FIRST = (Reason.MINOR, Reason.SELF_HARM, Reason.EXTORT, Reason.ENTRAP)
"""Whoever reports one of these may need help that is quicker than a care team."""


def wrong(reason: int, note: str) -> dict[str, str]:
    """What is wrong with a report, by field."""
    said = {} if reason in list(Reason) else {"reason": "report.reason_missing"}
    room = NOTE_SIZES[-1] - _LENGTH
    if len(note) > NOTE_LIMIT or len(note.encode("utf-8", "replace")) > room:
        said["note"] = "report.note_too_long"
    return said


def size_for(plain: bytes) -> int:
    """The smallest of the sizes that this fits into."""
    return next(size for size in NOTE_SIZES if len(plain) + _LENGTH <= size)

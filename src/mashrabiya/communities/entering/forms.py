"""What comes in by HTML: ways in, answers, and the code of a link in an address that tells nothing."""

from __future__ import annotations

from typing import Any

from mashrabiya.communities.entering import rules
from mashrabiya.communities.entering.types import QUESTIONS, NewRequest, Ways
from mashrabiya.communities.types import Entry
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid
from mashrabiya.kernel.keys import mac
from mashrabiya.people.sealed import codes
from mashrabiya.platform.crypto import OVERHEAD, Unopenable, padded, seal, unpadded, unseal
from mashrabiya.platform.keys import ServerKeys
from mashrabiya.platform.web import Form

QUESTION_FIELDS = tuple(f"question_{number}" for number in range(1, QUESTIONS + 1))
ANSWER_FIELDS = tuple(f"answer_{number}" for number in range(1, QUESTIONS + 1))
_ENTRIES = [str(int(entry)) for entry in Entry]
_SLIP = 32
SLIP_LETTERS = 2 * (_SLIP + OVERHEAD)
"""So a slip and a code are told apart."""


def read_ways(form: Form) -> Ways:
    """The ways in as typed, or Invalid with each field's reason."""
    ways = Ways(
        entry=Entry(int(form.choice("entry", _ENTRIES, "0"))),
        questions=rules.asked_of([form.text(name) for name in QUESTION_FIELDS]),
        members_invite=form.flag("tick_members_invite"),
        submission=form.submission,
    )
    wrong = rules.wrong_ways(ways)
    if wrong:
        raise Invalid(wrong)
    return ways


def ways_typed(ways: Ways) -> dict[str, Any]:
    """What stands, in the shape of the form that changes it."""
    return {
        "entry": str(int(ways.entry)),
        "tick_members_invite": "1" if ways.members_invite else "",
        **dict(zip(QUESTION_FIELDS, ways.questions, strict=False)),
    }


def read_request(form: Form) -> NewRequest:
    """What somebody answers."""
    return NewRequest(
        answers=tuple(form.text(name) for name in ANSWER_FIELDS),
        seen=form.text("tick_seen"),
        submission=form.submission,
    )


def slip(keys: ServerKeys, code: str) -> str:
    """A code for an address that stays in a history: sealed, it opens today and tomorrow, and says nothing after that."""
    today = clock.day()
    plain = padded(codes.read(code)[: _SLIP - 2].encode(), _SLIP)
    box = seal(_day_key(keys, today), plain, b"invited")
    # In letters that may also stand behind ``next`` when she signs in first.
    return box.hex()


def code_in(keys: ServerKeys, shown: str) -> str:
    """The code behind a slip; none where it is too old or made up."""
    try:
        box = bytes.fromhex(shown)
    except ValueError:
        return ""
    if len(box) != _SLIP + OVERHEAD:
        return ""
    for day in (clock.day(), clock.day() - 1):
        try:
            return unpadded(unseal(_day_key(keys, day), box, b"invited")).decode("utf-8", "ignore")
        except Unopenable:
            continue
    return ""


def _day_key(keys: ServerKeys, day: int) -> bytes:
    return mac(keys.of("query"), b"invited", day.to_bytes(4, "big"))

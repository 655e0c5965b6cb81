"""What comes in by HTML about threads and posts. Whether it can be taken, the commands say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from unicodedata import normalize

from mashrabiya.communities.types.tags import read_ticked
from mashrabiya.discussions import rules
from mashrabiya.discussions.flows import Sent
from mashrabiya.discussions.forms.filling import (
    CHOICE_FIELDS,
    NEXT,
    QUOTE_LIMIT,
    begun_from,
    begun_with,
    filled_with,
    polled_with,
    quote,
    says_more,
)
from mashrabiya.discussions.types import (
    CHOICES,
    ID_SIZE,
    PICTURES,
    SPARED,
    USUAL_POLL_DAYS,
    Answers,
    Change,
    Kind,
    NewPoll,
    NewReply,
    NewThread,
    NewTranslation,
    PlaceChange,
    Sought,
)
from mashrabiya.discussions.types.amending import NewAmendment
from mashrabiya.kernel.content import Note
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.ids import read_id
from mashrabiya.platform.languages import LANGUAGES, to_latin
from mashrabiya.platform.markdown.text import harmless
from mashrabiya.platform.media import Reason
from mashrabiya.platform.web import Form
from mashrabiya.platform.web.uploads import Kept

LAST = 10**8
"""The number no thread reaches: it means the last page."""

_LEARNABLE = "_learnable"
"""The house's own: what a form said of one persona is kept with no words that are sent as another."""

# Who reads there and how long it is kept, as a form said it.
TOLD_DOOR = "told_door"
_DOOR = re.compile(r"([0-9])\.([0-9]{1,5})")
# What no form of ours says is no mark.
_MARK = re.compile("[0-9a-f]{16}")
_ANSWERS = [str(int(who)) for who in Answers]
WRITTEN = ("title", "body", *(f"alt_{place}" for place in range(1, PICTURES + 1)), *CHOICE_FIELDS)
"""The fields that others will read."""

WHICH = ("add", "change", "remove")
_PLACES = range(1, PICTURES + 1)
_LET_GO = {
    Kept.TOO_LARGE: str(Reason.HEAVY),
    Kept.TOO_MANY: "picture.too_many",
    Kept.NO_ROOM: str(Reason.BUSY),
}
_KINDS = [str(int(kind)) for kind in Kind]
_YEAR_ONE = date(1970, 1, 1)


def read_reply(form: Form) -> NewReply:
    """A reply as typed."""
    kind = form.choice("kind", _KINDS, "0")
    return NewReply(
        body=form.raw("body"),
        unnamed=form.flag("unnamed"),
        kind=Kind(int(kind)),
        submission=form.submission,
        to=number(form.text("to"), 0) or None,
        notes=_notes(form),
        newcomer=form.flag("newcomer"),
        told=form.text("told") == kind,
        was=_was(form),
        learnable=form.text(_LEARNABLE),
        alone=form.flag("alone"),
    )


def read_thread(form: Form) -> NewThread:
    """A new thread as typed."""
    return NewThread(
        title=form.text("title"),
        body=form.raw("body"),
        unnamed=form.flag("unnamed"),
        lang=form.choice("lang", tuple(LANGUAGES)),
        submission=form.submission,
        wants=_kinds(form, "want", Kind),
        spare=_kinds(form, "spare", SPARED),
        notes=_notes(form),
        newcomer=form.flag("newcomer"),
        answers=int(form.choice("answers", _ANSWERS, "0")),
        learnable=form.text(_LEARNABLE),
        poll=read_poll(form),
        told=_told(form),
        alone=form.flag("alone"),
        tags=read_ticked(form.typed),
    )


def _told(form: Form) -> tuple[int, int] | None:
    """Who reads there and how long it is kept, as the form said. It is kept like all that was typed, should she have to enter anew."""
    door = _DOOR.fullmatch(form.text(TOLD_DOOR))
    return (int(door[1]), int(door[2])) if door else None


def read_planned(typed: Mapping[str, str]) -> NewThread:
    """A thread that was typed before, for its time."""
    return read_thread(Form({name: [text] for name, text in typed.items()}))


def read_translation(form: Form) -> NewTranslation:
    """A translation as typed."""
    return NewTranslation(
        title=form.text("title"),
        body=form.raw("body"),
        lang=form.choice("lang", tuple(LANGUAGES)),
        submission=form.submission,
    )


def read_amendment(form: Form) -> tuple[NewAmendment, str]:
    """A proposal for what is agreed as typed, and which it is: another wording, a line more or one less."""
    which = form.choice("which", WHICH, WHICH[0])
    return NewAmendment(
        old="" if which == "add" else form.text("line"),
        new="" if which == "remove" else rules.one_line(form.text("title")),
        why=form.raw("body"),
        unnamed=form.flag("unnamed"),
        submission=form.submission,
        learnable=form.text(_LEARNABLE),
        told=_told(form),
    ), which


def read_change(form: Form) -> Change:
    """A post as its author wants it now. A box that is not ticked is one she took off."""
    return Change(
        title=form.text("title"),
        body=form.raw("body"),
        wants=_kinds(form, "want", Kind) if form.flag("asks") else None,
        spare=_kinds(form, "spare", SPARED) if form.flag("asks") else None,
        notes=_notes(form),
        answers=int(form.text("answers")) if form.text("answers") in _ANSWERS else None,
        poll=read_poll(form) if CHOICE_FIELDS[0] in form.typed else None,
        tags=read_ticked(form.typed) if form.flag("tagged") else None,
        places=tuple(_place(form, place) for place in _PLACES if f"was_{place}" in form.typed),
        was=_was(form),
        mark=form.text("mark") if _MARK.fullmatch(form.text("mark")) else "",
        forget=form.flag("forget"),
        alone=form.flag("alone") if form.flag("asks_alone") else None,
    )


def read_poll(form: Form) -> NewPoll:
    """A poll as typed; a number of days that is none is told, and nothing else is read into it."""
    days = number(form.text("days"), 0) if form.text("days") else USUAL_POLL_DAYS
    return NewPoll(tuple(alt(form.raw(name)) for name in CHOICE_FIELDS), form.flag("several"), days)


def read_vote(form: Form) -> int | None:
    """What was chosen, in bits: the one, or each that was ticked; None to take it back.

    What is no number of a choice is one beyond all of them, so that it is refused and not left out.
    """
    if form.flag("back"):
        return None
    ticked = [str(place) for place in range(1, CHOICES + 1) if form.flag(f"vote_{place}")]
    places = {number(one, 0) for one in (*form.all("vote"), *ticked)}
    return sum({1 << (place - 1 if 1 <= place <= CHOICES else CHOICES) for place in places})


def _place(form: Form, place: int) -> PlaceChange:
    """What a form for editing wants of one place for pictures."""
    try:
        was = read_id(form.text(f"was_{place}"), ID_SIZE) if form.text(f"was_{place}") else b""
    except NotFound:
        # No picture is called so: nothing is done there.
        was = bytes(ID_SIZE)
    return PlaceChange(place, was, alt(form.raw(f"alt_{place}")), form.flag(f"drop_{place}"))


def read_pictures(form: Form) -> list[Sent]:
    """The pictures that were sent, in the order of their fields, each with its words."""
    files = {file.field: file for file in form.files}
    too_many = "picture.too_many" if len(form.files) > PICTURES else ""
    return [
        Sent(place, file.raw, alt(form.raw(f"alt_{place}")), _LET_GO.get(file.kept, too_many))
        for place in _PLACES
        if (file := files.get(f"picture_{place}")) is not None
    ]


def alt(typed: str) -> str:
    """What a picture shows, on one line."""
    return " ".join(harmless(normalize("NFC", typed)).split())


def read_wish(form: Form) -> bool | None:
    """Whether a post is to count as one that helped; None where the form does not say."""
    return {"1": True, "0": False}.get(form.text("helped"))


def which(form: Form) -> int | None:
    """Which earlier wording is meant; None for all of them, where the form says so, and nothing's number otherwise."""
    return None if form.text("which") == "all" else number(form.text("which"), 0)


def number(typed: str, usual: int = 1) -> int:
    """The number of a post in an address, in any digits; whatever is none means the usual."""
    latin = to_latin(typed.strip())
    return int(latin) if latin.isascii() and latin.isdigit() and len(latin) < 8 else usual


def place(typed: str) -> int:
    """The number of a post in an address: as above, and that of a translation, which stands below nought."""
    return -number(typed[1:], -1) if typed.startswith("-") else number(typed)


def day(typed: str) -> int | None:
    """A day as browsers write it, in any digits, counted from 1970; None where it is none."""
    try:
        return max((date.fromisoformat(to_latin(typed.strip())) - _YEAR_ONE).days, 0)
    except ValueError:
        return None


def sought(kind: str, only: str, every: str) -> Sought:
    """What an address asks to see of the replies."""
    return Sought(
        kind=Kind(int(kind)) if kind in _KINDS else Kind.PLAIN, helped=only == "helped", unfolded=bool(every)
    )


def _was(form: Form) -> tuple[str, ...]:
    return tuple(form.raw("was").split(NEXT)) if form.flag("was") else ()


def _notes(form: Form) -> int:
    return sum(note for note in Note if form.flag(f"note_{int(note)}"))


def _kinds(form: Form, name: str, offered: Iterable[Kind]) -> int:
    return sum(kind.bit for kind in offered if form.flag(f"{name}_{int(kind)}"))


__all__ = [
    "LAST",
    "QUOTE_LIMIT",
    "WHICH",
    "WRITTEN",
    "alt",
    "begun_from",
    "begun_with",
    "day",
    "filled_with",
    "number",
    "place",
    "polled_with",
    "quote",
    "read_amendment",
    "read_change",
    "read_pictures",
    "read_planned",
    "read_poll",
    "read_reply",
    "read_thread",
    "read_translation",
    "read_vote",
    "read_wish",
    "says_more",
    "sought",
    "which",
]

"""What comes in by HTML: what is looked for, what an editor writes, what somebody noticed."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from mashrabiya.kernel.errors import NotFound
from mashrabiya.library.laws import rules
from mashrabiya.library.laws.types import NAMED, TOPICS, WHOLE, Note, Written
from mashrabiya.platform.keys import ServerKeys
from mashrabiya.platform.sought import sealed
from mashrabiya.platform.web import Form


def address(keys: ServerKeys, words: str, *, risk: bool = False) -> str:
    """The list as somebody asks for it; what she looks for is sealed in it."""
    asked = {"k": sealed(keys, words) if words.strip() else "", "r": "1" if risk else ""}
    kept = {name: text for name, text in asked.items() if text}
    return f"/y/w?{urlencode(kept)}" if kept else "/y/w"


def topic_at(number: str) -> str:
    """The topic of an address: its number, or 0 for the country as a whole."""
    if number == "0":
        return WHOLE
    if number.isascii() and number.isdigit() and len(number) < 3 and 0 < int(number) <= len(TOPICS):
        return TOPICS[int(number) - 1].id
    raise NotFound


def number_of(name: str) -> int:
    """What stands for it in an address."""
    return 0 if name == WHOLE else NAMED[name].number


def read_note(form: Form) -> Written:
    """A note as it was typed."""
    note = Note(
        value=form.text("value"),
        ar=_plain(form.raw("ar")),
        en=_plain(form.raw("en")),
        source=" ".join(form.text("source").split()),
        disputed=form.flag("tick_disputed"),
        foreign_ar=_plain(form.raw("foreign_ar")),
        foreign_en=_plain(form.raw("foreign_en")),
        also=" ".join(form.text("also").split()),
    )
    return Written(note=note, seen=form.text("tick_seen"))


def as_typed(note: Note) -> dict[str, Any]:
    """A form that shows what stands."""
    return {
        "value": note.value,
        "ar": note.ar,
        "en": note.en,
        "source": note.source,
        "foreign_ar": note.foreign_ar,
        "foreign_en": note.foreign_en,
        "also": note.also,
        "tick_disputed": "1" if note.disputed else "",
        "tick_seen": rules.print_of(note),
    }


def read_mistake(form: Form) -> tuple[str, str]:
    """Which topic it is about, and the words."""
    return topic_at(form.choice("which", [str(n) for n in range(len(TOPICS) + 1)], "0")), _plain(
        form.raw("text")
    )


def _plain(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())

"""What is shown of a country, and who may write about it. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from hashlib import sha256

from mashrabiya.kernel.verdict import ALLOWED, Denied, Verdict
from mashrabiya.kernel.viewer import HOST, Viewer
from mashrabiya.library.laws.types import (
    FRESH_DAYS,
    NAMED,
    SOURCE_LIMIT,
    TEXT_LIMIT,
    TOPICS,
    UNKNOWN,
    WHOLE,
    Cell,
    Fact,
    Level,
    Note,
    Tone,
    Topic,
)

NOT_YOURS = Denied("library.laws.not_yours", hidden=True)
SIGNED_OUT = Denied("library.laws.signed_out", hidden=True)
_SAME_SEX = "same_sex_acts"
# What makes a place hostile, whatever the text about same-sex acts says.
_HOSTILE = {
    _SAME_SEX: {"criminal", "criminal_not_enforced", "used_against", "varies"},
    "indirect_laws": {"used"},
    "gender_expression_crime": {"criminal", "used_against"},
}
_LIMITS = {
    **dict.fromkeys(("ar", "en", "foreign_ar", "foreign_en"), TEXT_LIMIT),
    **dict.fromkeys(("source", "also"), SOURCE_LIMIT),
}
NEVER_STALE = 2**31 - 1


def may_edit(viewer: Viewer) -> Verdict:
    """Write what this house says of a country, and read what people noticed: its hosts.

    Every door and every button of it asks here alone, so that other roles are let in by one line.
    """
    return ALLOWED if viewer.has(HOST) and viewer.speaks else NOT_YOURS


def may_tell(viewer: Viewer) -> Verdict:
    """Say that something is wrong: whoever is signed in. It is kept without who said it."""
    return ALLOWED if viewer.is_member else SIGNED_OUT


def is_fresh(day: int, today: int) -> bool:
    """Whether what speaks of that day counts as known today."""
    return today - day <= FRESH_DAYS


def settle(topic: Topic, cell: Cell | None, note: Note, today: int) -> Fact:
    """What is shown of a topic: of a data set and an editor who disagree, the worse, and that they do."""
    imported = cell.value if cell is not None and cell.value in topic.tones else UNKNOWN
    if cell is not None and not _holds(cell, note, today):
        imported = UNKNOWN
    written = note.value if note.value in topic.tones and is_fresh(note.day, today) else ""
    value, other = _one_of(topic, imported, written, has_cell=cell is not None)
    disputed = note.disputed or bool(other)
    outrun = note.says and note.over != (cell.value if cell else "")
    return Fact(
        topic=topic,
        value=value,
        tone=min(topic.tones[value], Tone.CAUTION) if disputed else topic.tones[value],
        year=cell.year if cell else 0,
        penalty=cell.penalty if cell else "",
        region=cell.region if cell else "",
        marks=cell.marks if cell else (),
        imported=cell is not None and value == imported,
        note=note,
        other=other,
        disputed=disputed,
        old=cell is not None and cell.value != UNKNOWN and imported == UNKNOWN,
        outrun=outrun,
        due=outrun or (note.says and note.next < today),
        agreed=bool(written and note.source) and written == imported != UNKNOWN,
    )


def _holds(cell: Cell, note: Note, today: int) -> bool:
    """Whether a value of a data set is still known: by its year, or since an editor looked and found it so."""
    if is_fresh(cell.day, today):
        return True
    return note.value == cell.value and is_fresh(note.day, today)


def _one_of(topic: Topic, imported: str, written: str, *, has_cell: bool) -> tuple[str, str]:
    """The value that is shown, and a less careful one that disagrees with it."""
    if not written or written == imported:
        return imported, ""
    if imported == UNKNOWN:
        # Where there was never anything, or it is too old, an editor's word stands alone.
        return written, ""
    value = topic.worse(imported, written)
    return value, written if value == imported else imported


def facts(cells: Mapping[str, Cell], notes: Mapping[str, Note], today: int) -> list[Fact]:
    """Every topic, in the order of its group."""
    empty = Note()
    return [settle(topic, cells.get(topic.id), notes.get(topic.id, empty), today) for topic in TOPICS]


def grouped(found: Iterable[Fact]) -> list[tuple[str, list[Fact]]]:
    """The groups in their order, and in each the worst first: what is not known stands among what is criminal."""
    groups: dict[str, list[Fact]] = {}
    for fact in found:
        groups.setdefault(fact.topic.group, []).append(fact)
    for group in groups.values():
        group.sort(key=lambda fact: (int(fact.tone), fact.topic.number))
    return list(groups.items())


def level(found: Iterable[Fact]) -> Level:
    """How hostile the law is known to be. What is not known is never the better answer."""
    shown = {fact.topic.id: fact for fact in found}
    if any(name in shown and shown[name].value in values for name, values in _HOSTILE.items()):
        return Level.CRIMINAL
    acts = shown.get(_SAME_SEX)
    if acts is None or acts.is_unknown:
        return Level.UNKNOWN
    return Level.LEGAL if acts.value == "legal" and not acts.disputed else Level.UNCLEAR


def known_until(cells: Mapping[str, Cell], notes: Mapping[str, Note], today: int) -> int:
    """The last day on which the level can be what it is today: until then nothing that it rests on grows old."""
    days = [cells[name].day for name in _HOSTILE if name in cells]
    days += [notes[name].day for name in _HOSTILE if name in notes and notes[name].value]
    ends = [day + FRESH_DAYS for day in days if day + FRESH_DAYS >= today]
    return min(ends, default=NEVER_STALE)


def print_of(note: Note) -> str:
    """By which a form knows whether what it showed is still what stands."""
    return sha256("\0".join(note.words).encode()).hexdigest()[:16]


def is_topic(name: str) -> bool:
    return name in NAMED or name == WHOLE


def wrong_note(name: str, note: Note) -> dict[str, str]:
    """What is wrong with each field of a note."""
    wrong = {
        field: "library.laws.too_long"
        for field, limit in _LIMITS.items()
        if len(getattr(note, field)) > limit
    }
    wrong |= {
        field: "library.laws.bad_signs"
        for field in _LIMITS
        if field not in wrong and not is_plain(getattr(note, field))
    }
    if note.also and (not note.source or note.also.casefold() == note.source.casefold()):
        wrong.setdefault("also", "library.laws.also_alone")
    if note.value and (name == WHOLE or note.value not in NAMED[name].tones):
        wrong["value"] = "library.laws.no_value"
    elif note.value not in {"", UNKNOWN} and not note.source:
        wrong.setdefault("source", "library.laws.source_missing")
    return wrong


def wrong_mistake(text: str) -> dict[str, str]:
    """What is wrong with the words of somebody who noticed something."""
    if not text.strip():
        return {"text": "error.empty"}
    if len(text) > TEXT_LIMIT:
        return {"text": "library.laws.too_long"}
    return {} if is_plain(text) else {"text": "library.laws.bad_signs"}


def is_plain(text: str) -> bool:
    """Whether nothing stands in it that no keyboard has."""
    return not any(unicodedata.category(sign) in {"Cc", "Cs", "Co"} for sign in text if sign not in "\n\t")

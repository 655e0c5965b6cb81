"""Two wordings of one record: how a form knows what it showed, and where hers is other than what stands now. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256

from msgspec import Struct

from mashrabiya.library.services.types import MOST_CHANNELS, Record, packed

_LABELS = {
    "name": "library.services.name",
    "retention": "library.services.q_retention",
    "mandatory": "library.services.mandatory",
    "religious": "library.services.religious",
    "eligibility": "library.services.eligibility",
    "happens": "library.services.does",
    "exposure": "library.services.exposure",
    "source_url": "library.services.source",
    "advisory": "library.services.advisory",
    "who": "library.services.who",
    "documents": "library.services.documents",
    "accessibility": "library.services.accessibility",
    "conflicts": "library.services.conflicts",
    "age_min": "library.services.age_min",
    "age_max": "library.services.age_max",
    "countries": "library.services.countries",
    "languages": "library.services.languages",
    "tick_everywhere": "library.services.everywhere",
}
Labelled = Mapping[str, tuple[str, list[tuple[str, str]]]]


class Theirs(Struct, frozen=True):
    """A field that somebody else filled otherwise: what it is called, and what stands in it now.

    ``n`` numbers ways to reach it; ``lang`` is set where a text has two languages; ``said`` is a key where it is an answer.
    """

    label: str
    text: str = ""
    said: str = ""
    lang: str = ""
    n: int = 0


def print_of(record: Record) -> str:
    """The same for the same record, whoever reads it and in whichever language."""
    return sha256(packed(record).encode()).hexdigest()[:16]


def theirs(typed: Mapping[str, str], stands: Mapping[str, str], choices: Labelled) -> list[Theirs]:
    """Each field in which what stands is other than what was typed."""
    return [*_answers(typed, stands, choices), *_texts(typed, stands), *_ways(typed, stands)]


def _answers(typed: Mapping[str, str], stands: Mapping[str, str], choices: Labelled) -> Iterator[Theirs]:
    for name, (label, answers) in choices.items():
        now = stands[f"pick_{name}"]
        if _plain(typed.get(f"pick_{name}", "")) != now:
            yield Theirs(label, said=dict(answers)[now])


def _texts(typed: Mapping[str, str], stands: Mapping[str, str]) -> Iterator[Theirs]:
    for name, now in stands.items():
        stem, _, tongue = name.rpartition("_")
        in_two = tongue in {"ar", "en"}
        label = _LABELS.get(stem if in_two else name)
        if label and _plain(typed.get(name, "")) != _plain(now):
            yield Theirs(label, text=_plain(now), lang=tongue if in_two else "")


def _ways(typed: Mapping[str, str], stands: Mapping[str, str]) -> Iterator[Theirs]:
    for n in range(1, MOST_CHANNELS + 1):
        now, hers = _way(stands, n), _way(typed, n)
        if now != hers:
            yield Theirs("library.services.channel", text=" · ".join(filter(None, now[2:])), said=now[0], n=n)


def _way(fields: Mapping[str, str], n: int) -> tuple[str, str, str, str, str]:
    """One way to reach it; where no number stands there is none, whatever is chosen beside."""
    value = _plain(fields.get(f"value_{n}", ""))
    if not value:
        return "", "", "", "", ""
    way, cost = fields.get(f"pick_way_{n}", ""), fields.get(f"pick_cost_{n}", "")
    hours, zone = _plain(fields.get(f"hours_{n}", "")), _plain(fields.get(f"zone_{n}", ""))
    return f"library.services.way_{way}", cost, value, hours, zone


def _plain(text: str) -> str:
    return "\n".join(line.strip() for line in text.strip().splitlines())

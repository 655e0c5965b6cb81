"""The shelf: guides and sources that come with the software, read from its folder."""

from __future__ import annotations

import tomllib
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from msgspec import Struct

from mashrabiya.kernel.content import Note
from mashrabiya.library.guides.types import LANGS, Kind, Role, Source, Topic

FOLDER = Path(__file__).resolve().parents[1] / "shelf"


class Shelved(Struct, frozen=True):
    """What the shelf says of a guide, but for its words."""

    slug: str
    topic: Topic
    place: int
    kind: Kind
    notes: int
    help: str
    months: int
    reviewers: str

    def text(self, lang: str) -> str:
        return text_of(self.slug, lang)


def text_of(slug: str, lang: str) -> str:
    """The words of a guide in a language."""
    return (FOLDER / "guides" / f"{slug}.{lang}.md").read_text(encoding="utf-8")


def print_of(*words: str) -> bytes:
    """By which a text is known again."""
    return sha256("\0".join(words).encode()).digest()[:16]


@cache
def guides() -> tuple[Shelved, ...]:
    """Every guide of the shelf, in its order."""
    rows = _read("guides.toml")["guide"]
    return tuple(_shelved(row, place) for place, row in enumerate(rows, 1))


@cache
def sources() -> tuple[Source, ...]:
    """Every source that the guides of the shelf may cite."""
    return tuple(_source(row) for row in _read("sources.toml")["source"])


def texts() -> list[tuple[Shelved, str]]:
    """Every guide in every language."""
    return [(one, lang) for one in guides() for lang in LANGS]


@cache
def _asked() -> dict[str, dict[str, list[str]]]:
    return _read("asked.toml")


def asked_of(slug: str, lang: str) -> str:
    """How people ask for what a guide answers, in words of every day; nothing for a guide of the house's own."""
    return ". ".join(_asked().get(slug, {}).get(lang, ()))


def every_asked() -> list[tuple[str, str]]:
    """Each of these, and each that is only compared with what is asked; which guide answers it."""
    both = [*_asked().items(), *_read("everyday.toml").items()]
    return [(slug, one) for slug, said in both for each in said.values() for one in each]


def alike() -> dict[str, tuple[str, ...]]:
    """Words of every day that are taken for one another in what is asked, each lot by its name."""
    lots = _read("alike.toml").items()
    return {name: tuple(word for lang in LANGS for word in lot[lang].split()) for name, lot in lots}


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def _shelved(row: dict[str, Any], place: int) -> Shelved:
    reviewers = " ".join(Role[name.upper()].code for name in row["reviewers"])
    return Shelved(
        slug=row["slug"],
        topic=Topic[row["topic"].upper()],
        place=place,
        kind=Kind[row["kind"].upper()] if row["kind"] else Kind.PLAIN,
        notes=sum(Note[name.upper()] for name in row["notes"]),
        help=" ".join(row["help"]),
        months=row["months"],
        reviewers=reviewers,
    )


def _source(row: dict[str, Any]) -> Source:
    return Source(
        code=row["id"],
        title=row["title"],
        publisher=row["publisher"],
        year=row["year"],
        languages=" ".join(row["languages"]),
        address=row["address"],
        licence=row["licence"],
        quote=row["quote"],
        mark=row["mark"],
        seen=row["seen"],
        supports_ar=row["supports"]["ar"],
        supports_en=row["supports"]["en"],
        broken_day=0,
    )

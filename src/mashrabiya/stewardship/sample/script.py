"""Reading the texts of the sample: communities, their threads, and what was replied.

# key | audience | days | name      a community; its next line says what it is
! an agreement
+ persona | title                   a thread; the lines after it are its first post
- persona: a reply                  ``~persona`` writes unnamed
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

TEXTS = Path(__file__).parent / "texts"
LANGUAGES = ("ar", "en")


@dataclass(slots=True)
class Line:
    """A reply: which persona, named or not, and the words."""

    persona: str
    unnamed: bool
    body: str


@dataclass(slots=True)
class Story:
    """A thread."""

    opening: Line
    title: str
    replies: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Place:
    """A community and its threads."""

    key: str
    language: str
    audience: int
    retention_days: int
    name: str
    about: str = ""
    agreements: list[str] = field(default_factory=list)
    stories: list[Story] = field(default_factory=list)

    def personas(self) -> set[str]:
        """Everybody who writes there."""
        return {line.persona for story in self.stories for line in (story.opening, *story.replies)}


def read_places() -> list[Place]:
    """Every community of the sample, in both languages."""
    return [place for language in LANGUAGES for place in _read(language)]


def read_pool() -> dict[str, list[str]]:
    """Short replies that fit anywhere, per language."""
    pool: dict[str, list[str]] = {}
    language = ""
    for line in _lines("pool"):
        if line.startswith("# "):
            language = line[2:]
        else:
            pool.setdefault(language, []).append(line)
    return pool


def _lines(name: str) -> list[str]:
    text = (TEXTS / f"{name}.txt").read_text(encoding="utf-8")
    return [line.rstrip() for line in text.splitlines() if line.strip()]


def _read(language: str) -> list[Place]:
    places: list[Place] = []
    for line in _lines(language):
        mark, _, rest = line.partition(" ")
        if mark == "#":
            places.append(_place(language, rest))
        elif mark == "!":
            places[-1].agreements.append(rest)
        elif mark == "+":
            places[-1].stories.append(_story(rest))
        elif mark == "-":
            persona, _, body = rest.partition(": ")
            places[-1].stories[-1].replies.append(_line(persona, body))
        else:
            _go_on(places[-1], line)
    return places


def _place(language: str, rest: str) -> Place:
    key, audience, days, name = (part.strip() for part in rest.split("|"))
    return Place(key, language, int(audience), int(days), name)


def _story(rest: str) -> Story:
    persona, _, title = rest.partition(" | ")
    return Story(_line(persona, ""), title)


def _line(persona: str, body: str) -> Line:
    return Line(persona.removeprefix("~"), persona.startswith("~"), body)


def _go_on(place: Place, line: str) -> None:
    if not place.stories:
        place.about = line
        return
    opening = place.stories[-1].opening
    opening.body = f"{opening.body}\n{line}".strip()

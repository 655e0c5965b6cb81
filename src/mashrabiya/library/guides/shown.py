"""What a page shows of a guide: put together from its one row and what lies in memory."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct, structs

from mashrabiya.kernel import clock
from mashrabiya.library.guides import drawing
from mashrabiya.library.guides.types import Entry, Guide, Opened, Parts, Source, Stock

RELATED = 5
_HABIT = "(G)"

_CASE_KEYS = {
    "arrested": "help.arrest",
    "blackmailed": "help.blackmail",
    "outed": "help.outed",
    "thrown-out": "help.home_out",
    "violence": "help.home_unsafe",
    "suicide": "help.self_harm",
    "someone-else": "help.other",
}

_URGENT = {
    "law-and-arrest": "arrested",
    "blackmail": "blackmailed",
    "outing": "outed",
    "housing": "thrown-out",
    "violence-at-home": "violence",
    "suicide-safety": "suicide",
}
"""Guides whose reader may be in the middle of it."""


class Cited(Struct, frozen=True):
    """A source under the text: by its number, with what it is cited for."""

    number: int
    source: Source
    supports: str
    address: str

    @property
    def licence(self) -> str:
        """Empty where it is not known."""
        bare = self.source.licence.replace(_HABIT, "").strip()
        return "" if bare == "unknown" else bare

    @property
    def licence_unseen(self) -> bool:
        """It is known by habit, and was not seen."""
        return _HABIT in self.source.licence


class Shown(Struct, frozen=True):
    """A guide as its page shows it."""

    opened: Opened
    parts: Parts
    cited: tuple[Cited, ...]
    related: tuple[tuple[str, str, str], ...]
    """Address, language and title."""
    help: tuple[tuple[str, str], ...]
    others: tuple[str, ...]
    """The other languages it is published in."""
    written: clock.Date
    checked: clock.Date | None
    next: clock.Date | None

    @property
    def lead_html(self) -> str:
        return self.parts.lead

    def opened_as(self, opened: Opened) -> Shown:
        """The same as somebody opened it: with what its row says now, and what she said of it."""
        return structs.replace(self, opened=opened, **_days(opened.guide))


def show(opened: Opened, stock: Stock, leads: Callable[[str], bool]) -> Shown:
    """What its page shows. ``leads``: whether something stands at an address that its text leads to."""
    guide, lang = opened.guide, opened.edition.lang
    parts = drawing.unpack(opened.edition.parts)
    if not all(map(leads, parts.links)):
        parts = _open_links_alone(parts, leads)
    entry = stock.entries.get(guide.id)
    return Shown(
        opened=opened,
        parts=parts,
        cited=tuple(_cited(number, code, stock, lang) for number, code in enumerate(parts.sources, 1)),
        related=tuple(_related(opened, parts, stock)),
        help=tuple((drawing.case_address(case), _CASE_KEYS[case]) for case in guide.cases),
        others=tuple(other for other in (entry.titles if entry else ()) if other != lang),
        written=clock.date(opened.edition.day),
        **_days(guide),
    )


def _days(guide: Guide) -> dict[str, clock.Date | None]:
    """When it was looked at, and will be."""
    days = {"checked": guide.checked_day, "next": guide.next_day}
    return {name: clock.date(day) if day else None for name, day in days.items()}


def _cited(number: int, code: str, stock: Stock, lang: str) -> Cited:
    source = stock.sources[code]
    return Cited(number, source, source.supports(lang), "" if source.broken_day else source.address)


def _open_links_alone(parts: Parts, leads: Callable[[str], bool]) -> Parts:
    """Links to what is closed, or not there, are plain words."""
    sections = tuple(
        structs.replace(
            section,
            html=drawing.without(section.html, leads),
            steps=tuple(
                structs.replace(step, html=drawing.without(step.html, leads)) for step in section.steps
            ),
        )
        for section in parts.sections
    )
    return structs.replace(parts, lead=drawing.without(parts.lead, leads), sections=sections)


def _related(opened: Opened, parts: Parts, stock: Stock) -> list[tuple[str, str, str]]:
    """Those that the text leads to, then those of its topic."""
    named = [stock.shown[link] for link in parts.links if link in stock.shown]
    beside = stock.topics.get(opened.guide.about, [])
    found = {entry.guide.id: entry for entry in (*named, *beside) if entry.guide.id != opened.guide.id}
    return [_titled(entry, opened.edition.lang) for entry in list(found.values())[:RELATED]]


def _titled(entry: Entry, lang: str) -> tuple[str, str, str]:
    shown = entry.lang_for(lang)
    return entry.guide.address, shown, entry.titles[shown]


def help_beside(stock: Stock, address: str) -> tuple[str, str] | None:
    """Where help now begins for what this guide is about, and how that is called; None where nothing presses."""
    entry = stock.shown.get(address)
    case = _URGENT.get(entry.guide.slug) if entry else None
    return (drawing.case_address(case), _CASE_KEYS[case]) if case else None

"""From a guide that was read to what its page shows. Made once, when an edition is published."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape

import msgspec

from mashrabiya.kernel.ids import show_id
from mashrabiya.library.guides.reading import CITE, LINK, STRONG, Block, Part, Written, plain
from mashrabiya.library.guides.steps import keyed
from mashrabiya.library.guides.types import CASES, Edition, Parts, Section, Step
from mashrabiya.platform.languages import to_digits

LAWS = "/y/w"
"""Where the pages of law stand."""
# The number of each case in the address of help now, where a name would tell.
_CASE = {
    "arrested": 1,
    "blackmailed": 2,
    "outed": 3,
    "thrown-out": 4,
    "violence": 5,
    "suicide": 6,
    "someone-else": 7,
}
assert set(_CASE) == set(CASES)
_CITED = re.compile(" ?" + CITE.pattern)
_ANCHOR = re.compile(r'<a href="(/y/[^"]+)">(.*?)</a>')


def case_address(case: str) -> str:
    """Where help now begins for a case."""
    return f"/h?s={_CASE[case]}"


def draw(written: Written, lang: str, ids: Mapping[str, bytes]) -> Parts:
    """What a page shows of it. ``ids`` are those of the guides that it may lead to, by their names."""
    return _Drawing(lang, ids).draw(written)


def pack(parts: Parts) -> str:
    return msgspec.json.encode(parts).decode()


_DECODER = msgspec.json.Decoder(Parts)


def unpack(kept: str) -> Parts:
    parts = _DECODER.decode(kept)
    if any(not step.key for step in parts.steps):
        # Kept before steps had keys: then their places are.
        return keyed(parts, range(1, len(parts.steps) + 1))
    return parts


def keys_of(edition: Edition) -> list[int]:
    """The keys of the steps of a published edition, in their order."""
    return [step.key for step in unpack(edition.parts).steps]


def without(html: str, leads: Callable[[str], bool]) -> str:
    """The same, with links that lead nowhere as plain words."""
    return _ANCHOR.sub(lambda found: found[0] if leads(found[1]) else found[2], html)


class _Drawing:
    def __init__(self, lang: str, ids: Mapping[str, bytes]) -> None:
        self._digits = "arab" if lang == "ar" else "latn"
        self._ids = ids
        self._sources: list[str] = []
        self._links: list[str] = []

    def draw(self, written: Written) -> Parts:
        parts = {part.key: part for part in written.parts}
        think = parts.pop("think")
        lead = self._words(written.lead)
        sections = tuple(map(self._section, parts.values()))
        questions = tuple(map(plain, think.blocks[0].lines))
        return Parts(lead, sections, think.title, questions, tuple(self._sources), tuple(self._links))

    def _section(self, part: Part) -> Section:
        steps = tuple(
            Step(step.title, self._blocks(step.blocks), place) for place, step in enumerate(part.steps, 1)
        )
        return Section(part.key, part.title, self._blocks(part.blocks), steps)

    def _blocks(self, blocks: tuple[Block, ...]) -> str:
        return "".join(map(self._block, blocks))

    def _block(self, block: Block) -> str:
        if block.points:
            return f'<ul class="dots">{"".join(f"<li>{self._words(line)}</li>" for line in block.lines)}</ul>'
        return f"<p>{self._words(block.lines[0])}</p>"

    def _words(self, line: str) -> str:
        html = escape(line, quote=False)
        html = LINK.sub(self._link, html)
        html = _CITED.sub(self._cite, html)
        return STRONG.sub(r"<strong>\1</strong>", html)

    def _link(self, found: re.Match[str]) -> str:
        return f'<a href="{self._address(found[2])}">{found[1]}</a>'

    def _address(self, address: str) -> str:
        kind, _, name = address.partition(":")
        if kind == "help":
            return case_address(name)
        leads = f"/y/{show_id(self._ids[name])}" if kind == "guide" else LAWS
        if leads not in self._links:
            self._links.append(leads)
        return leads

    def _cite(self, found: re.Match[str]) -> str:
        return f"<sup>{' '.join(self._numbered(code.strip()) for code in found[1].split(','))}</sup>"

    def _numbered(self, code: str) -> str:
        """A number by which the source stands in the list under the text."""
        if code not in self._sources:
            self._sources.append(code)
        number = self._sources.index(code) + 1
        return f'<a href="#s{number}">[{to_digits(str(number), self._digits)}]</a>'

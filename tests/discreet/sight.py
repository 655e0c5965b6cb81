"""What an eye meets on a page before anything is opened by hand, and what a browser remembers of it."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser

from mashrabiya.kernel.folding import fold

# Words that tell what the site is, folded so that every spelling is found: as beginnings, or whole
# where ordinary words begin alike.
_BEGINNINGS = tuple(
    fold(
        """lgbt gay lesbian bisexual pansexual transgender transsexual transphob queer nonbinary intersex
    asexual aromantic homosexual homophob sexual outed
    مثلي المثلي للمثلي سحاق كوير الكوير عابرون عابرات عابري العابرون العابرات العابري ترانس مزدوجي ثنائيو ثنائيي
    جندر الجندر لاجنسي اللاجنسي لارومانسي اللارومانسي بينيو بينيات البينيو البينيات جنسي الجنسي ميول الميول
    mashrabiya مشربية المشربية"""
    ).split()
)
_WHOLE = set(fold("trans gender binary pride ميم الميم شاذ لوطي عابر عابرة").split())
_WORD = re.compile(r"\w+")
_SPOKEN = {"alt", "title", "aria-label", "placeholder", "label"}
_HEAD_ONLY = {"content", "href", "src"}
_VOID = {"meta", "link", "input", "br", "hr", "img", "path", "circle", "rect", "use", "base"}


def telling(text: str) -> list[str]:
    """The words of a text that tell what the site is."""
    words = _WORD.findall(fold(text))
    return [word for word in words if word in _WHOLE or word.startswith(_BEGINNINGS)]


class Sight(HTMLParser):
    """``seen`` is what stands in sight; ``head`` what the browser is told; ``hidden`` what must be opened."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.head: list[str] = []
        self.hidden: list[str] = []
        self.title = ""
        self.links: set[str] = set()
        self._open: list[tuple[str, int]] = []
        """Every open tag, and how deep in closed details it begins."""
        self._inside = Counter[str]()
        self._closed = 0
        """How deep in details that are not open, their summaries not counted."""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and given.get("href", "").startswith(("/", "?")):
            self.links.add(given["href"])
        spoken = [text for name, text in given.items() if name in _SPOKEN]
        if tag == "input" and given.get("type") != "hidden":
            spoken.append(given.get("value", ""))
        if self._inside["head"]:
            self.head += [*spoken, *(text for name, text in given.items() if name in _HEAD_ONLY)]
        else:
            (self.hidden if self._closed else self.seen).extend(spoken)
        if tag not in _VOID:
            self._open.append((tag, self._closed))
            self._inside[tag] += 1
            if tag == "details" and "open" not in given:
                self._closed += 1
            elif tag == "summary" and self._closed:
                self._closed -= 1

    def handle_endtag(self, tag: str) -> None:
        name = ""
        while self._inside[tag] and name != tag:
            name, self._closed = self._open.pop()
            self._inside[name] -= 1

    def handle_data(self, data: str) -> None:
        if self._inside["style"] or self._inside["script"]:
            return
        if self._inside["title"]:
            self.title += data
        if self._inside["head"]:
            self.head.append(data)
        else:
            (self.hidden if self._closed else self.seen).append(data)

"""The first wall: pyromark's events, written as the few tags that we know."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from mashrabiya.platform.markdown.addresses import outside_address, own_path
from mashrabiya.platform.markdown.references import REFERENCE, holds_reference, nameless, reference
from mashrabiya.platform.markdown.text import attribute, direction, escaped, split_addresses
from mashrabiya.platform.markdown.wall import REL

SealLink = Callable[[str], str]

_MOST_BOXES = 8
_MOST_INLINE = 8
# The page has its title and the thread its own: what stands in a post comes below them.
_HEADINGS = {"H1": "h3", "H2": "h4", "H3": "h5", "H4": "h6", "H5": "h6", "H6": "h6"}
_INLINE = {"Emphasis": "em", "Strong": "strong", "Strikethrough": "del"}
_LISTS = ("</ul>\n", "</ol>\n")


class Renderer:
    """Writes one text. Every tag that is opened is closed, and none is nested without bound.

    Paragraphs find their direction themselves (``dir="auto"``). A list or quote
    cannot, since browsers do not look into children that have a direction of
    their own: it gets the direction of the first letters in it.
    """

    def __init__(self, seal: SealLink | None) -> None:
        self._seal = seal
        self._out: list[str] = []
        self._open: list[tuple[str, Callable[[], None] | None]] = []
        self._undirected: list[tuple[int, str]] = []
        self._boxes = self._inline = self._links = 0

    def run(self, events: Iterable[Any]) -> str:
        """The whole text."""
        for event in events:
            if isinstance(event, str):
                self._out.append("<hr>\n" if event == "Rule" else "<br>\n")
                continue
            ((kind, value),) = event.items()
            _ON[kind](self, value)
        return "".join(self._out)

    def words(self, text: str) -> None:
        """Text between tags; addresses in it become links, references stay to be drawn."""
        if self._links:
            # What is drawn may be a link, and none stands within another.
            text = nameless(text)
        if not holds_reference(text):
            self._lean(text)
            self._between(text)
            return
        parts = REFERENCE.split(text)
        self._lean("".join(parts[::2]))
        for place, part in enumerate(parts):
            if place % 2:
                self._out.append(reference(bytes.fromhex(part)))
            else:
                self._between(part)

    def _between(self, text: str) -> None:
        if self._links or "://" not in text:
            self._out.append(escaped(text))
            return
        for piece, is_address in split_addresses(text):
            link = self._link_to(piece) if is_address else ""
            self._out.append(f"{link}{escaped(piece)}</a>" if link else escaped(piece))

    def code(self, text: str) -> None:
        """A few letters of code."""
        self._lean(text)
        self._out.append(f"<code>{escaped(nameless(text))}</code>")

    def html(self, text: str) -> None:
        """Somebody typed HTML: they see it as they typed it."""
        self._lean(text)
        self._out.append(escaped(nameless(text)).replace("\n", "<br>\n"))

    def start(self, tag: Any) -> None:
        """Something begins."""
        name: str
        about: Any
        name, about = (tag, None) if isinstance(tag, str) else next(iter(tag.items()))
        if name in _INLINE:
            self._start_inline(_INLINE[name])
        elif name in {"Link", "Image"}:
            self._start_link(about["dest_url"])
        elif name in {"BlockQuote", "List"}:
            self._start_box(name, about)
        elif name == "Item":
            self._start_item()
        else:
            self._start_leaf(name, about)

    def end(self, _tag: Any) -> None:
        """What was begun last ends."""
        closing, afterwards = self._open.pop()
        if afterwards:
            afterwards()
        self._out.append(closing)

    def _start_inline(self, tag: str) -> None:
        if self._inline >= _MOST_INLINE:
            self._open.append(("", None))
            return
        self._inline += 1
        self._out.append(f"<{tag}>")
        self._open.append((f"</{tag}>", self._end_inline))

    def _end_inline(self) -> None:
        self._inline -= 1

    def _start_link(self, address: str) -> None:
        link = "" if self._links else self._link_to(address)
        self._links += 1
        self._out.append(link)
        ending = partial(self._end_link, len(self._out), address if link else "")
        self._open.append(("</a>" if link else "", ending))

    def _end_link(self, begun: int, address: str) -> None:
        self._links -= 1
        if address and not "".join(self._out[begun:]).strip():
            self._out.append(escaped(address))

    def _link_to(self, address: str) -> str:
        href = own_path(address)
        if href is None:
            outside = outside_address(address)
            href = self._seal(outside) if outside and self._seal else None
        return f'<a href="{attribute(href)}" rel="{REL}">' if href else ""

    def _start_box(self, name: str, first: int | None) -> None:
        if self._boxes >= _MOST_BOXES:
            self._open.append(("", None))
            return
        tag = "blockquote" if name == "BlockQuote" else "ul" if first is None else "ol"
        start = f' start="{first}"' if tag == "ol" and first != 1 else ""
        self._boxes += 1
        place = len(self._out)
        self._out.append("")
        self._undirected.append((place, f"<{tag}{start} dir="))
        self._open.append((f"</{tag}>\n", partial(self._end_box, place)))

    def _end_box(self, place: int) -> None:
        self._boxes -= 1
        if self._undirected and self._undirected[-1][0] == place:
            self._out[place] = self._undirected.pop()[1] + '"auto">\n'

    def _lean(self, text: str) -> None:
        if not self._undirected:
            return
        found = direction(text)
        if found:
            for place, head in self._undirected:
                self._out[place] = f'{head}"{found}">\n'
            self._undirected.clear()

    def _start_item(self) -> None:
        listed = bool(self._open) and self._open[-1][0] in _LISTS
        self._out.append("<li>" if listed else "")
        self._open.append(("</li>\n" if listed else "", None))

    def _start_leaf(self, name: str, about: Any) -> None:
        if name == "CodeBlock":
            self._out.append('<pre dir="auto"><code>')
            self._links += 1  # no links in code
            self._open.append(("</code></pre>\n", self._end_code))
            return
        tag = _HEADINGS[about["level"]] if name == "Heading" else "p"
        self._out.append(f'<{tag} dir="auto">')
        self._open.append((f"</{tag}>\n", self._trim))

    def _end_code(self) -> None:
        self._links -= 1

    def _trim(self) -> None:
        self._out[-1] = self._out[-1].removesuffix("<br>\n")


_ON: dict[str, Callable[[Renderer, Any], None]] = {
    "Text": Renderer.words,
    "Code": Renderer.code,
    "Html": Renderer.html,
    "InlineHtml": Renderer.html,
    "Start": Renderer.start,
    "End": Renderer.end,
}

"""Reading a rendered text as a browser would."""

from __future__ import annotations

from html.parser import HTMLParser

from mashrabiya.platform.markdown import render

TAGS = {"p", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "em", "strong", "del"}
TAGS |= {"a", "br", "hr"}
ATTRIBUTES = {"dir", "href", "rel", "start"}


def seal(address: str) -> str:
    return "/away?u=" + address.replace(":", "%3A").replace("/", "%2F") + "&m=ab"


def shown(text: str) -> str:
    return render(text, seal_link=seal)


class Seen(HTMLParser):
    """What a browser would make of it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.depth = self.deepest = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        self.depth += tag not in {"br", "hr"}
        self.deepest = max(self.deepest, self.depth)

    def handle_endtag(self, tag: str) -> None:
        self.depth -= 1

    def handle_data(self, data: str) -> None:
        self.text += data

    @property
    def links(self) -> list[str]:
        return [value for name, value in self.attributes if name == "href"]

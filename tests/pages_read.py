"""A page as a strict reader sees it: what a test of every page asks of each of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin, urlsplit

UNSEEN = {"hidden", "submit", "image", "button", "reset"}
PLACES = {"href", "src", "action", "formaction", "poster", "srcset"}
TITLED = {"title", "h1"}
# Places that a screen reader lists: where there are two of a kind, each needs a name of its own.
LANDMARKS = {"nav", "aside", "main", "search"}


@dataclass(slots=True)
class GetForm:
    """A form that asks for a page."""

    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"{self.action}?{urlencode(self.fields)}"


class Reader(HTMLParser):
    """Takes a page apart."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.places: list[tuple[str, str]] = []
        self.links: list[str] = []
        self.forms: list[GetForm] = []
        self.root: dict[str, str] = {}
        self.words: dict[str, list[str]] = {"title": [], "h1": []}
        self.fields: list[dict[str, str]] = []
        self.labelled: set[str] = set()
        self.landmarks: Counter[tuple[str, str]] = Counter()
        self.inline: list[str] = []
        self._inside: list[str] = []
        self._asking = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.root = given
        if "id" in given:
            self.ids[given["id"]] += 1
        self.inline += inline(tag, given)
        self.places += [(tag, value) for name, value in given.items() if name in PLACES]
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag == "form":
            self._begin_form(given)
        elif tag in {"input", "textarea", "select", "button"}:
            self._field(tag, given)
        if tag in LANDMARKS:
            self.landmarks[tag, given.get("aria-label", "")] += 1
        if tag in TITLED:
            self.words[tag].append("")
        if tag in {"label", *TITLED}:
            self._inside.append(tag)
        if tag == "label" and "for" in given:
            self.labelled.add(given["for"])

    def _begin_form(self, given: dict[str, str]) -> None:
        self._asking = given.get("method", "get").lower() != "post"
        if self._asking:
            self.forms.append(GetForm(given.get("action", "")))

    def _field(self, tag: str, given: dict[str, str]) -> None:
        if tag != "button" and given.get("type") not in UNSEEN:
            self.fields.append({**given, "_wrapped": "y" if "label" in self._inside else ""})
        if self._asking and self.forms and given.get("name"):
            usual = {"number": "3", "date": "2026-01-01"}.get(given.get("type", ""), "words")
            self.forms[-1].fields.append((given["name"], given.get("value") or usual))

    def handle_data(self, data: str) -> None:
        for tag in self._inside:
            if tag in TITLED:
                self.words[tag][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag in self._inside:
            self._inside.remove(tag)
        if tag == "form":
            self._asking = False

    @property
    def title(self) -> str:
        return "".join(self.words["title"]).strip()

    @property
    def unlabelled(self) -> list[str]:
        """Fields that nothing on the page names."""
        return [
            given.get("name", "?")
            for given in self.fields
            if not (
                given["_wrapped"]
                or given.get("id") in self.labelled
                or given.get("aria-label")
                or given.get("aria-labelledby") in self.ids
            )
        ]

    @property
    def confused(self) -> list[str]:
        """Landmarks that one cannot tell from another of their kind."""
        kinds = Counter(tag for tag, _ in self.landmarks.elements())
        return [
            f"{tag} {name}"
            for (tag, name), times in self.landmarks.items()
            if times > 1 or (kinds[tag] > 1 and not name)
        ]

    def onward(self, here: str) -> list[str]:
        """Every address of this house that a link or a form of the page leads to."""
        found = [urljoin(here, link) for link in (*self.links, *(form.address for form in self.forms))]
        return [address for address in found if not urlsplit(address).scheme]


def inline(tag: str, given: dict[str, str]) -> list[str]:
    """What of an element would need a policy that lets in more: scripts within, handlers, styles of one element."""
    found = [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]
    return [*found, tag] if tag == "script" and not given.get("src") else found


def faults(html: str, *, language: str, site_words: set[str]) -> list[str]:
    """What is wrong with a page of that language, in a line each."""
    return faults_read(Reader(html), language=language, site_words=site_words)


def faults_read(page: Reader, *, language: str, site_words: set[str]) -> list[str]:
    """The same of a page that was taken apart already."""
    direction = "rtl" if language == "ar" else "ltr"
    found = [f"id twice: {name}" for name, times in page.ids.items() if times > 1]
    found += [f"a field without a label: {name}" for name in page.unlabelled]
    found += [f"landmarks of one name: {name}" for name in page.confused]
    found += [f"inline: {what}" for what in page.inline]
    found += [f"another host: {value}" for _, value in page.places if urlsplit(value).netloc]
    found += [f"no place {link}" for link in page.links if link[:1] == "#" and link[1:] not in page.ids]
    if len(page.words["h1"]) != 1 or not page.words["h1"][0].strip():
        found.append(f"not one h1: {page.words['h1']}")
    if page.title not in site_words:
        found.append(f"a title that tells: {page.title}")
    if (page.root.get("lang"), page.root.get("dir")) != (language, direction):
        found.append(f"{page.root}")
    return found

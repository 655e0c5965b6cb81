"""Templates: words come from the catalogue, looks from the style sheet, nothing from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from tools.check.source import Fault, files, shown, text_of
from tools.check.source import templates as template_paths

COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)
STATEMENT = re.compile(r"\{%.*?%\}", re.DOTALL)
ARABIC = re.compile("[\u0621-\u064a]")
LETTERS = re.compile(r"[^\W\d_]{2,}")
FAR = re.compile(r"^\s*(?:https?:)?//", re.IGNORECASE)
FAR_IN_SCRIPT = re.compile(r"[\"'`](?:https?:|wss?:)?//(?!www\.w3\.org/)[\w\[]")
RISKY_IN_SCRIPT = re.compile(
    r"\binnerHTML\b|\bouterHTML\b|\bdocument\.write\b|\beval\(|insertAdjacentHTML|new Function\b"
)
PLACES = {"href", "src", "action", "formaction", "srcset", "poster", "data", "cite", "content"}
SPOKEN = {
    "alt",
    "title",
    "placeholder",
    "aria-label",
    "aria-description",
    "aria-roledescription",
    "label",
    "summary",
}
OWN_STYLE = re.compile(r"/support/templates/[\w/]*help[\w]*\.html$")
SAFE = re.compile(r"([\w.]+)\s*\|\s*safe\b")
# HTML from our own renderer (body_html …), and drawings and sheets that hold nothing typed by anybody.
OURS = re.compile(r"(?:\w+\.)*(?:\w*html|window|sheet|sprite)")
VERBATIM = {"style", "script", "code", "kbd", "samp"}
MARK = "\ufffc"


NAMED = re.compile(r"\{%-?\s*(?:include|extends|from|import)\s+([^%]*)")
QUOTED = re.compile(r"[\"']([\w./-]+\.html)[\"']")
# A path of a file begins with the folder: a template is named by its domain.
SHOWN_BY_DOORS = re.compile(r"\"((?!templates/)[a-z_]+/[\w/-]+\.html)\"")


def templates() -> Iterator[Fault]:
    """A word nobody translated, an inline script that the policy blocks, an address that tells on readers."""
    paths = list(template_paths())
    known = {name_of(path) for path in paths}
    # In the neutral look a page names others as everywhere, and some stand in that look only.
    neutral = {name.replace(".discreet.html", ".html") for name in known}
    for path in files():
        if path.suffix == ".py" and "tests" not in path.parts:
            yield from (Fault(shown(path), line, what) for line, what in unknown(text_of(path), known))
    for path in paths:
        source = text_of(path)
        named = neutral if path.name.endswith(".discreet.html") else known
        yield from (Fault(shown(path), line, what) for line, what in missing(source, named))
        own_style = bool(OWN_STYLE.search(path.as_posix()))
        yield from (
            Fault(shown(path), line, what) for line, what in template_faults(source, own_style=own_style)
        )


def unknown(source: str, known: set[str]) -> Iterator[tuple[int, str]]:
    """Line and fault of each template that a door shows and that is not there."""
    for number, line in enumerate(source.splitlines(), 1):
        names = SHOWN_BY_DOORS.findall(line)
        yield from ((number, f"there is no template {name}") for name in names if name not in known)


def name_of(path: Path) -> str:
    """How a template is named by others: its domain, and its path among that domain's templates."""
    domain, _, name = path.as_posix().rpartition("/templates/")
    return f"{domain.rsplit('/', 1)[-1]}/{name}"


def missing(source: str, known: set[str]) -> Iterator[tuple[int, str]]:
    """Line and fault of each template that is named and not there: it fails only where it is reached."""
    for number, line in enumerate(COMMENT.sub(keep_lines, source).splitlines(), 1):
        quoted = [name for statement in NAMED.finditer(line) for name in QUOTED.findall(statement[1])]
        names = [name.removeprefix("usual/") for name in quoted]
        yield from ((number, f"there is no template {name}") for name in names if name not in known)


def scripts() -> Iterator[Fault]:
    """A script reaches another host, or makes HTML out of what somebody typed."""
    for path in files():
        if path.suffix == ".js" and "assets" in path.parts:
            yield from (Fault(shown(path), line, what) for line, what in script_faults(text_of(path)))


def script_faults(source: str) -> Iterator[tuple[int, str]]:
    """Line and fault of one script."""
    for number, line in enumerate(source.splitlines(), 1):
        if FAR_IN_SCRIPT.search(line):
            yield number, "scripts talk to this house only"
        if RISKY_IN_SCRIPT.search(line):
            yield number, "build nodes; never HTML or code from text"


def template_faults(source: str, *, own_style: bool = False) -> Iterator[tuple[int, str]]:
    """Line and fault of one template."""
    for number, line in enumerate(COMMENT.sub(keep_lines, source).splitlines(), 1):
        if ARABIC.search(line):
            yield number, "Arabic text stands in the catalogue, not here"
        for found in SAFE.finditer(line):
            if not OURS.fullmatch(found[1]):
                yield number, f"{found[1]}|safe: only for HTML that we made ourselves"
    reader = Reader(own_style=own_style)
    reader.feed(bare(source))
    reader.close()
    yield from reader.faults


def bare(source: str) -> str:
    """The template's HTML: comments and statements gone, each value one neutral mark."""
    source = COMMENT.sub(keep_lines, source)
    source = EXPRESSION.sub(lambda found: MARK + keep_lines(found), source)
    return STATEMENT.sub(lambda found: " " + keep_lines(found), source)


def keep_lines(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n")


class Reader(HTMLParser):
    """Notes what a template must not hold."""

    def __init__(self, *, own_style: bool) -> None:
        super().__init__()
        self.faults: list[tuple[int, str]] = []
        self._own_style = own_style
        self._inside = ""

    def _note(self, what: str) -> None:
        self.faults.append((self.getpos()[0], what))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "style" and not self._own_style:
            self._note("no <style>: the policy blocks it; use the style sheet")
        if tag == "script" and "src" not in given:
            self._note("no inline script: the policy blocks it")
        if tag in {"button", "input"} and "type" not in given:
            self._note(f"<{tag}> without type: say what it does")
        if tag in VERBATIM:
            self._inside = tag
        for name, value in given.items():
            self._attribute(tag, name, value)

    def _attribute(self, tag: str, name: str, value: str) -> None:
        if name == "style":
            self._note("no style=: the policy blocks it; use a class")
        if name.startswith("on"):
            self._note(f"no {name}=: the policy blocks it; listen from a script file")
        if name in PLACES and FAR.match(value):
            self._note(f"{name}: an address outside this house")
        if name == "target":
            self._note("no target=: a new window stays behind after quick exit")
        spoken = name in SPOKEN or (tag == "input" and name == "value" and " " in value.strip())
        if spoken and LETTERS.search(value):
            self._note(f"{name}: “{value[:40]}” stands outside the catalogue")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside:
            return
        found = LETTERS.search(data)
        if found:
            line = self.getpos()[0] + data[: found.start()].count("\n")
            self.faults.append((line, f"“{' '.join(data.split())[:40]}” stands outside the catalogue"))

"""Catalogues: both languages say everything, nothing is missing, nothing is left over."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from babel.messages.pofile import read_po

from tools.check.source import PACKAGE, Fault, files, shown, templates, text_of

PLURALS = {
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5)",
    "en": "nplurals=2; plural=(n != 1)",
}
COUNT_FORMS = {"ar": 6, "en": 2}
# Texts are named in a call, or handed to a form field as its hint.
USE = re.compile(r"(?:(?<!\w)_[na]?\(\s*|\bhint=)[\"']([^\"']+)[\"']")
NAMED = re.compile(r'^(?:msgctxt "(.*)"\n)?msgid "(.+)"$', re.MULTILINE)
HOLE = re.compile(r"\{(\w+)\}")
NO_KEYS = frozenset(
    [
        "id",
        "pages",
        "api",
        "health",
        "leaving",
        "html",
        "css",
        "js",
        "svg",
        "py",
        "po",
        "db",
        "json",
        "txt",
        "ini",
        "toml",
        "key",
        "md",
        "ico",
        "woff2",
        "org",
        "com",
    ]
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One message of one catalogue."""

    path: str
    line: int
    language: str
    domain: str
    key: str
    address: str
    texts: tuple[str, ...]
    counts: bool

    def fault(self, what: str) -> Fault:
        """A fault at this message."""
        return Fault(self.path, self.line, f"{self.key}: {what}")

    @property
    def holes(self) -> set[str]:
        """The values it wants."""
        return {hole for text in self.texts for hole in HOLE.findall(text)}


def catalogues() -> Iterator[Fault]:
    """A reader meets a missing sentence, or one in the wrong language, at the worst moment."""
    entries = read_all()
    for path in catalogue_paths():
        yield from header(path)
        yield from twice(shown(path), text_of(path))
    for entry in entries:
        yield from alone(entry)
    yield from doubled(entries)
    yield from against_each_other(entries)
    yield from against_uses(entries)


def catalogue_paths() -> list[Path]:
    """Every catalogue of the house."""
    return [path for path in files() if path.suffix == ".po" and path.parent.name == "texts"]


@lru_cache(maxsize=1)
def read_all() -> tuple[Entry, ...]:
    """Every message of every catalogue."""
    return tuple(entry for path in catalogue_paths() for entry in read(path))


def read(path: Path) -> Iterator[Entry]:
    """The messages of one catalogue."""
    with path.open("rb") as file:
        catalogue = read_po(file, locale=path.stem)
    domain = path.relative_to(PACKAGE).parts[0]
    for message in catalogue:
        if not message.id:
            continue
        counts = not isinstance(message.id, str)
        key = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
        texts = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
        yield Entry(
            path=shown(path),
            line=message.lineno or 0,
            language=path.stem,
            domain=domain,
            key=key,
            address=message.context or "",
            texts=tuple(str(text) for text in texts),
            counts=counts,
        )


def header(path: Path) -> Iterator[Fault]:
    """The plural rule is pinned: libraries have changed theirs."""
    if path.stem not in PLURALS:
        yield Fault(shown(path), 0, "no such language here")
    elif f'"Plural-Forms: {PLURALS[path.stem]};\\n"' not in text_of(path):
        yield Fault(shown(path), 0, f"the header must say: Plural-Forms: {PLURALS[path.stem]};")


def twice(path: str, source: str) -> Iterator[Fault]:
    """One key, one place in a catalogue: merging leaves two, and whoever reads it sees only the last."""
    seen: dict[tuple[str, str], int] = {}
    for found in NAMED.finditer(source):
        address, key = found[1] or "", found[2]
        line = source.count("\n", 0, found.start(2)) + 1
        first = seen.setdefault((key, address), line)
        if first != line:
            yield Fault(path, line, f"{key}: stands already in line {first}")


def alone(entry: Entry) -> Iterator[Fault]:
    """What one message shows by itself."""
    if not all(text.strip() for text in entry.texts):
        yield entry.fault("empty")
    if entry.address not in {"", "f", "m", "d"}:
        yield entry.fault(f"context “{entry.address}”: forms of address are f and m, the neutral look is d")
    if entry.counts and len(entry.texts) != COUNT_FORMS.get(entry.language):
        yield entry.fault(f"{len(entry.texts)} forms; {entry.language} has {COUNT_FORMS.get(entry.language)}")
    if any(
        text.count("{") != len(HOLE.findall(text)) or text.count("}") != text.count("{")
        for text in entry.texts
    ):
        yield entry.fault("a brace is left open")


def doubled(entries: tuple[Entry, ...]) -> Iterator[Fault]:
    """One key, one place in the whole house."""
    seen: dict[tuple[str, str, str], Entry] = {}
    for entry in entries:
        first = seen.setdefault((entry.language, entry.key, entry.address), entry)
        if first is not entry:
            yield entry.fault(f"stands already in {first.path}:{first.line}")


def against_each_other(entries: tuple[Entry, ...]) -> Iterator[Fault]:
    """Arabic and English have the same keys, with the same values in them."""
    neutral = {(entry.language, entry.key): entry for entry in entries if not entry.address}
    for entry in entries:
        same = neutral.get((entry.language, entry.key))
        if same is None:
            yield entry.fault(f"form “{entry.address}” without the neutral one it falls back to")
        elif same.holes != entry.holes:
            yield entry.fault(
                f"its values differ from the neutral form’s: {sorted(same.holes ^ entry.holes)}"
            )
    for (language, key), entry in neutral.items():
        other = "en" if language == "ar" else "ar"
        twin = neutral.get((other, key))
        if twin is None or twin.domain != entry.domain:
            yield entry.fault(f"missing in {entry.domain}/texts/{other}.po")
        elif twin.counts != entry.counts or twin.holes != entry.holes:
            yield entry.fault(
                f"{other} and {language} want different values: {sorted(twin.holes ^ entry.holes)}"
            )


def against_uses(entries: tuple[Entry, ...]) -> Iterator[Fault]:
    """Every key that is used exists; every key that exists is used."""
    known = {entry.key for entry in entries}
    used: dict[str, Fault] = {}
    for key, where in [*uses_in_templates(), *uses_in_python({key.split(".")[0] for key in known})]:
        used.setdefault(key, where)
    starts = tuple(key[:-1] for key in used if key.endswith("*"))
    for key in sorted(used.keys() - known):
        if not key.endswith("*") or not any(name.startswith(key[:-1]) for name in known):
            yield used[key]
    for entry in entries:
        if entry.key not in used and not entry.address and not entry.key.startswith(starts):
            yield entry.fault("used nowhere")


def uses_in_templates() -> Iterator[tuple[str, Fault]]:
    """The keys that templates ask for."""
    for path in templates():
        for number, line in enumerate(text_of(path).splitlines(), 1):
            for key in USE.findall(line):
                yield key, Fault(shown(path), number, f"no catalogue has “{key}”")


def uses_in_python(beginnings: set[str]) -> Iterator[tuple[str, Fault]]:
    """Every text in a source that looks like a key of this house, and every beginning of one."""
    for path in files():
        if path.suffix != ".py" or not path.is_relative_to(PACKAGE) or "tests" in path.parts:
            continue
        for key, line in keys_in(text_of(path), beginnings):
            yield key, Fault(shown(path), line, f"no catalogue has “{key}”")


def keys_in(source: str, beginnings: set[str]) -> Iterator[tuple[str, int]]:
    """Key and line; ``f"step.{name}"`` counts as ``step.*``."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            start = str(node.values[0].value)
            if "." in start and start.split(".", maxsplit=1)[0] in beginnings and len(node.values) > 1:
                yield start + "*", node.lineno
        elif (
            isinstance(node, ast.Constant) and isinstance(node.value, str) and is_key(node.value, beginnings)
        ):
            yield node.value, node.lineno


def is_key(value: str, beginnings: set[str]) -> bool:
    """``thread.reply``, but not ``thread.html``."""
    if value.endswith("_") or not re.fullmatch(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+", value):
        return False
    return value.split(".", maxsplit=1)[0] in beginnings and value.rsplit(".", maxsplit=1)[-1] not in NO_KEYS

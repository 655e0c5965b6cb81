"""What somebody looks for: read from a form, and sealed into an address that says nothing.

Browsers keep addresses. The words, and all that narrows them, are sealed together; the length does not show.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from urllib.parse import urlencode

from msgspec import structs

from mashrabiya.discussions.types import ID_SIZE, Kind
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.ids import read_id
from mashrabiya.platform.keys import ServerKeys
from mashrabiya.platform.languages import to_latin
from mashrabiya.platform.search.asking import MOST_LETTERS, read_question
from mashrabiya.platform.sought import open_asked, seal_asked
from mashrabiya.search.saying import Words, widened, wider
from mashrabiya.search.types import Part
from mashrabiya.search.wish import Wish

FIELDS = ("q", "a", "d", "l", "c", "w", "h", "s")
"""The words; of what the search is; kind of reply, language, community; days back; only what helped somebody; newest first."""
_CUT = "x"
"""That the words were more than is looked for; sealed with them, and asked for by nobody."""
DAYS = (7, 30, 365)
KINDS = tuple(kind for kind in Kind if kind)
NEWEST = "new"
_SEALED, _BYTES, _PURPOSE = 1024, 600, b"search"


def asked(typed: Mapping[str, str]) -> dict[str, str]:
    """The fields of a form that ask for something."""
    return {name: typed.get(name, "").strip() for name in FIELDS if typed.get(name, "").strip()}


def read_wish(fields: Mapping[str, str], page: str = "", words: Words | None = None) -> Wish:
    """What these fields ask for, and how else it is said by this glossary. What means nothing is not asked."""
    text = fields.get("q", "")
    question = read_question(text)
    if fields.get(_CUT):
        question = structs.replace(question, cut=True)
    kind, days = _number(fields.get("d", "")), _number(fields.get("w", ""))
    language = fields.get("l", "")
    return Wish(
        text=text[:MOST_LETTERS],
        question=widened(question, words),
        part=_part(fields.get("a", "")),
        kind=kind if kind in KINDS else 0,
        lang=language if language.isascii() and language.isalpha() and len(language) < 4 else "",
        cid=_community(fields.get("c", "")),
        since=(clock.day() - days) * clock.DAY if days in DAYS else 0,
        helped=fields.get("h", "") == "1",
        newest=fields.get("s", "") == NEWEST,
        page=_number(page) or 1,
        wider=partial(wider, words=words),
    )


def sealed(keys: ServerKeys, fields: Mapping[str, str]) -> str:
    """All of it for an address; it opens today and tomorrow."""
    typed = fields.get("q", "").encode("utf-8", "ignore").decode("utf-8")
    kept = {**fields, "q": _cut(typed)}
    if kept["q"] != typed:
        kept[_CUT] = "1"
    plain = b"\n".join(
        f"{name}={text}".replace("\n", " ").encode("utf-8", "ignore") for name, text in kept.items()
    )
    return seal_asked(keys, plain[: _SEALED - 2], purpose=_PURPOSE, size=_SEALED)


def opened(keys: ServerKeys, shown: str) -> dict[str, str]:
    """What stands behind an address; nothing where it is too old or made up."""
    plain = open_asked(keys, shown, purpose=_PURPOSE, size=_SEALED)
    lines = (plain or b"").decode("utf-8", "ignore").split("\n")
    found = {name: text for name, _, text in (line.partition("=") for line in lines)}
    return asked(found) | ({_CUT: "1"} if found.get(_CUT) else {})


def address(keys: ServerKeys, fields: Mapping[str, str]) -> str:
    """Where these are answered."""
    return f"/q?{urlencode({'k': sealed(keys, fields)})}" if fields else "/q"


def parts(sealed_as: str, current: Part) -> list[tuple[str, str, bool]]:
    """The same question of each part of the house: its key, its address, and whether it is asked now.

    The part stands beside what is sealed, so that all of them share it: it says nothing of the words.
    """
    return [(part.key, f"{sealed_as}&a={int(part)}", part is current) for part in Part]


def _cut(text: str) -> str:
    """As much of the words as fits, in whole letters."""
    return text[:MOST_LETTERS].encode("utf-8")[:_BYTES].decode("utf-8", "ignore")


def _part(shown: str) -> Part:
    number = _number(shown)
    return next((part for part in Part if part == number), Part.ALL)


def _community(shown: str) -> bytes:
    try:
        return read_id(shown, ID_SIZE) if shown else b""
    except NotFound:
        return b""


def _number(shown: str) -> int:
    typed = to_latin(shown)
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 0

"""What somebody looks for: read from a form, and sealed into an address that says nothing.

Browsers keep addresses. The words, and all that narrows them, are sealed together; the length does not show.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from urllib.parse import urlencode

from mashrabiya.discussions.types import ID_SIZE, Kind
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.ids import read_id
from mashrabiya.kernel.keys import mac
from mashrabiya.platform.crypto import OVERHEAD, Unopenable, padded, seal, unpadded, unseal
from mashrabiya.platform.keys import ServerKeys
from mashrabiya.platform.languages import to_latin
from mashrabiya.platform.search.asking import MOST_LETTERS, read_question
from mashrabiya.search.wish import Wish

FIELDS = ("q", "d", "l", "c", "w", "h", "s")
"""The words; kind, language, community; days back; only what helped somebody; newest first."""
DAYS = (7, 30, 365)
KINDS = tuple(kind for kind in Kind if kind)
NEWEST = "new"
_SEALED, _BYTES = 1024, 600


def asked(typed: Mapping[str, str]) -> dict[str, str]:
    """The fields of a form that ask for something."""
    return {name: typed.get(name, "").strip() for name in FIELDS if typed.get(name, "").strip()}


def read_wish(fields: Mapping[str, str], page: str = "") -> Wish:
    """What these fields ask for. What means nothing is not asked."""
    text = fields.get("q", "")
    kind, days = _number(fields.get("d", "")), _number(fields.get("w", ""))
    language = fields.get("l", "")
    return Wish(
        text=text[:MOST_LETTERS],
        question=read_question(text),
        kind=kind if kind in KINDS else 0,
        lang=language if language.isascii() and language.isalpha() and len(language) < 4 else "",
        cid=_community(fields.get("c", "")),
        since=(clock.day() - days) * clock.DAY if days in DAYS else 0,
        helped=fields.get("h", "") == "1",
        newest=fields.get("s", "") == NEWEST,
        page=_number(page) or 1,
    )


def sealed(keys: ServerKeys, fields: Mapping[str, str]) -> str:
    """All of it for an address; it opens today and tomorrow."""
    kept = {**fields, "q": _cut(fields.get("q", ""))}
    plain = b"\n".join(
        f"{name}={text}".replace("\n", " ").encode("utf-8", "ignore") for name, text in kept.items()
    )
    today = clock.day()
    box = seal(_day_key(keys, today), padded(plain[: _SEALED - 2], _SEALED), _bound(today))
    return base64.urlsafe_b64encode(box).decode().rstrip("=")


def opened(keys: ServerKeys, shown: str) -> dict[str, str]:
    """What stands behind an address; nothing where it is too old or made up."""
    try:
        box = base64.b64decode(shown + "=" * (-len(shown) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return {}
    if len(box) != _SEALED + OVERHEAD:
        return {}
    for day in (clock.day(), clock.day() - 1):
        try:
            plain = unseal(_day_key(keys, day), box, _bound(day))
        except Unopenable:
            continue
        lines = unpadded(plain).decode("utf-8", "ignore").split("\n")
        return asked({name: text for name, _, text in (line.partition("=") for line in lines)})
    return {}


def address(keys: ServerKeys, fields: Mapping[str, str]) -> str:
    """Where these are answered."""
    return f"/q?{urlencode({'k': sealed(keys, fields)})}" if fields else "/q"


def _cut(text: str) -> str:
    """As much of the words as fits, in whole letters."""
    return text[:MOST_LETTERS].encode("utf-8", "ignore")[:_BYTES].decode("utf-8", "ignore")


def _bound(day: int) -> bytes:
    return b"search" + day.to_bytes(4, "big")


def _day_key(keys: ServerKeys, day: int) -> bytes:
    return mac(keys.of("query"), b"search" + day.to_bytes(4, "big"))


def _community(shown: str) -> bytes:
    try:
        return read_id(shown, ID_SIZE) if shown else b""
    except NotFound:
        return b""


def _number(shown: str) -> int:
    typed = to_latin(shown)
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 0

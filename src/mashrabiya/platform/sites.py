"""The names by which browsers reach a house, in the one form in which browsers send them.

Whoever asks by any other name is answered by no page: else a name that somebody leads to
this machine could read along with whoever is signed in here.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re

import idna

MOST_SITES = 8
_LONGEST = 300
_MORE = re.compile(r"[/:?#@\\\[\]]")
_ONION_LETTERS = 56
_ONION_VERSION = b"\x03"


class NotASite(ValueError):
    """What was typed is no name of a house. The text is ``more``, ``number``, ``onion`` or ``wrong``."""


def site_of(typed: str) -> str:
    """The name in lower case and ASCII, or :class:`NotASite`, saying what stands in the way."""
    typed = typed.strip()
    if _MORE.search(typed):
        raise NotASite("more")
    name = ascii_host(typed.removesuffix(".")) if len(typed) <= _LONGEST else None
    if name is None:
        raise NotASite("number" if typed.replace(".", "").isdigit() else "wrong")
    if name.endswith(".onion") and not _is_onion_service(name.split(".")[-2]):
        raise NotASite("onion")
    return name


def ascii_host(host: str) -> str | None:
    """The host name as browsers send it; None for a number, a name without a dot, and what is no name."""
    try:
        name = idna.encode(host.rstrip("."), uts46=True, std3_rules=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        return None
    last = name.rpartition(".")[2]
    if "." not in name or last[:1].isdigit():
        return None
    return name


def address_of(site: str) -> str:
    """Where a browser goes for it. Tor closes the line by itself: an onion has no https."""
    return f"{'http' if site.endswith('.onion') else 'https'}://{site}"


def _is_onion_service(letters: str) -> bool:
    """Whether these are a public key, its checksum and version 3, as Tor writes them: a slip is found."""
    try:
        whole = base64.b32decode(letters.upper())
    except binascii.Error:
        return False
    key, check, version = whole[:32], whole[32:34], whole[34:]
    told = hashlib.sha3_256(b".onion checksum" + key + _ONION_VERSION).digest()[:2]
    return len(letters) == _ONION_LETTERS and version == _ONION_VERSION and check == told

"""Which addresses a link may have.

What passes is written anew from its parts, with the host in ASCII, so that a
browser cannot read it otherwise than we did.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

import idna

from mashrabiya.platform.sites import ascii_host

_LONGEST = 2000
_NEVER = re.compile(r"[\x00-\x20\x7f-\xa0\\\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_PATH = "/%:@!$&'()*+,;=-._~"


def outside_address(address: str) -> str | None:
    """The http(s) address in its one normal form, or None when it must not become a link.

    Addresses with a user name before the host are refused, since it is there to
    be taken for the host; so are numeric hosts and names without a dot.
    """
    if len(address) > _LONGEST or _NEVER.search(address):
        return None
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or "@" in parts.netloc:
        return None
    host = ascii_host(parts.hostname or "")
    if host is None:
        return None
    place = f"{host}:{port}" if port else host
    return f"{parts.scheme}://{place}{_rest(parts.path, parts.query, parts.fragment)}"


def own_path(address: str) -> str | None:
    """A path of this house, or None. ``//host`` is no path."""
    if not address.startswith("/") or address.startswith("//"):
        return None
    if len(address) > _LONGEST or _NEVER.search(address):
        return None
    path, _, fragment = address.partition("#")
    path, _, query = path.partition("?")
    return _rest(path, query, fragment)


def shown_host(address: str) -> tuple[str, str]:
    """The host as browsers send it, and as it reads where that differs (else empty)."""
    host = urlsplit(address).hostname or ""
    try:
        readable = idna.decode(host)
    except idna.IDNAError:
        return host, ""
    return host, "" if readable == host else readable


def _rest(path: str, query: str, fragment: str) -> str:
    rest = quote(path, safe=_PATH)
    if query:
        rest += "?" + quote(query, safe=_PATH + "?")
    if fragment:
        rest += "#" + quote(fragment, safe=_PATH + "?")
    return rest

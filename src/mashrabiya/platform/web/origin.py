"""By which name the house was asked, and where a sent form comes from: only from this house."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_HOST = re.compile(rb"(\[[0-9A-Fa-f:.]+\]|[0-9A-Za-z._-]+)(?::[0-9]{1,5})?")
# Names of this machine itself: whoever asks by them sits at it.
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


def name_of(host: bytes) -> str:
    """The name in a Host header, without its port; empty where it is none."""
    read = _HOST.fullmatch(host)
    return read[1].decode().lower() if read else ""


def is_ours(headers: dict[bytes, bytes]) -> bool:
    """False when the browser says that another site sent it.

    A missing or "null" Origin says nothing (our own referrer policy makes
    browsers send it); then the hidden field decides.
    """
    site = headers.get(b"sec-fetch-site")
    if site is not None and site not in {b"same-origin", b"none"}:
        return False
    origin = headers.get(b"origin")
    if origin is None or origin == b"null":
        return True
    try:
        return urlsplit(origin).netloc == headers.get(b"host", b"")
    except ValueError:
        return False

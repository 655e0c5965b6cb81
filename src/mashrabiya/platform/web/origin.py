"""Where a sent form comes from: only from this house."""

from __future__ import annotations

from urllib.parse import urlsplit


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

"""The onion: another way to the same house, by a name that is no address and over a line that Tor closes."""

from __future__ import annotations

import re

_ONION = re.compile(rb"(?:[0-9a-z-]+\.)*[0-9a-z]+\.onion(?::[0-9]{1,5})?", re.IGNORECASE)


def is_onion(host: bytes) -> bool:
    """Whether the house was asked for by the name of an onion service."""
    return _ONION.fullmatch(host) is not None

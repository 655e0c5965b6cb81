"""Where a browser wants to be told: an address that its maker made. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

HOSTS = ("fcm.googleapis.com", "updates.push.services.mozilla.com", "web.push.apple.com")
"""The services that are known, by their whole name."""

ENDING = ".notify.windows.com"
"""And one that has a name for each of its places."""

LONGEST = 800
# No user, no port, no fragment, and nothing that two programs could read as two addresses.
_FORM = re.compile(r"https://([a-z0-9][a-z0-9.-]{0,99})(?::([1-9][0-9]{0,4}))?(/[!$-;=?-Z_a-z~%]*)")
_USUAL = 443


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One browser at its service. Whoever knows the path can make that browser show its notice."""

    host: str
    port: int
    path: str = field(repr=False)

    @property
    def place(self) -> str:
        return f"{self.host}:{self.port}"

    @property
    def origin(self) -> str:
        """For whom a signature is good."""
        return f"https://{self.host}" if self.port == _USUAL else f"https://{self.place}"


def read_endpoint(text: str, also: frozenset[str] = frozenset()) -> Endpoint | None:
    """The endpoint, or nothing where it is none of a known service. ``also`` are places (host:port) made for a test."""
    read = _FORM.fullmatch(text) if len(text) <= LONGEST else None
    if read is None:
        return None
    found = Endpoint(read[1], int(read[2] or _USUAL), read[3])
    if found.place in also or (read[2] is None and _is_known(found.host)):
        return found
    return None


def _is_known(host: str) -> bool:
    return host in HOSTS or (host.endswith(ENDING) and ".." not in host and not host.startswith("."))

"""What the person who starts the house decides on the command line. Nothing here is a secret."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Config:
    """Where the house stands and how it is reached."""

    data: Path
    key_file: str = ""
    database: str = ""
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    trusted_proxy: str = ""
    sites: tuple[str, ...] = field(default=())
    """Names by which browsers reach it, whatever stands on the hosts' page: the way back from there."""
    limits: bool = True
    onion_cookie_plain: bool = False
    """On an onion address the session's cookie has no prefix and no Secure: for browsers that do not
    count such an address as encrypted, and would keep no other."""

    @property
    def database_url(self) -> str:
        """A PostgreSQL address, or the path of the SQLite file in the data directory."""
        return self.database or str(self.data / "house.db")

    @property
    def key_path(self) -> str:
        """Where the key lies: never in the data directory. ``-`` means typed at the start."""
        return self.key_file or str(default_key_path(self.data))


def default_key_path(data: Path) -> Path:
    """``$XDG_CONFIG_HOME/mashrabiya/<house>.key``; the house is named after its data directory."""
    base = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(base) / "mashrabiya" / f"{data.resolve().name}.key"

"""The house's one secret, outside its data, and the keys derived from it."""

from __future__ import annotations

import getpass
import hashlib
import os
import secrets
from pathlib import Path

from mashrabiya.kernel.keys import mac
from mashrabiya.platform.terminal import CannotBeDone, spoken, why

KEY_SIZE = 32


class KeyTrouble(CannotBeDone):
    """The key file is missing, damaged or open to others. The sentence says what to do."""


class ServerKeys:
    """K_x = mac(MK, "mash/1", x). The master key itself leaves this object never."""

    def __init__(self, master: bytes) -> None:
        if len(master) != KEY_SIZE:
            raise KeyTrouble("terminal.key_size", wanted=KEY_SIZE, found=len(master))
        self._master = master
        self._derived: dict[str, bytes] = {}

    def __repr__(self) -> str:
        return "ServerKeys(…)"

    def of(self, purpose: str) -> bytes:
        """The key for one purpose: login, sess, rec, panic, field, invite, push, pow, away, query …"""
        key = self._derived.get(purpose)
        if key is None:
            key = self._derived[purpose] = mac(self._master, b"mash/1", purpose.encode())
        return key

    def fingerprint(self) -> str:
        """Sixteen letters by which a copy of the key file is recognised; they tell nothing of it."""
        return fingerprint(self._master)


def fingerprint(master: bytes) -> str:
    """The first sixteen hex letters that ``sha256sum`` prints for the key file, on any machine."""
    return hashlib.sha256(_as_file(master)).hexdigest()[:16]


def _as_file(master: bytes) -> bytes:
    return f"{master.hex()}\n".encode()


def make_key_file(path: Path) -> None:
    """Write a new key, readable by its owner only. An existing file is never touched."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(_as_file(secrets.token_bytes(KEY_SIZE)))
        file.flush()
        os.fsync(file.fileno())


def read_keys(path: str) -> ServerKeys:
    """The keys of the house; ``-`` asks for the key on the terminal."""
    if path == "-":
        typed = getpass.getpass(spoken("terminal.key_typed"))
    else:
        try:
            typed = Path(path).read_text(encoding="ascii")
        except FileNotFoundError as missing:
            raise KeyTrouble("terminal.key_missing", path=path) from missing
        except OSError as closed:
            raise KeyTrouble("terminal.key_closed", path=path, why=why(closed)) from closed
        except UnicodeDecodeError:
            # Said without its cause, which would show bytes of what may be a key.
            raise KeyTrouble("terminal.key_damaged", path=path) from None
    try:
        return ServerKeys(bytes.fromhex(typed.strip()))
    except ValueError as damaged:
        raise KeyTrouble("terminal.key_damaged", path=path) from damaged

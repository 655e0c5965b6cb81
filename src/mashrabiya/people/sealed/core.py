"""The session's row: what the server knows of a person while her cookie is here.

core 448   ver1 W32 acct16 slot1 used1 flags1 level1 band1 exp_h4 begun_h4 pids256
           prefs96 panic16 grant1 branch8 until2 zeros7
plain 992  core448 pin_pub32 salt16 dbox496        row 1,020
"""

from __future__ import annotations

import hashlib
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass, field
from enum import IntFlag
from struct import Struct

from mashrabiya.kernel.keys import SLOTS, Work, mac
from mashrabiya.people.types import Band, Grant
from mashrabiya.platform.crypto import OVERHEAD, padded, seal, unpadded, unseal

CORE, PLAIN = 448, 992
ROW = PLAIN + OVERHEAD
COOKIE_BYTES, COOKIE_LETTERS = 32, 43
VERSION = 1
_HEAD = Struct(">B32s16sBBBBBII256s96s16sB8sH7x")
_IDS = Struct("16s" * SLOTS)
_NO_CODE = bytes(16)
_NO_BRANCH = bytes(8)


class Mark(IntFlag):
    """The flags byte of a session."""

    NONE = 0
    OWN_DEVICE = 1
    SECOND_FACTOR = 2
    NARROW = 4


_OWN_DEVICE, _SECOND_FACTOR, _NARROW = int(Mark.OWN_DEVICE), int(Mark.SECOND_FACTOR), int(Mark.NARROW)


@dataclass(frozen=True, slots=True)
class Core:
    """A session's content. ``preferences`` are the compact bytes of people.sealed.tongue.

    ``grant`` and ``branch`` (``until`` its quarter) are what her invitation brought; her first persona takes them.
    """

    work: Work
    account: bytes
    slot: int
    used: int
    marks: Mark
    level: int
    band: Band
    expires: int
    begun: int
    siblings: tuple[bytes, ...]
    preferences: bytes = b""
    panic_code: bytes = _NO_CODE
    grant: Grant = Grant.NONE
    branch: bytes = _NO_BRANCH
    until: int = 0
    rest: bytes = field(default=bytes(PLAIN - CORE), repr=False)

    # Asked in every request, and of plain numbers: members of an enumeration are slow to combine.
    @property
    def own_device(self) -> bool:
        return int(self.marks) & _OWN_DEVICE != 0

    @property
    def second_factor(self) -> bool:
        return int(self.marks) & _SECOND_FACTOR != 0

    @property
    def narrow(self) -> bool:
        return int(self.marks) & _NARROW != 0


def pack(core: Core) -> bytes:
    """992 bytes."""
    head = _HEAD.pack(
        VERSION,
        core.work.secret,
        core.account,
        core.slot,
        core.used,
        core.marks,
        core.level,
        core.band,
        core.expires,
        core.begun,
        b"".join(core.siblings),
        padded(core.preferences, 96),
        core.panic_code,
        core.grant,
        core.branch,
        core.until,
    )
    return head + core.rest


def unpack(plain: bytes) -> Core:
    """The content of an opened row."""
    head = _HEAD.unpack_from(plain)
    return Core(
        Work(head[1]),
        head[2],
        head[3],
        head[4],
        Mark(head[5]),
        head[6],
        Band(head[7]),
        head[8],
        head[9],
        _IDS.unpack(head[10]),
        unpadded(head[11]),
        head[12],
        Grant(head[13]),
        head[14],
        head[15],
        plain[CORE:],
    )


@dataclass(frozen=True, slots=True)
class Cookie:
    """A session's cookie: where its row is, and the key that opens it."""

    text: str = field(repr=False)
    sid: bytes
    key: bytes = field(repr=False)

    @classmethod
    def new(cls, session_key: bytes) -> Cookie:
        raw = secrets.token_bytes(COOKIE_BYTES)
        return cls._of(session_key, raw, urlsafe_b64encode(raw).decode().rstrip("="))

    @classmethod
    def read(cls, session_key: bytes, text: str) -> Cookie | None:
        """The cookie, or None for anything that cannot be one."""
        if len(text) != COOKIE_LETTERS:
            return None
        try:
            raw = urlsafe_b64decode(text + "=")
        except (NotBase64, ValueError):
            return None
        return cls._of(session_key, raw, text) if len(raw) == COOKIE_BYTES else None

    @classmethod
    def _of(cls, session_key: bytes, raw: bytes, text: str) -> Cookie:
        return cls(text, hashlib.sha256(b"sid" + raw).digest()[:16], mac(session_key, raw))

    def seal(self, core: Core) -> bytes:
        """The row: 1,020 bytes, bound to its place."""
        return seal(self.key, pack(core), self.sid)

    def open(self, blob: bytes) -> Core:
        return unpack(unseal(self.key, blob, self.sid))

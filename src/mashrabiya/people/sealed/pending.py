"""Between the passphrase and the second step: what the browser holds in the session's place.

pending   until4 own1 acct16 tag16 vaultkey32, sealed under the house's session key: 97 bytes
slip      until4 vaultkey32 secret20, sealed under the session's own key: 84 bytes

A pending sign-in stands in the session's cookie and opens nothing: it is longer than any session's.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from struct import Struct

from mashrabiya.kernel.keys import mac
from mashrabiya.people.sealed.totp import SECRET
from mashrabiya.platform.crypto import OVERHEAD, Unopenable, seal, unseal

PENDING_LIFE, SLIP_LIFE = 300, 900
_PENDING, _SLIP = Struct(">I?16s16s32s"), Struct(f">I32s{SECRET}s")
_LETTERS = 4 * (_PENDING.size + OVERHEAD + 2) // 3


@dataclass(frozen=True, slots=True)
class Pending:
    """An account whose passphrase was right. ``tag`` is its door then: another passphrase ends this."""

    account: bytes
    tag: bytes
    vault_key: bytes = field(repr=False)
    own: bool = False

    def seal(self, session_key: bytes, now: float) -> str:
        """For the cookie; good for five minutes."""
        until = int(now) + PENDING_LIFE
        plain = _PENDING.pack(until, self.own, self.account, self.tag, self.vault_key)
        return urlsafe_b64encode(seal(_key(session_key), plain, b"pending")).decode().rstrip("=")

    @classmethod
    def read(cls, session_key: bytes, shown: str, now: float) -> Pending | None:
        """What the cookie holds, or None for anything else and for what is too old."""
        if not _LETTERS - 4 < len(shown) <= _LETTERS:
            return None
        try:
            sealed = urlsafe_b64decode(shown + "=" * (-len(shown) % 4))
            until, own, account, tag, key = _PENDING.unpack(unseal(_key(session_key), sealed, b"pending"))
        except (ValueError, Unopenable):
            return None
        return cls(account, tag, key, own) if until > now else None


def _key(session_key: bytes) -> bytes:
    return mac(session_key, b"pending")


@dataclass(frozen=True, slots=True)
class Slip:
    """What a form carries from the passphrase to the last step of a change: never in the open."""

    vault_key: bytes = field(repr=False)
    secret: bytes = field(default=bytes(SECRET), repr=False)

    def seal(self, form_key: bytes, now: float) -> str:
        """For a hidden field of this session; good for a quarter of an hour."""
        plain = _SLIP.pack(int(now) + SLIP_LIFE, self.vault_key, self.secret)
        return seal(mac(form_key, b"second"), plain, b"second").hex()

    @classmethod
    def read(cls, form_key: bytes, shown: str, now: float) -> Slip | None:
        """What the field holds, or None for anything else and for what is too old."""
        try:
            plain = unseal(mac(form_key, b"second"), bytes.fromhex(shown), b"second")
        except (ValueError, Unopenable):
            return None
        until, key, secret = _SLIP.unpack(plain)
        return cls(key, secret) if until > now else None

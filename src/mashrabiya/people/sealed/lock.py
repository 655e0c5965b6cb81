"""The locked session: what remains of it while it asks for a number, and what opens it again.

box      public32 plain mac16        a fresh key each time; only the private half of ``public`` opens it
inner    salt16 box528 dbox496       box = core448 pin_pub32; dbox = room for a second account's core448
row      AEAD(key, inner; "lock" sid) 1,068        its length says that it is locked, and nothing more
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace

import msgspec
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from mashrabiya.kernel.keys import mac
from mashrabiya.people.sealed.core import CORE, PLAIN, Cookie, Core, pack, unpack
from mashrabiya.people.sealed.vault import Vault
from mashrabiya.platform.crypto import (
    NONCE,
    OVERHEAD,
    Cost,
    SlowHash,
    Unopenable,
    pin_hash,
    seal,
    unseal,
)

PIN_COST = Cost(memory_kib=19456, passes=2)
PUBLIC, SALT = 32, 16
_BOX_OVERHEAD = PUBLIC + 16
BOX, DBOX = CORE + PUBLIC + _BOX_OVERHEAD, CORE + _BOX_OVERHEAD
LOCKED_ROW = SALT + BOX + DBOX + OVERHEAD
# A key that is used once needs no nonce of its own.
_ONCE = bytes(NONCE)


def _public(private: X25519PrivateKey) -> bytes:
    return private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def _box_key(private: X25519PrivateKey, other: bytes, fresh: bytes, owner: bytes) -> bytes:
    try:
        shared = private.exchange(X25519PublicKey.from_public_bytes(other))
    except ValueError:
        raise Unopenable from None
    return mac(shared, b"box", fresh, owner)


def seal_box(public: bytes, plain: bytes) -> bytes:
    """Closed by anybody, opened by the private half alone."""
    fresh = X25519PrivateKey.generate()
    shown = _public(fresh)
    return shown + AESGCM(_box_key(fresh, public, shown, public)).encrypt(_ONCE, plain, None)


def open_box(private: X25519PrivateKey, box: bytes) -> bytes:
    """What was sealed, or Unopenable."""
    shown = box[:PUBLIC]
    return unseal(_box_key(private, shown, shown, _public(private)), _ONCE + box[PUBLIC:], b"")


def pin_key(pin: str, salt: bytes, *, slow: SlowHash = pin_hash) -> X25519PrivateKey:
    """The private half that a number leads to: one slow hash, right or wrong."""
    return X25519PrivateKey.from_private_bytes(slow(pin.encode(), salt, PIN_COST))


@dataclass(frozen=True, slots=True)
class Lock:
    """What a session carries so that it can be locked without anybody's passphrase."""

    public: bytes
    salt: bytes
    dbox: bytes = field(repr=False)

    @classmethod
    def new(cls, pin: str) -> Lock:
        """For a new number. The place of a second account is filled with what nobody opens."""
        salt = secrets.token_bytes(SALT)
        return cls(_public(pin_key(pin, salt)), salt, _nobodys_box())

    @classmethod
    def of(cls, content: Vault) -> Lock | None:
        """The one that a vault keeps, if there is one."""
        if not content.pin_pub:
            return None
        return cls(content.pin_pub, content.pin_salt, content.dbox)

    @classmethod
    def carried(cls, core: Core) -> Lock:
        """The one in a session that has one."""
        rest = core.rest
        return cls(rest[:PUBLIC], rest[PUBLIC : PUBLIC + SALT], rest[PUBLIC + SALT :])

    @property
    def rest(self) -> bytes:
        """As it stands behind a session's core."""
        return self.public + self.salt + self.dbox

    def kept_in(self, content: Vault) -> Vault:
        """The vault with this lock in it."""
        return msgspec.structs.replace(content, pin_pub=self.public, pin_salt=self.salt, dbox=self.dbox)


def rest_of(content: Vault) -> bytes:
    """What stands behind the core of a new session: a lock, or as many bytes of chance."""
    lock = Lock.of(content)
    return lock.rest if lock else secrets.token_bytes(PLAIN - CORE)


def _nobodys_box() -> bytes:
    # Made like a real one: bytes of pure chance would differ from it in their highest bit.
    return seal_box(_public(X25519PrivateKey.generate()), secrets.token_bytes(CORE))


def seal_locked(cookie: Cookie, core: Core) -> bytes:
    """The row of a session that asks for its number: 1,068 bytes."""
    lock = Lock.carried(core)
    inner = lock.salt + seal_box(lock.public, pack(core)[:CORE] + lock.public) + lock.dbox
    return seal(cookie.key, inner, b"lock" + cookie.sid)


@dataclass(frozen=True, slots=True)
class Locked:
    """A locked session's content, as far as the cookie opens it."""

    inner: bytes = field(repr=False)

    @classmethod
    def open(cls, cookie: Cookie, blob: bytes) -> Locked:
        return cls(unseal(cookie.key, blob, b"lock" + cookie.sid))

    def seal(self, cookie: Cookie) -> bytes:
        """The same row again, under a fresh nonce."""
        return seal(cookie.key, self.inner, b"lock" + cookie.sid)

    def try_pin(self, pin: str) -> Core | None:
        """The session behind the number, or None. Both boxes are tried, whichever opens."""
        salt, box, dbox = self.inner[:SALT], self.inner[SALT : SALT + BOX], self.inner[SALT + BOX :]
        private = pin_key(pin, salt)
        plain, _ = _opened(private, box), _opened(private, dbox)
        if plain is None:
            return None
        core = unpack(plain[:CORE])
        return replace(core, rest=plain[CORE:] + salt + dbox)


def _opened(private: X25519PrivateKey, box: bytes) -> bytes | None:
    try:
        return open_box(private, box)
    except Unopenable:
        return None


def seal_words(cookie_key: bytes, words: bytes) -> bytes:
    """What was typed when the session locked: on its way through the browser, readable to nobody there."""
    return seal(cookie_key, words, b"kept")


def open_words(cookie_key: bytes, sealed: bytes) -> bytes:
    return unseal(cookie_key, sealed, b"kept")

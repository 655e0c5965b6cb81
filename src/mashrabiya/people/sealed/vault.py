"""The account's rows: how a name and a passphrase become keys, and what they open."""

import secrets
import unicodedata
from dataclasses import dataclass

import msgspec

from mashrabiya.kernel import clock
from mashrabiya.kernel.keys import Work, mac
from mashrabiya.people.types import Band, Grant
from mashrabiya.platform.crypto import (
    OVERHEAD,
    Cost,
    SlowHash,
    padded,
    seal,
    sign_in_hash,
    unpadded,
    unseal,
)

VAULT_PLAIN, PREFERENCES_PLAIN = 3074, 512
VAULT_SIZE = VAULT_PLAIN + OVERHEAD
KEY = 32
# Longer than any name may be; keys are made of short parts only.
_LONGEST_READ = 8192


def folded_name(name: str) -> bytes:
    """The sign-in name as it counts: width, case and outer spaces do not."""
    return unicodedata.normalize("NFKC", name[:_LONGEST_READ]).strip().casefold().encode()[:_LONGEST_READ]


def folded_passphrase(passphrase: str) -> bytes:
    """The passphrase as it counts: only equivalent spellings of a letter are the same."""
    return unicodedata.normalize("NFKC", passphrase).encode()


@dataclass(frozen=True, slots=True)
class Door:
    """What one name and passphrase lead to: the row's tag, and the key that opens it."""

    tag: bytes
    key: bytes


def door(login_key: bytes, name: str, passphrase: str, cost: Cost, *, slow: SlowHash = sign_in_hash) -> Door:
    """Derive the door: one Argon2id hash, whether or not anything lies behind it."""
    salt = mac(login_key, b"salt", folded_name(name))[:16]
    root = slow(folded_passphrase(passphrase), salt, cost)
    return Door(mac(login_key, b"tag", root)[:16], mac(root, b"kek"))


class FreezeCode(msgspec.Struct, frozen=True, array_like=True):
    """A code that freezes, as its owner finds it again: where its row is, whose it is, how it ends."""

    tag: bytes
    trusted: bool
    hint: str


class Vault(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the account keeps sealed. It names no persona; the seed derives them all.

    ``wall`` is the age group, ``turns`` the day from which she is 18 or over (0: not asked);
    ``grant`` and ``branch`` are what her invitation brought (a branch until the quarter ``until``), ``lone`` where the rows of passkeys
    are that open it by themselves.
    """

    seed: bytes
    wall: int = Band.UNKNOWN
    turns: int = 0
    grant: int = Grant.NONE
    branch: bytes = b""
    until: int = 0
    rec: tuple[bytes, ...] = ()
    panic: tuple[FreezeCode, ...] = ()
    pk: tuple[bytes, ...] = ()
    lone: tuple[bytes, ...] = ()
    totp: bytes = b""
    pin_pub: bytes = b""
    pin_salt: bytes = b""
    dbox: bytes = b""
    duress: str = ""

    @property
    def work(self) -> Work:
        """The ring of keys that a session carries."""
        return Work.of_seed(self.seed)

    @property
    def band(self) -> Band:
        return Band(self.wall)


class Preferences(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How the house speaks and looks to her; the same under every persona.

    ``desk`` is how desks are for her, in words of care; ``rest_until`` the hour to which she rests from them.
    ``forgets``: up to where she has read is not remembered; ``light``, pages are small; ``keys``, single keys move about;
    ``words``, she is told of better words before she posts.
    ``hush`` are her quiet hours by her own clock, in words of notices.
    """

    language: str = ""
    address: str = "n"
    digits: str = ""
    discreet: bool = False
    shift_exit: bool = True
    dark: str = ""
    lock_minutes: int = 0
    notes_shown: int = 0
    notes_hidden: int = 0
    settled: bool = False
    desk: str = ""
    rest_until: int = 0
    forgets: bool = False
    light: bool = False
    keys: bool = True
    words: bool = True
    hush: str = ""


def new_vault_key() -> bytes:
    return secrets.token_bytes(KEY)


def wrap(door_key: bytes, vault_key: bytes, account: bytes) -> bytes:
    """The vault's key behind the passphrase: 60 bytes."""
    return seal(door_key, vault_key, b"wrap" + account)


def unwrap(door_key: bytes, wrapped: bytes, account: bytes) -> bytes:
    return unseal(door_key, wrapped, b"wrap" + account)


def seal_vault(vault_key: bytes, vault: Vault, account: bytes) -> bytes:
    """3,102 bytes, whatever is in it."""
    return seal(vault_key, padded(msgspec.json.encode(vault), VAULT_PLAIN), b"vault" + account)


def open_vault(vault_key: bytes, sealed: bytes, account: bytes) -> Vault:
    plain = unpadded(unseal(vault_key, sealed, b"vault" + account))
    vault = msgspec.json.decode(plain, type=Vault)
    # What is over is as if it were not there, and is gone when the vault is next written.
    return vault if clock.quarter() < vault.until else msgspec.structs.replace(vault, branch=b"", until=0)


def seal_preferences(work: Work, preferences: Preferences, account: bytes) -> bytes:
    """540 bytes, whatever is in it."""
    plain = padded(msgspec.json.encode(preferences), PREFERENCES_PLAIN)
    return seal(mac(work.secret, b"prefs"), plain, b"prefs" + account)


def open_preferences(work: Work, sealed: bytes, account: bytes) -> Preferences:
    plain = unpadded(unseal(mac(work.secret, b"prefs"), sealed, b"prefs" + account))
    return msgspec.json.decode(plain, type=Preferences)

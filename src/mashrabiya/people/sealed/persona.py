"""The sealed columns on the persona side. None of their keys opens anything of an account."""

from __future__ import annotations

from functools import lru_cache
from struct import Struct

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from mashrabiya.kernel import clock
from mashrabiya.kernel.keys import Work, mac
from mashrabiya.people.types import Band, Flags, Grant
from mashrabiya.platform.crypto import NONCE, OVERHEAD, Unopenable, padded, seal, unpadded, unseal

FLAGS_SIZE = 16 + OVERHEAD
PRIVATE_STEP = 4096
PRIVATE_SIZE = PRIVATE_STEP + OVERHEAD
LAG_QUARTERS = 2
_FLAGS = Struct(">BB8sHH2x")
_CARE_UNTIL = slice(12, 14)
_GRANTS = tuple(map(Grant, range(256)))


def seal_flags(field_key: bytes, flags: Flags, pid: bytes) -> bytes:
    """44 bytes: age group, roles, branch of the invitation and until when it stands, the day on which care ends."""
    plain = _FLAGS.pack(flags.band, flags.grant, flags.branch, flags.until, flags.care_until)
    return seal(field_key, plain, pid)


def open_flags(field_key: bytes, sealed: bytes, pid: bytes) -> Flags:
    """What the persona carries today: care whose term is over is not among it, whatever the night has done."""
    flags = open_lapsed(field_key, sealed, pid)
    return flags.without(Grant.CARE) if _is_over(flags.grant, flags.care_until) else flags


def open_lapsed(field_key: bytes, sealed: bytes, pid: bytes) -> Flags:
    """The same, with care whose term is over."""
    band, grant, branch, until, care_until = _FLAGS.unpack(unseal(field_key, sealed, pid))
    return Flags(Band(band), Grant(grant), branch, until, care_until)


def has_lapsed(field_key: bytes, sealed: bytes, pid: bytes) -> bool:
    """Whether it carries care whose term is over."""
    flags = open_lapsed(field_key, sealed, pid)
    return _is_over(flags.grant, flags.care_until)


def open_grant(field_key: bytes, sealed: bytes, pid: bytes) -> Grant:
    """The roles of today alone: asked of each of her names in every request."""
    try:
        plain = _opener(field_key).decrypt(sealed[:NONCE], sealed[NONCE:], pid)
    except (InvalidTag, ValueError):
        raise Unopenable from None
    grant = _GRANTS[plain[1]]
    if grant and _is_over(grant, int.from_bytes(plain[_CARE_UNTIL], "big")):
        return grant & ~Grant.CARE
    return grant


def _is_over(grant: Grant, until: int) -> bool:
    return bool(until) and until <= clock.day() and bool(grant & Grant.CARE)


@lru_cache(maxsize=2)
def _opener(field_key: bytes) -> AESGCM:
    """The house's own key, which lies in memory as long as the house runs. A person's is never kept so."""
    return AESGCM(field_key)


def seal_private(work: Work, slot: int, lists: bytes, pid: bytes) -> bytes:
    """What only she reads of this persona, in steps of four kibibytes."""
    size = PRIVATE_STEP * (1 + (len(lists) + 1) // PRIVATE_STEP)
    return seal(mac(work.persona_key(slot), b"priv"), padded(lists, size), pid)


def open_private(work: Work, slot: int, sealed: bytes, pid: bytes) -> bytes:
    return unpadded(unseal(mac(work.persona_key(slot), b"priv"), sealed, pid))


def block_public(work: Work, slot: int) -> bytes:
    """The public half of the persona's block key."""
    private = X25519PrivateKey.from_private_bytes(mac(work.persona_key(slot), b"b"))
    return private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def seal_season(work: Work, slot: int, season: int, pid: bytes) -> bytes:
    """32 bytes: the season in which it was made. In the clear it would pair personas made together."""
    return seal(mac(work.persona_key(slot), b"season"), season.to_bytes(4, "big"), pid)


def open_season(work: Work, slot: int, sealed: bytes, pid: bytes) -> int:
    return int.from_bytes(unseal(mac(work.persona_key(slot), b"season"), sealed, pid), "big")


def used_quarter(work: Work, slot: int) -> int:
    """The quarter of a year in which it is used now, up to half a year back.

    Each persona has a lag of its own, known to its person only, so that two that
    are used together do not change together.
    """
    share = int.from_bytes(mac(work.persona_key(slot), b"lag")[:4], "big") / 2**32
    return clock.quarter(-share * LAG_QUARTERS)


def seal_spent(work: Work, slot: int, season: int, tag: bytes) -> bytes:
    """32 bytes: the season in which the persona that stood here was made."""
    key = mac(work.persona_key(slot), b"spent", b"key")
    return seal(key, season.to_bytes(4, "big"), tag)


def open_spent(work: Work, slot: int, sealed: bytes, tag: bytes) -> int:
    key = mac(work.persona_key(slot), b"spent", b"key")
    return int.from_bytes(unseal(key, sealed, tag), "big")


def grant_tag(work: Work) -> bytes:
    """Taken by the first persona that carries her invitation's grant and branch."""
    return mac(work.secret, b"grant")[:16]


def held_tag(field_key: bytes, name_key: str) -> bytes:
    """A freed name, recognisable only with the house's key."""
    return mac(field_key, b"name", name_key.encode())[:16]

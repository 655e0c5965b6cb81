"""Passkeys as a second step: what a browser's authenticator says, checked.

Own lines on ``cryptography`` instead of a library. Asked without attestation, a
key is taken on the browser's word whatever reads it; and with the one algorithm
that phones, security keys and password managers all have (ES256), the key stands
in a form of fixed bytes. What is left is a hash, a few fields and a signature.
Counters are not kept: that would write the account at each sign-in.

kept    x-coordinate with its sign 33, then the authenticator's own name for the key
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from urllib.parse import urlsplit

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePublicKey,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from mashrabiya.kernel.keys import mac

MOST, LONGEST_ID, POINT = 3, 255, 33
CHALLENGE_LIFE = 300
_PRESENT, _VERIFIED, _HAS_KEY = 0x01, 0x04, 0x40
_HEAD, _AAGUID = 37, 16
# A map of five: kind EC2, algorithm ES256, curve P-256, then x and y of 32 bytes each.
_COSE, _COSE_Y = bytes.fromhex("a5010203262001215820"), bytes.fromhex("225820")
_STAMP, _RANDOM, _MAC = 4, 12, 16


class Unfit(Exception):
    """What came is not what was asked for."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passkey belongs: one host name. It works at no other address of the house."""

    netloc: str

    @property
    def host(self) -> str:
        return urlsplit(f"//{self.netloc}").hostname or ""

    def is_origin(self, origin: str) -> bool:
        """Whether a page of this place says so of itself."""
        try:
            said = urlsplit(origin)
        except ValueError:
            return False
        plain = self.host in {"localhost", "127.0.0.1"} or self.host.endswith(".onion")
        return said.netloc == self.netloc and said.scheme in ({"https", "http"} if plain else {"https"})


@dataclass(frozen=True, slots=True)
class Passkey:
    """One key, as the vault keeps it."""

    id: bytes
    point: bytes

    def pack(self) -> bytes:
        return self.point + self.id

    @classmethod
    def unpack(cls, packed: bytes) -> Passkey:
        return cls(packed[POINT:], packed[:POINT])


@dataclass(frozen=True, slots=True)
class Answer:
    """What the browser sent back, each part in base64url."""

    client: str
    authenticator: str
    id: str = ""
    signature: str = ""


class _Client(msgspec.Struct, frozen=True):
    type: str
    challenge: str
    origin: str
    crossOrigin: bool = False  # noqa: N815 - the browsers' word


def challenge(key: bytes, account: bytes, now: float) -> str:
    """A fresh challenge for this account, which needs no row to be known again."""
    plain = int(now).to_bytes(_STAMP, "big") + secrets.token_bytes(_RANDOM)
    return to_text(plain + mac(key, b"passkey", account, plain)[:_MAC])


def is_fresh(key: bytes, account: bytes, shown: str, now: float) -> bool:
    """Whether we made the challenge for this account, within five minutes."""
    raw = from_text(shown)
    plain, tag = raw[:-_MAC], raw[-_MAC:]
    if len(plain) != _STAMP + _RANDOM or not hmac.compare_digest(
        tag, mac(key, b"passkey", account, plain)[:_MAC]
    ):
        return False
    return 0 <= now - int.from_bytes(plain[:_STAMP], "big") < CHALLENGE_LIFE


def challenge_of(answer: Answer) -> str:
    """The challenge that the browser says it answered."""
    return _client(answer).challenge


def made(place: Place, answer: Answer, *, verified: bool = False) -> Passkey:
    """The new key, or Unfit. ``verified``: its device must have asked for a finger, a face or a number."""
    said, data = _checked(place, answer, "webauthn.create")
    if not said & _HAS_KEY or not _is_verified(said, wanted=verified) or len(data) < _HEAD + _AAGUID + 2:
        raise Unfit
    at = _HEAD + _AAGUID
    length = int.from_bytes(data[at : at + 2], "big")
    name, rest = data[at + 2 : at + 2 + length], data[at + 2 + length :]
    if not 0 < length <= LONGEST_ID or len(name) != length:
        raise Unfit
    return Passkey(name, _point(rest))


def _point(cose: bytes) -> bytes:
    start, middle = len(_COSE), len(_COSE) + 32
    end = middle + len(_COSE_Y)
    if cose[:start] != _COSE or cose[middle:end] != _COSE_Y or len(cose) < end + 32:
        raise Unfit
    try:
        key = EllipticCurvePublicKey.from_encoded_point(
            SECP256R1(), b"\x04" + cose[start:middle] + cose[end : end + 32]
        )
    except ValueError:
        raise Unfit from None
    return key.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)


def prove(place: Place, answer: Answer, keys: list[Passkey], *, verified: bool = False) -> None:
    """Unfit unless one of these keys signed this answer, here."""
    said, data = _checked(place, answer, "webauthn.get")
    name = from_text(answer.id)
    key = next((one for one in keys if hmac.compare_digest(one.id, name)), None)
    if key is None or not _is_verified(said, wanted=verified):
        raise Unfit
    signed = data + hashlib.sha256(from_text(answer.client)).digest()
    try:
        EllipticCurvePublicKey.from_encoded_point(SECP256R1(), key.point).verify(
            from_text(answer.signature), signed, ECDSA(SHA256())
        )
    except InvalidSignature:
        raise Unfit from None


def _is_verified(said: int, *, wanted: bool) -> bool:
    return bool(said & _VERIFIED) or not wanted


def _checked(place: Place, answer: Answer, kind: str) -> tuple[int, bytes]:
    """The authenticator's flags and everything it said, when page, place and presence are right."""
    client, data = _client(answer), from_text(answer.authenticator)
    if client.type != kind or client.crossOrigin or not place.is_origin(client.origin):
        raise Unfit
    if len(data) < _HEAD or data[:32] != hashlib.sha256(place.host.encode()).digest():
        raise Unfit
    if not data[32] & _PRESENT:
        raise Unfit
    return data[32], data


def _client(answer: Answer) -> _Client:
    try:
        return msgspec.json.decode(from_text(answer.client), type=_Client)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Unfit from None


def to_text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def from_text(text: str) -> bytes:
    """The bytes, or none for what is no base64url."""
    try:
        return urlsafe_b64decode(text[:8192] + "=" * (-len(text[:8192]) % 4))
    except ValueError:
        return b""

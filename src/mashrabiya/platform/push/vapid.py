"""Who sends: a key of this house, by which a service knows that a word comes from whom the browser asked (RFC 8292)."""

from __future__ import annotations

from base64 import urlsafe_b64encode

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from mashrabiya.kernel import clock
from mashrabiya.kernel.keys import mac

_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_HOURS = 12
_ROOM = 100


class Vapid:
    """The key is made from one of the house's keys, as all are: it lies nowhere."""

    def __init__(self, key: bytes) -> None:
        wide = mac(key, b"vapid", b"1") + mac(key, b"vapid", b"2")
        self._key = ec.derive_private_key(int.from_bytes(wide, "big") % (_ORDER - 1) + 1, ec.SECP256R1())
        point = self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.public = _written(point)
        self._made: dict[tuple[str, str, int], str] = {}

    def __repr__(self) -> str:
        return "Vapid(…)"

    def authorization(self, origin: str, site: str) -> str:
        """The header for one service. It is good for half a day, and the same for everybody within an hour."""
        until = (clock.hour() + _HOURS) * clock.HOUR
        made = self._made.get((origin, site, until))
        if made is None:
            if len(self._made) >= _ROOM:
                self._made.clear()
            made = self._made[origin, site, until] = self._sign(origin, site, until)
        return f"vapid t={made}, k={self.public}"

    def _sign(self, origin: str, site: str, until: int) -> str:
        said = {"aud": origin, "exp": until, "sub": f"https://{site}"}
        parts = [{"typ": "JWT", "alg": "ES256"}, said]
        text = ".".join(_written(msgspec.json.encode(part)) for part in parts)
        first, second = decode_dss_signature(self._key.sign(text.encode(), ec.ECDSA(SHA256())))
        return f"{text}.{_written(first.to_bytes(32, 'big') + second.to_bytes(32, 'big'))}"


def _written(plain: bytes) -> str:
    return urlsafe_b64encode(plain).rstrip(b"=").decode()

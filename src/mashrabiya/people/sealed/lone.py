"""Passkeys that open an account by themselves: where a row is, and what opens it.

Such a key gives, beside its signature, thirty-two bytes that the device alone knows (the PRF
extension). They stand in the place of name and passphrase: what they seal is the vault's own key, so
another passphrase changes nothing here.

tag    from the authenticator's name for the key
pub    the key's point 33, sealed under the house's key: 61 bytes
blob   acct16 vaultkey32, sealed under what the device gives: 76 bytes
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

import msgspec
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from mashrabiya.kernel.keys import mac
from mashrabiya.people.sealed.passkey import Passkey
from mashrabiya.platform.crypto import Unopenable, seal, unseal

OUTPUT = 32
_ACCOUNT = 16


class LoneRow(msgspec.Struct, frozen=True):
    """A key as it lies in the database: sealed twice."""

    pub: bytes
    blob: bytes


@dataclass(frozen=True, slots=True)
class LoneKey:
    """What one passkey and what its device gave lead to."""

    tag: bytes
    key: bytes = field(repr=False)

    @classmethod
    def of(cls, field_key: bytes, name: bytes, output: bytes) -> LoneKey:
        return cls(mac(field_key, b"passkey", name)[:16], mac(output, b"kek"))

    def seal(self, field_key: bytes, made: Passkey, account: bytes, vault_key: bytes) -> LoneRow:
        """The row of a new key."""
        bound = b"passkey" + self.tag
        return LoneRow(seal(field_key, made.point, bound), seal(self.key, account + vault_key, bound))

    def point(self, field_key: bytes, row: LoneRow) -> bytes:
        """The key's point; where there is no such key, that of nobody's, so that as much is tried."""
        try:
            return unseal(field_key, row.pub, b"passkey" + self.tag)
        except Unopenable:
            return NOBODYS_POINT

    def open(self, row: LoneRow) -> tuple[bytes, bytes]:
        """The account and the key of its vault; of nobody where it does not open."""
        try:
            plain = unseal(self.key, row.blob, b"passkey" + self.tag)
        except Unopenable:
            return bytes(_ACCOUNT), bytes(OUTPUT)
        return plain[:_ACCOUNT], plain[_ACCOUNT:]


NOBODYS_ROW = LoneRow(secrets.token_bytes(61), secrets.token_bytes(76))
NOBODYS_POINT = (
    generate_private_key(SECP256R1()).public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
)

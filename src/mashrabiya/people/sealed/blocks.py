"""The tag of a block: either side's session can compute it, and nobody else, whatever keys they hold."""

from __future__ import annotations

from collections.abc import Iterable

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from mashrabiya.kernel.keys import Work, mac

NOBODY = b"\x09" + bytes(31)
"""A public half whose other half nobody uses: for doing the same work where there is no persona."""


def made_tag(work: Work, slot: int, blocked: bytes, blocked_public: bytes) -> bytes:
    """The tag of her own block, under the persona of that slot."""
    shared = _shared(work, slot, private_half(work, slot), blocked_public)
    return mac(shared, b"block", work.persona_id(slot), blocked)[:16]


def met_tags(work: Work, slot: int, blockers: Iterable[tuple[bytes, bytes]]) -> list[bytes]:
    """The tags of blocks against the persona of that slot; of each blocker, its id and public half."""
    private, met = private_half(work, slot), work.persona_id(slot)
    shared = ((blocker, _shared(work, slot, private, public)) for blocker, public in blockers)
    return [mac(key, b"block", blocker, met)[:16] for blocker, key in shared]


def private_half(work: Work, slot: int) -> X25519PrivateKey:
    """The half of the persona of that slot that stands nowhere. The other stands in the persona's row."""
    return X25519PrivateKey.from_private_bytes(mac(work.persona_key(slot), b"b"))


def _shared(work: Work, slot: int, private: X25519PrivateKey, public: bytes) -> bytes:
    try:
        return private.exchange(X25519PublicKey.from_public_bytes(public))
    except ValueError:
        # A public half that is none: such a persona can neither block nor be blocked.
        return mac(work.persona_key(slot), b"b", b"none")

"""Keys derived from keys: one keyed hash, and the ring of a signed-in person."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field

SLOTS = 16


def mac(key: bytes, *parts: bytes) -> bytes:
    """HMAC-SHA256 of the parts, each preceded by its length in two big-endian bytes.

    The lengths make ("ab", "c") and ("a", "bc") differ. This is H of docs/security.
    """
    return mac_framed(key, framed(*parts))


def framed(*parts: bytes) -> bytes:
    """The parts as ``mac`` takes them in: made once where many keys are asked about the same."""
    message = b""
    for part in parts:
        message += len(part).to_bytes(2, "big") + part
    return message


def mac_framed(key: bytes, message: bytes) -> bytes:
    """``mac`` of parts that were framed already."""
    return hmac.digest(key, message, "sha256")


@dataclass(frozen=True, slots=True)
class Work:
    """The key of one person for one request: it derives her personas, tokens and marks.

    It exists in the opened session only and is never stored or shown.
    """

    secret: bytes = field(repr=False)

    @classmethod
    def of_seed(cls, seed: bytes) -> Work:
        """The ring that belongs to the seed kept in the vault."""
        return cls(mac(seed, b"work"))

    def persona_key(self, slot: int) -> bytes:
        return mac(self.secret, b"persona", bytes([slot]))

    def persona_id(self, slot: int) -> bytes:
        return mac(self.persona_key(slot), b"id")[:16]

    def persona_ids(self) -> tuple[bytes, ...]:
        """The ids of all sixteen slots, used or not."""
        return tuple(self.persona_id(slot) for slot in range(SLOTS))

    def spent_tag(self, slot: int) -> bytes:
        """Marks a slot whose persona was deleted: it is never used again."""
        return mac(self.persona_key(slot), b"spent")[:16]

    def token(self, home_tid: bytes) -> bytes:
        """Who she is when unnamed in the thread where a post was written, and nowhere else."""
        return mac(self.token_key(), home_tid)[:16]

    def token_key(self) -> bytes:
        """What her tokens are made with: for asking about many threads at once."""
        return mac(self.secret, b"anon")

    def nullifier(self, kind: bytes, target: bytes) -> bytes:
        """One mark per person and target, whichever persona she uses."""
        return mac(mac(self.secret, kind), target)[:16]

    def branch(self) -> bytes:
        """Where those stand in the tree of invitations whom she invites, if she came by nobody's."""
        return mac(self.secret, b"branch")[:8]

    def invited_tag(self, day: int) -> bytes:
        """Under what the invitation lies that she made on this day."""
        return mac(self.secret, b"invited", day.to_bytes(4, "big"))[:16]

    def invited_key(self) -> bytes:
        """Opens the codes of her own invitations."""
        return mac(self.secret, b"invited", b"key")

    def sub_key(self, slot: int) -> bytes:
        """What the addresses are made with under which one of her personas follows."""
        return mac(self.persona_key(slot), b"sub")

    def seen_key(self) -> bytes:
        """Leads to what she has read of her notices, under whichever name, and opens it."""
        return mac(self.secret, b"seen")

    def group_key(self) -> bytes:
        """Leads to all her sessions, and opens none."""
        return mac(self.secret, b"grpkey")

    def session_group(self, day: int) -> bytes:
        """What the sessions of one account share on one day, and no longer."""
        return session_group(self.group_key(), day)

    def budget_key(self) -> bytes:
        """One budget for all personas of a person; lives in memory only."""
        return mac(self.secret, b"rl")[:8]


def session_group(group_key: bytes, day: int) -> bytes:
    """The sessions of one account on one day, for whoever holds no more of it than the key to them."""
    return mac(group_key, day.to_bytes(4, "big"))[:16]

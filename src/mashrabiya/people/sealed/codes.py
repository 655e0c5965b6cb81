"""Recovery and invitation codes: written on paper, read back in any digits and spacing."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from mashrabiya.kernel.ids import short_code
from mashrabiya.kernel.keys import mac
from mashrabiya.people.types import Grant
from mashrabiya.platform.crypto import OVERHEAD, seal, unseal

RECOVERY_CODES = 8
RECOVERY_LENGTH, GROUP = 20, 5
INVITATION_LENGTH = 16
NO_BRANCH = bytes(8)
RECOVERY_SIZE = 16 + 32 + OVERHEAD
CHECKED_LETTERS = 4

_READ = str.maketrans(
    dict(zip("٠١٢٣٤٥٦٧٨٩", "0123456789", strict=True))
    | dict(zip("۰۱۲۳۴۵۶۷۸۹", "0123456789", strict=True))
    | {"o": "0", "i": "1", "l": "1", "u": "v"}
)
_ALPHABET = frozenset("0123456789abcdefghjkmnpqrstvwxyz")


_LONGEST_TYPED = 200


def new_recovery_codes() -> tuple[str, ...]:
    """Eight codes of a hundred bits each."""
    return tuple(short_code(RECOVERY_LENGTH) for _ in range(RECOVERY_CODES))


def new_invitation_code() -> str:
    """One code of eighty bits."""
    return short_code(INVITATION_LENGTH)


def shown(code: str) -> str:
    """In groups of five, as it is printed."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def read(typed: str) -> str:
    """The code that was meant: case, spaces, dashes, Arabic digits and o/i/l do not matter."""
    letters = typed[:_LONGEST_TYPED].casefold().translate(_READ)
    return "".join(letter for letter in letters if letter in _ALPHABET)


@dataclass(frozen=True, slots=True)
class RecoveryKey:
    """What one recovery code leads to."""

    tag: bytes
    key: bytes

    @classmethod
    def of(cls, recovery_secret: bytes, code: str) -> RecoveryKey:
        root = mac(recovery_secret, read(code).encode())
        return cls(mac(root, b"tag")[:16], mac(root, b"kek"))

    def seal(self, account: bytes, vault_key: bytes) -> bytes:
        """76 bytes: which account, and the key of its vault."""
        return seal(self.key, account + vault_key, b"rec")

    def open(self, blob: bytes) -> tuple[bytes, bytes]:
        """The account and the key of its vault."""
        plain = unseal(self.key, blob, b"rec")
        return plain[:16], plain[16:]


def invitation_tag(invite_key: bytes, code: str) -> bytes:
    return mac(invite_key, read(code).encode())[:16]


def invitation_branch(invite_key: bytes, inviter: bytes, target: bytes) -> bytes:
    """Where in the tree of invitations somebody stands: eight bytes that name nobody.

    Whom the house itself invited stands on none.
    """
    return mac(invite_key, inviter, target)[:8] if inviter else NO_BRANCH


def seal_grant(field_key: bytes, grant: Grant, tag: bytes) -> bytes:
    return seal(field_key, bytes([grant]), b"grant" + tag)


def open_grant(field_key: bytes, sealed: bytes, tag: bytes) -> Grant:
    return Grant(unseal(field_key, sealed, b"grant" + tag)[0])


def check_slip(form_key: bytes, codes: tuple[str, ...]) -> tuple[int, str]:
    """Ask for one code's last letters: its number, and the sealed answer for the form itself."""
    number = secrets.randbelow(len(codes))
    answer = codes[number][-CHECKED_LETTERS:].encode()
    return number + 1, seal(form_key, bytes([number + 1]) + answer, b"slip").hex()


def slip_number(form_key: bytes, slip: str) -> tuple[int, str]:
    """Which code the slip asks for, and the letters it expects."""
    plain = unseal(form_key, bytes.fromhex(slip), b"slip")
    return plain[0], plain[1:].decode()

"""Codes of an authenticator app (RFC 6238): six digits, others every thirty seconds.

Own lines instead of a library: it is one keyed hash, and what matters (how far a
clock may be off, that a code is good once) is decided here and nowhere else.
"""

from __future__ import annotations

import hmac
import secrets
from base64 import b32encode
from urllib.parse import quote

from mashrabiya.kernel.keys import mac

SECRET, DIGITS, STEP = 20, 6, 30
REMEMBERED = 3 * STEP
_AROUND = (0, -1, 1)
_GROUP = 4
_LONGEST_TYPED = 40
_READ = str.maketrans(
    dict(zip("٠١٢٣٤٥٦٧٨٩", "0123456789", strict=True)) | dict(zip("۰۱۲۳۴۵۶۷۸۹", "0123456789", strict=True))
)


def new_secret() -> bytes:
    """What the house and the app share from now on."""
    return secrets.token_bytes(SECRET)


def code(secret: bytes, step: int, digits: int = DIGITS) -> str:
    """What the app shows in that half minute since 1970."""
    digest = hmac.digest(secret, step.to_bytes(8, "big"), "sha1")
    at = digest[-1] & 15
    number = int.from_bytes(digest[at : at + 4], "big") & 0x7FFFFFFF
    return str(number % 10**digits).zfill(digits)


def read(typed: str) -> str:
    """The code that was meant: spaces and dashes do not matter, and the digits may be Arabic."""
    return "".join(
        sign for sign in typed[:_LONGEST_TYPED].translate(_READ) if sign not in " -\u00a0\u200e\u200f"
    )


def fitting_step(secret: bytes, typed: str, now: float) -> int | None:
    """The step whose code this is: now, the one before or the one after. All three are always computed."""
    meant, present, found = read(typed).encode(), int(now // STEP), None
    for step in (present + off for off in _AROUND):
        if hmac.compare_digest(code(secret, step).encode(), meant):
            found = step
    return found


def used_tag(secret: bytes, step: int) -> bytes:
    """By which a used code is remembered: it tells neither the secret nor the step."""
    return mac(secret, b"used", step.to_bytes(8, "big"))[:16]


def shown(secret: bytes) -> str:
    """The secret as it is typed into an app: in groups of four."""
    text = b32encode(secret).decode()
    return " ".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP))


def address(secret: bytes, label: str) -> str:
    """What an app reads from the square. ``label`` is all it will show: no house, no person."""
    return f"otpauth://totp/{quote(label, safe='')}?secret={b32encode(secret).decode()}"

"""Which numbers may lock a session."""

from __future__ import annotations

SHORTEST, LONGEST = 4, 8
_RUN = "01234567890"


def check_pin(pin: str) -> str | None:
    """Why it cannot be taken (a catalogue key), or None. ``pin`` has Latin digits."""
    if not (pin.isascii() and pin.isdigit() and SHORTEST <= len(pin) <= LONGEST):
        return "lock.pin_form"
    return "lock.pin_easy" if len(set(pin)) == 1 or pin in _RUN or pin[::-1] in _RUN else None

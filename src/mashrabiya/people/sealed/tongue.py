"""Preferences in the few bytes a session has for them: ``ar|f|latn|1||d|0|3|8|1|007f0820|497000|f|m76``."""

from __future__ import annotations

from mashrabiya.kernel.viewer import Tongue
from mashrabiya.people.sealed.vault import Preferences

_FIRST = 10
_LATER = ("", "", "", "")
# She is not to be reminded where she was; small pages; no single keys; no words told before posting.
_HABITS = "flkw"


def pack(preferences: Preferences) -> bytes:
    """At most 94 bytes."""
    words = (
        preferences.language,
        preferences.address,
        preferences.digits,
        "1" if preferences.discreet else "",
        "" if preferences.shift_exit else "1",
        preferences.dark,
        str(preferences.lock_minutes),
        f"{preferences.notes_shown:x}",
        f"{preferences.notes_hidden:x}",
        "1" if preferences.settled else "",
        preferences.desk,
        str(preferences.rest_until or ""),
        "".join(
            letter
            for letter, chosen in zip(
                _HABITS,
                (preferences.forgets, preferences.light, not preferences.keys, not preferences.words),
                strict=True,
            )
            if chosen
        ),
        preferences.hush,
    )
    return "|".join(words).encode()


def unpack(packed: bytes) -> Preferences:
    """What ``pack`` was given; the defaults where there is nothing."""
    if not packed:
        return Preferences()
    words = packed.decode().split("|")
    # A session from before the last ones has none of them.
    language, address, digits, discreet, no_shift, dark, lock, shown, hidden, settled = words[:_FIRST]
    later = words[_FIRST:]
    desk, rest, habits, hush = (*later, *_LATER[len(later) :])
    return Preferences(
        language=language,
        address=address,
        digits=digits,
        discreet=bool(discreet),
        shift_exit=not no_shift,
        dark=dark,
        lock_minutes=int(lock),
        notes_shown=int(shown, 16),
        notes_hidden=int(hidden, 16),
        settled=bool(settled),
        desk=desk,
        rest_until=int(rest or 0),
        forgets="f" in habits,
        light="l" in habits,
        keys="k" not in habits,
        words="w" not in habits,
        hush=hush,
    )


def tongue(preferences: Preferences, fallback: str) -> Tongue:
    """How to speak to her; the page's language where she chose none."""
    language = preferences.language or fallback
    return Tongue.of(language, preferences.address, preferences.digits, discreet=preferences.discreet)

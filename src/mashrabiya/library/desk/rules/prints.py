"""By what a form knows that the text which it began from still stands."""

from __future__ import annotations

from hashlib import sha256

from mashrabiya.library.guides.types import Edition


def print_of(edition: Edition | None) -> str:
    """The same for the same edition with the same words; of none, nothing."""
    if edition is None:
        return ""
    return f"{edition.n}.{sha256(edition.text.encode()).hexdigest()[:16]}"

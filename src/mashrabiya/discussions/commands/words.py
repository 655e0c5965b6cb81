"""What was typed, as it is kept."""

from __future__ import annotations

from unicodedata import normalize

from mashrabiya.kernel.errors import Invalid
from mashrabiya.platform.markdown.text import harmless


def refuse(wrong: dict[str, str]) -> None:
    """Say of every field at once what is wrong with it."""
    if wrong:
        raise Invalid(wrong)


def title_of(typed: str) -> str:
    """One line, composed, without what is unseen or turns its neighbours."""
    return " ".join(harmless(normalize("NFC", typed)).split())


def body_of(typed: str) -> str:
    """The source as it is kept and later edited. Spaces at its beginning mean something."""
    return harmless(typed.replace("\r\n", "\n")).strip("\n").rstrip()

"""The two cookies of the house: the session, and what a reader chose without one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mashrabiya.platform.languages import LANGUAGES

SESSION = "__Host-v"
PLAIN_SESSION = "v"
"""The session on an onion whose browsers refuse the prefix, where the host has said so."""
_PLAIN_FLAGS = "Path=/; HttpOnly; SameSite=Strict"
_FLAGS = f"Secure; {_PLAIN_FLAGS}"


def read_cookies(header: bytes) -> dict[str, str]:
    """Names and values as sent."""
    pairs = (part.partition("=") for part in header.decode("latin-1").split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs}


def session_cookie(value: str, *, keep_days: int = 0, plain: bool = False) -> str:
    """The session's cookie: for this browser session, or longer on a device of her own."""
    lasting = f"; Max-Age={keep_days * 86400}" if keep_days else ""
    return f"{_named(value, plain)}{lasting}"


def without_session_cookie(*, plain: bool = False) -> str:
    """Takes the session's cookie back."""
    return f"{_named('', plain)}; Max-Age=0"


def _named(value: str, plain: bool) -> str:
    return f"{PLAIN_SESSION}={value}; {_PLAIN_FLAGS}" if plain else f"{SESSION}={value}; {_FLAGS}"


def without_choices_cookie() -> str:
    """Takes the reader's choices back."""
    return "l=; Path=/; SameSite=Strict; Max-Age=0"


@dataclass(frozen=True, slots=True)
class Choices:
    """Language, neutral look, light or dark, as kept in the cookie ``l``. No id, set only on choice."""

    language: str = ""
    discreet: bool = False
    dark: str = ""

    @classmethod
    def read(cls, value: str) -> Choices:
        """What the cookie says; anything else than our own letters says nothing."""
        language, _, flags = value.partition(".")
        return cls(
            language if language in LANGUAGES else "",
            "n" in flags,
            next((flag for flag in "dl" if flag in flags), ""),
        )

    def speaking(self, language: str) -> Choices:
        """The same choices in another language."""
        return replace(self, language=language)

    def header(self) -> str:
        """The Set-Cookie header that keeps them until the browser closes, or takes the last one back."""
        if self == UNCHOSEN:
            return without_choices_cookie()
        flags = ("n" if self.discreet else "") + self.dark
        return f"l={self.language}.{flags}; Path=/; SameSite=Strict; HttpOnly"


UNCHOSEN = Choices()
"""Nothing was chosen: then there is no cookie."""

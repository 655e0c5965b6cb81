"""Words for names and passphrases: 2,048 of each language, plain and harmless."""

from __future__ import annotations

import secrets
from functools import lru_cache
from pathlib import Path

WORDS, IN_PASSPHRASE, IN_NAME = 2048, 6, 2
_FOLDER = Path(__file__).parent


@lru_cache(maxsize=4)
def words(language: str) -> tuple[str, ...]:
    """The list of a language; English where there is none."""
    path = _FOLDER / f"{language}.txt"
    if not path.exists():
        path = _FOLDER / "en.txt"
    return tuple(path.read_text(encoding="utf-8").split())


def suggest_passphrase(language: str) -> str:
    """Six words drawn at random: sixty-six bits."""
    return " ".join(secrets.choice(words(language)) for _ in range(IN_PASSPHRASE))


def suggest_name(language: str) -> str:
    """Two words and three digits: a sign-in name that nobody had before."""
    chosen = [secrets.choice(words(language)) for _ in range(IN_NAME)]
    return " ".join([*chosen, str(secrets.randbelow(900) + 100)])

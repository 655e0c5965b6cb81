"""The glossary that a house begins with, read from the shelf."""

from __future__ import annotations

import tomllib
from hashlib import sha256
from pathlib import Path
from typing import Any

from mashrabiya.library.terms.types import TONGUES, Body, Use, Word

_FILE = Path(__file__).parents[1] / "shelf" / "terms.toml"


def shelf_print() -> str:
    """By which it is known whether a house has had this shelf."""
    return sha256(_FILE.read_bytes()).hexdigest()[:16]


def read_shelf() -> dict[str, Body]:
    """The concepts of the shelf by their keys, in its order."""
    return {one["key"]: _body(one) for one in tomllib.loads(_FILE.read_text(encoding="utf-8"))["term"]}


def _body(said: dict[str, Any]) -> Body:
    return Body(
        topic=said["topic"],
        guide=said["guide"],
        see=tuple(said["see"]),
        meaning={language: said["meaning"][language] for language in TONGUES},
        words=tuple(map(_word, said["word"])),
    )


def _word(said: dict[str, Any]) -> Word:
    return Word(
        lang=said["lang"],
        text=said["text"],
        use=Use[said["use"].upper()],
        why=said["why"],
        spellings=tuple(said.get("spellings", ())),
    )

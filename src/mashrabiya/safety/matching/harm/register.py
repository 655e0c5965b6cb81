"""The patterns and small words, opened in memory only and made ready once."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path

import re2
from msgspec import Struct

from mashrabiya.safety.matching.coded import opened

_FILE = Path(__file__).parent.parent / "words" / "harm.txt"
_BYTES = 1 << 25


class Register(Struct, frozen=True):
    """``say`` is what somebody says of herself, ``after`` what makes it mean another thing when it follows; where it
    is of living (``life``), so does a ``place`` or a company that somebody wants no more.

    ``denies``, ``supposes``, ``told`` and ``was`` stand shortly before it, ``meta`` in its sentence; ``now`` says that what
    was is again. A ``way`` is described where it stands beside ``detail`` and ``death``, unless it is about keeping ``safe``.
    """

    say: re2._Regexp
    after: re2._Regexp
    life: re2._Regexp
    place: re2._Regexp
    ago: re2._Regexp
    laugh: re2._Regexp
    detail: re2._Regexp
    death: re2._Regexp
    safe: re2._Regexp
    denies: frozenset[str]
    supposes: frozenset[str]
    told: frozenset[str]
    was: frozenset[str]
    meta: frozenset[str]
    now: frozenset[str]
    way: frozenset[str]


@cache
def register() -> Register:
    """All of it, read once."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        kind, script, words = line.split("|", 2)
        kinds[kind].append(opened(words, arabic=script == "b"))
    listed = {
        kind: frozenset(" ".join(kinds[kind]).split())
        for kind in ("not", "if", "told", "was", "meta", "now", "way")
    }
    return Register(
        say=_any(kinds["say"], " (?:و|ف)?(?:%s) "),
        after=_any(kinds["after"], " (?:%s) "),
        life=_any(kinds["life"], " (?:%s) "),
        place=_any(kinds["place"], " (?:%s) "),
        ago=_any(kinds["ago"], " (?:%s) "),
        laugh=_any(kinds["laugh"], " (?:%s) "),
        detail=_any(kinds["detail"], "(?:%s)"),
        death=_any(kinds["death"], "(?:%s)"),
        safe=_any(kinds["safe"], "(?:%s)"),
        denies=listed["not"],
        supposes=listed["if"],
        **{kind: listed[kind] for kind in ("told", "was", "meta", "now", "way")},
    )


def _any(patterns: list[str], framed: str) -> re2._Regexp:
    options = re2.Options()
    options.max_mem = _BYTES
    return re2.compile(framed % "|".join(patterns), options)

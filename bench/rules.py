"""What the automatic rules cost on a post, and what the nudge asks about, by the names of functions alone.

Run by ./dev bench, or by itself: ``python -m bench.rules``.
"""

from __future__ import annotations

import json
import os
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mashrabiya.kernel.errors import Failure
from mashrabiya.safety.matching import reading
from mashrabiya.safety.matching.book import Rulebook
from mashrabiya.safety.matching.contempt import judged
from mashrabiya.safety.matching.harm import Harm, harm_in
from mashrabiya.safety.matching.tests.test_contempt import OF, shares
from mashrabiya.safety.matching.tests.test_harm import OF_HARM, share_met
from mashrabiya.safety.matching.watch import Watch
from mashrabiya.safety.types import Act, Precept, Standing

MUST_MS = 0.5
WORDS, PATTERNS, LENGTH, POSTS, ROUNDS = 5000, 200, 400, 400, 5
_TEXTS = Path(__file__).parent.parent / "src" / "mashrabiya" / "stewardship" / "sample" / "texts"
_ARABIC, _LATIN = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي", "abcdefghijklmnopqrstuvwxyz"


def rules_cost() -> dict[str, Any]:
    """Milliseconds of processor time a post, all rules on, the nudge and the kind word with them; texts of the sample, 400 letters each."""
    random.seed(3)
    standing = _standing()
    begun = time.process_time()
    rulebook = Rulebook(standing)
    rulebook.of(None)
    built = time.process_time() - begun
    posts = _posts()
    judged(reading.Reading("mint"))
    harm_in(reading.Reading("mint"))
    return {
        "ms": round(min(_round(rulebook, posts) for _ in range(ROUNDS)), 3),
        "first_ms": round(_first(rulebook, posts), 3),
        "built_ms": round(built * 1000, 1),
    }


def asked_about() -> dict[str, dict[str, float]]:
    """How much of each function is asked about or called urgent; of the half held back, where there is one."""
    found = {}
    for function, language in OF:
        share = shares(function, language)
        half = "held" if "held asked" in share else "all"
        found[f"{function} {language}"] = {
            what: round(share[f"{half} {what}"], 2) for what in ("asked", "urgent")
        }
    return found


def met_kindly() -> dict[str, float]:
    """How much of each function is met as danger to oneself or a way to it."""
    return {
        f"{function} {language}": round(share_met(function, language, Harm.OWN, Harm.WAY), 2)
        for function, language in OF_HARM
    }


def _standing() -> list[Standing]:
    words = [_word(_ARABIC if number % 2 else _LATIN, random.randint(4, 9)) for number in range(WORDS)]
    drawn: tuple[Callable[[], str], ...] = (
        lambda: f"{_word(_LATIN, 4)}.*{_word(_LATIN, 4)}",
        lambda: rf"(?:{_word(_ARABIC, 3)}|{_word(_ARABIC, 4)})\s+{_word(_ARABIC, 3)}",
        lambda: rf"\b{_word(_LATIN, 5)}s?\b",
        lambda: rf"\d{{3,}}\s*{_word(_LATIN, 3)}",
    )
    patterns = [random.choice(drawn)() for _ in range(PATTERNS)]
    listed = Standing(id=os.urandom(16), text="\n".join(words))
    return [
        listed,
        *(
            Standing(id=os.urandom(16), kind=int(Precept.PATTERN), act=int(Act.NUDGE), text=one)
            for one in patterns
        ),
    ]


def _word(letters: str, length: int) -> str:
    return "".join(random.choice(letters) for _ in range(length))


def _posts() -> list[str]:
    lines = [
        line
        for language in ("ar", "en")
        for line in (_TEXTS / f"{language}.txt").read_text(encoding="utf-8").splitlines()
        if len(line) > 40
    ]
    return [" ".join(random.sample(lines, 12))[:LENGTH] for _ in range(POSTS)]


def _round(rulebook: Rulebook, posts: list[str]) -> float:
    begun = time.process_time()
    for post in posts:
        try:
            Watch(rulebook, cares=True).hold(b"place", (post,))
        except Failure:
            continue
    return (time.process_time() - begun) * 1000 / len(posts)


def _first(rulebook: Rulebook, posts: list[str]) -> float:
    """The same in a process that has seen none of these words yet."""
    reading._forms.cache_clear()
    return _round(rulebook, posts[:40])


if __name__ == "__main__":
    print(
        json.dumps(
            {"rules": rules_cost(), "asked_about": asked_about(), "met_kindly": met_kindly()}, indent=1
        )
    )

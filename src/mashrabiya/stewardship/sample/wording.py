"""Words that vary: openings told again in other words, and replies that fit any thread of their kind.

Whole sentences are put beside each other, never parts of them: whatever comes
out is something that somebody could have written.
"""

from __future__ import annotations

import random

from mashrabiya.discussions.types import TITLE_LIMIT, Kind
from mashrabiya.stewardship.sample.script import Story, bit, lines

_PLAIN = ("listening", "listening", "experience", "thanks", "thanks")
_TRIES = 8
_ASKED_FOR, _NOT_ASKED_FOR = 0.7, 0.97
_SAID_AS_KIND = 0.7


def read_pool() -> dict[str, list[str]]:
    """Sentences by language and purpose: ``ar.listening``, ``en.lead`` and so on."""
    pool: dict[str, list[str]] = {}
    purpose = ""
    for line in lines("pool"):
        if line.startswith("# "):
            purpose = line[2:]
        else:
            pool.setdefault(purpose, []).append(line)
    return pool


class Wording:
    """Finds words. ``used`` are those that a thread has already."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._pool = read_pool()

    def retold(self, language: str, story: Story) -> tuple[str, str]:
        """Title and text of a story that somebody else tells too."""
        title = self._chance.choice(story.titles)
        if self._chance.random() < 0.5:
            title = f"{self._one(language, 'before')} {title}"[:TITLE_LIMIT]
        parts = [story.body]
        if self._chance.random() < 0.75:
            parts.insert(0, self._one(language, "lead"))
        if self._chance.random() < 0.75:
            parts.append(self._one(language, "close"))
        return title, "\n\n".join(parts)

    def reply(self, language: str, wants: int, spare: int, used: set[str]) -> tuple[Kind, str]:
        """A reply that fits: of a kind that helps there, now and then of one that does not."""
        for _ in range(_TRIES):
            purpose = self._purpose(wants, spare)
            words = self._one(language, purpose)
            if words in used or self._chance.random() < 0.15:
                words = f"{self._one(language, 'first')} {words}"
            if words not in used:
                break
        used.add(words)
        return self._kind(purpose), words

    def good_thing(self, language: str, used: set[str]) -> tuple[Kind, str]:
        """Something small and good, for the thread in which everybody tells one."""
        for _ in range(_TRIES):
            words = self._one(language, "good")
            if words in used:
                words = f"{self._one(language, 'day')} {words}"
            if words not in used:
                break
        used.add(words)
        return Kind.NEWS if self._chance.random() < 0.3 else Kind.PLAIN, words

    def _one(self, language: str, purpose: str) -> str:
        return self._chance.choice(self._pool[f"{language}.{purpose}"])

    def _purpose(self, wants: int, spare: int) -> str:
        asked, not_asked = _named(wants), _named(spare)
        if not_asked and self._chance.random() > _NOT_ASKED_FOR:
            return self._chance.choice(not_asked)
        if asked and self._chance.random() < _ASKED_FOR:
            return self._chance.choice(asked)
        fits = [purpose for purpose in _PLAIN if purpose not in not_asked]
        return self._chance.choice(fits)

    def _kind(self, purpose: str) -> Kind:
        if purpose == "thanks" or self._chance.random() > _SAID_AS_KIND:
            return Kind.PLAIN
        return Kind[purpose.upper()]


def _named(bits: int) -> list[str]:
    """The purposes of these kinds. Facts fit one thread only, so that none are drawn."""
    return [kind.name.lower() for kind in Kind if kind != Kind.FACTS and bits & bit(kind)]

"""Freeze codes: what they look like, where one leads, and what it carries out.

order   acct16 grpkey32 pids256 days1 how1 slot1 zeros13 = 320        row 348
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntFlag
from struct import Struct

from mashrabiya.kernel.folding import fold
from mashrabiya.kernel.ids import short_code
from mashrabiya.kernel.keys import SLOTS, Work, mac
from mashrabiya.people.sealed import codes
from mashrabiya.platform.crypto import OVERHEAD, Cost, panic_hash, seal, unseal
from mashrabiya.platform.words import words

LETTERS, GROUP, WORDS = 16, 4, 8
_LONGEST_TYPED = 300
_HINT = 4
_LAYOUT = Struct(">16s32s256sBBB13x")
_IDS = Struct("16s" * SLOTS)
ROW = _LAYOUT.size + OVERHEAD


class How(IntFlag):
    """What happens to her personas: unnamed and all at once, unless it says otherwise."""

    PLAIN = 0
    QUIET = 1
    SLOWLY = 2


@dataclass(frozen=True, slots=True)
class Order:
    """Everything a freeze has to know, since nobody who could be asked is there."""

    account: bytes
    group_key: bytes = field(repr=False)
    personas: tuple[bytes, ...]
    days: int
    how: How = How.PLAIN
    first: int = 0

    @classmethod
    def of(cls, account: bytes, work: Work, *, days: int, how: How, first: int) -> Order:
        """For all sixteen slots: a persona made later is known beforehand."""
        return cls(account, work.group_key(), work.persona_ids(), days, how, first)

    @classmethod
    def of_nobody(cls, days: int) -> Order:
        """Carried out where a code is wrong, so that the work is the same. It meets nothing."""
        personas = tuple(secrets.token_bytes(16) for _ in range(SLOTS))
        return cls(secrets.token_bytes(16), secrets.token_bytes(32), personas, days)


@dataclass(frozen=True, slots=True)
class FreezeKey:
    """What one freeze code leads to."""

    tag: bytes
    key: bytes = field(repr=False)

    @classmethod
    def of(cls, panic_key: bytes, code: str, cost: Cost) -> FreezeKey:
        """One slow hash in a queue of its own: nobody at the sign-in page can make it wait."""
        root = panic_hash(read(code).encode(), mac(panic_key, b"salt")[:16], cost)
        return cls(mac(root, b"tag")[:16], mac(root, b"kek"))

    def seal(self, order: Order) -> bytes:
        """348 bytes."""
        packed = _LAYOUT.pack(
            order.account,
            order.group_key,
            b"".join(order.personas),
            order.days,
            order.how,
            order.first,
        )
        return seal(self.key, packed, b"panic")

    def open(self, blob: bytes) -> Order:
        account, group_key, ids, days, how, first = _LAYOUT.unpack(unseal(self.key, blob, b"panic"))
        return Order(account, group_key, _IDS.unpack(ids), days, How(how), first)


def new_letters(_language: str = "") -> str:
    """Sixteen letters and digits: eighty bits."""
    return short_code(LETTERS)


def new_words(language: str) -> str:
    """Eight words, for whoever would rather learn them by heart: eighty-eight bits."""
    return " ".join(secrets.choice(words(language)) for _ in range(WORDS))


KINDS: dict[str, Callable[[str], str]] = {"letters": new_letters, "words": new_words}


def shown(code: str) -> str:
    """As it is printed."""
    if " " in code:
        return code
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def hint(code: str) -> str:
    """How its owner tells it from another: the last letters, or the last word."""
    return code.rpartition(" ")[2] if " " in code else code[-_HINT:]


def read(typed: str) -> str:
    """The code that was meant: spaces, dashes, case, digits and ways of spelling do not matter.

    Eight words have more letters than sixteen, in whatever language.
    """
    letters = codes.read(typed)
    return letters if len(letters) == LETTERS else fold(typed[:_LONGEST_TYPED].replace("-", " "))


def meant(typed: str) -> str:
    """As much of what was typed as is ever read: nothing longer has to be kept while it waits."""
    return typed[:_LONGEST_TYPED]


def looks_like_code(typed: str) -> bool:
    """Whether it has the form of a code: as many letters, or as many words. Which words is not asked:
    the lists may have been others when it was made."""
    found = read(typed)
    return len(found) == LETTERS or len(found.split()) == WORDS

"""What a community may be called and what it may say, and why not."""

from __future__ import annotations

import unicodedata

from mashrabiya.communities.types import (
    ABOUT_LIMIT,
    AGREEMENTS_LIMIT,
    NAME_LIMIT,
    TOPICS_LIMIT,
    NewCommunity,
    topics_in,
)
from mashrabiya.communities.types.words import SLOW_CHOICES, WELCOME_LIMIT, OtherWords, Receiving, Texts
from mashrabiya.kernel.folding import fold, scripts_of

_MOST_MARKS = 4
_JOINERS = "\u200c\u200d"


def tidy_name(typed: str) -> str:
    """The name as it is kept: compatible forms made one, spaces made single."""
    return " ".join(unicodedata.normalize("NFKC", typed).split())


def wrong_words(new: NewCommunity) -> dict[str, str]:
    """What is wrong with each field: nothing, or the key that says it."""
    wrong = {
        "name": _wrong_name(new.name),
        **_wrong_said(new),
        "topics": "community.topics_many" if len(topics_in(new.topics)) > TOPICS_LIMIT else "",
    }
    return {field: why for field, why in wrong.items() if why}


def wrong_texts(new: Texts) -> dict[str, str]:
    """The same of what a place says of itself but for its name, and to whoever joins."""
    wrong = {**_wrong_said(new), "welcome": _wrong_text(new.welcome, WELCOME_LIMIT)}
    return {field: why for field, why in wrong.items() if why}


def _wrong_said(new: NewCommunity | Texts) -> dict[str, str]:
    return {
        "about": _wrong_text(new.about, ABOUT_LIMIT) or _missing(new.about, "community.about_missing"),
        "agreements": _wrong_text(new.agreements, AGREEMENTS_LIMIT)
        or _missing(new.agreements, "community.agreements_missing"),
    }


def wrong_other(new: OtherWords, own: str) -> dict[str, str]:
    """The same of name and description in another language; none at all is right too. ``own``: the place's own."""
    if not new.name and not new.about:
        return {}
    wrong = {
        "other_name": _wrong_name(new.name),
        "other_about": _wrong_text(new.about, ABOUT_LIMIT),
        "other_tongue": "names.same_language" if new.language == own else "",
    }
    return {field: why for field, why in wrong.items() if why}


def wrong_receiving(new: Receiving) -> dict[str, str]:
    """What is wrong with how a place receives people."""
    wrong = {
        "welcome": _wrong_text(new.welcome, WELCOME_LIMIT),
        "slow": "" if new.slow in SLOW_CHOICES else "ways.slow_unknown",
    }
    return {field: why for field, why in wrong.items() if why}


def wrong_short_name(name: str, limit: int) -> str:
    """The same of any name that stands for itself in a list."""
    wrong = _wrong_text(name, limit)
    if wrong:
        return wrong
    if not any(unicodedata.category(sign)[0] in "LN" for sign in fold(name)):
        return "community.name_letters"
    # One script a word: an «а» from elsewhere would make another name of the same looks.
    mixed = any(len(scripts_of(word)) > 1 for word in name.split())
    return "community.name_scripts" if mixed else ""


def _wrong_name(name: str) -> str:
    return wrong_short_name(name, NAME_LIMIT) if name else "community.name_missing"


def _wrong_text(text: str, limit: int) -> str:
    if len(text) > limit:
        return "community.too_long"
    return "" if _is_plain(text) else "community.bad_signs"


def _missing(text: str, why: str) -> str:
    return "" if fold(text) else why


def _is_plain(text: str) -> bool:
    """No sign that turns, hides or covers its neighbours.

    A joiner between two letters is a letter to us: Persian words and joined pictures need it.
    """
    run = 0
    for at, sign in enumerate(text):
        category = unicodedata.category(sign)
        run = run + 1 if category == "Mn" else 0
        if run > _MOST_MARKS or (category in {"Cc", "Cf", "Cs", "Co"} and not _may_join(text, at)):
            return False
    return True


def _may_join(text: str, at: int) -> bool:
    if text[at] in "\n\t":
        return True
    between = 0 < at < len(text) - 1 and not (text[at - 1].isspace() or text[at + 1].isspace())
    return text[at] in _JOINERS and between

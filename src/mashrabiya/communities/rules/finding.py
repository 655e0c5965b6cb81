"""How a community is found by words: what is kept of it for comparing, and what a question asks for.

A word and its other spellings, in either alphabet, share a sign: «مثليّة» and "mithliya" find the
same place. What people type holds no such sign, since folding leaves none of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from mashrabiya.communities.types import Topic, topics_in
from mashrabiya.kernel.folding import fold, light_stem
from mashrabiya.people.rules import name_key

MOST_WORDS = 6
_SIGN = "~"
_MARKS = "!#$&()*+,-./:;<>?@[]^{|}"
_WAYS, _MOST_WAYS, _LONG = 2, 4, 3
"""Ways beside the usual one for a term, and for a whole question; so many words one may have."""
_SENSE = 4
"""Letters a stem keeps: «مثل» is another word than «مثلي»."""

# From the sixty terms of the voice, those that topics are about. «same» is all of its two halves.
_SPELLINGS = {
    "same": "مثلي مثليين مثليون مثلى متلي متليين mithli methli methly metli mithliyin mithliyoun methlyeen "
    "المثلية المتلية elmethleya gay gai غاي جاي قاي گاي",
    "same.women": "مثلية مثليات مثليه مثليا متلية mithliya methliya metliye mithliyat ليزبيان لزبيان ليسبيان "
    "lesbian lesbians lesbienne lezbyan sapphic",
    "bi": "باي بايسكشوال bisexual bi thuna2i sona2y ثنائي|الميل ثنائية|الميل",
    "trans": "عابر عابرة عابرا عابرون عابرات عابرين عبور العبور ترانس ترانز ترنس ترانسجندر trans tranz "
    "transgender 3aber 3abra 3abira aaber 3abreen 3abrat 3obour 3bour transition",
    "nonbinary": "لاثنائي لا|ثنائي غير|ثنائي غير|ثنائية نون|بايناري nonbinary non|binary enby genderqueer",
    "ace": "لاجنسي لاجنسية ايسكشوال آيس asexual ace lajinsi لارومانسي لا|رومانسي ارومانتك aromantic aro",
    "intersex": "إنترسكس انترسيكس بيني|الجنس بينيو|الجنس intersex bayni",
    "questioning": "متسائل متسائلة كوستشننج questioning motasa2el الإفصاح إفصاح ifsa7 efsa7 coming|out",
    "queer": "كوير كويير كويرية كويري قوير queer kweer kwir",
    "exile": "غربة الغربة اغتراب لجوء اللجوء ghorba 8orba 3'orba lojou2 loujou2 asylum refugee refugees exile",
    "family": "داعم داعمة داعمين داعمون داعمات حليف الاي ally allies da3em 7alif",
    "faith": "إيمان دين iman deen faith religion",
    "health": "اكتئاب قلق علاج هرمونات ikti2ab ekte2ab qala2 9ala9 hormones hormonat therapy mental|health",
}
_OF_TOPIC = {Topic.WOMEN: "same.women", Topic.MEN: "same.men"}


def _key(word: str) -> str:
    return light_stem(word, _SENSE)


def _spelled() -> dict[str, str]:
    return {
        " ".join(_key(part) for part in fold(spelling.replace("|", " ")).split()): sign
        for sign, spellings in _SPELLINGS.items()
        for spelling in spellings.split()
    }


_SIGNS = _spelled()


class Said(Protocol):
    """What a place says of itself, typed or kept."""

    @property
    def name(self) -> str: ...

    @property
    def about(self) -> str: ...

    @property
    def topics(self) -> int: ...


def folded(words: Said, topic_names: Iterable[str], other: tuple[str, str] = ("", "")) -> str:
    """What search compares: how its names look, then the words it says of itself, each behind its mark.

    ``other`` are name and description in another language.
    """
    said = fold(" ".join((words.name, words.about, *other))).split()
    named = fold(" ".join(topic_names)).split()
    signs = {_SIGN + _OF_TOPIC.get(topic, topic.code) for topic in topics_in(words.topics)}
    signs |= {asked for asked in _asked(said) if asked.startswith(_SIGN)}
    begun = [word for word in [*said, *named] for word in _beginnings(word)]
    names = "".join(name_line(name) for name in (words.name, other[0]) if name)
    return f"{names}{''.join(map(_marked, dict.fromkeys([*begun, *sorted(signs)])))}"


def name_line(name: str) -> str:
    """The line of ``folded`` that two names have in common when they look alike."""
    return f"\n={_looks(name)}\n"


Wanted = tuple[tuple[tuple[str, ...], ...], ...]
"""What a question asks for: each of it, in one of these ways, of each way every word."""
Same = Callable[[str], Iterable[str]]
"""How else words are said, in other languages and spellings: the glossary's answer."""


def wanted(question: str, same: Same | None = None) -> Wanted:
    """As ``terms``, and beside each word how else the glossary says it, as long as it stays little to look for."""
    if same is None:
        return tuple(((one,),) for one in terms(question))
    found, left = dict[tuple[tuple[str, ...], ...], None](), _MOST_WAYS
    for phrase in _phrases(fold(question).split()[:MOST_WORDS], same):
        asked = _asked(phrase)
        usual = tuple(map(_marked, dict.fromkeys(asked)))
        # What has a sign is found in every spelling by that alone.
        signed = any(one.startswith(_SIGN) for one in asked)
        others = [] if signed else _others(usual, same(" ".join(phrase)), left)
        left -= len(others)
        found.update(dict.fromkeys([(usual, *others)] if others else [((one,),) for one in usual]))
    return tuple(found)


def _phrases(words: list[str], same: Same) -> Iterator[list[str]]:
    """The words of a question, those together that are one term."""
    at = 0
    while at < len(words):
        parts = (words[at : at + long] for long in range(_LONG, 1, -1) if at + long <= len(words))
        phrase = next((part for part in parts if _is_sign(part) or any(same(" ".join(part)))), [words[at]])
        yield phrase
        at += len(phrase)


def _is_sign(words: list[str]) -> bool:
    return len(words) == 2 and " ".join(map(_key, words)) in _SIGNS


def _others(usual: tuple[str, ...], said: Iterable[str], most: int) -> list[tuple[str, ...]]:
    """Other ways to say it; one that holds all of another finds nothing more."""
    found = [usual]
    for one in said:
        way = tuple(map(_marked, dict.fromkeys(_asked(one.split()))))
        if len(found) > min(most, _WAYS):
            break
        if len(way) <= _LONG and not any(set(known) <= set(way) for known in found):
            found.append(way)
    return found[1 : min(most, _WAYS) + 1]


def terms(question: str) -> tuple[str, ...]:
    """What must stand in ``folded``, each of it: the sign of a word, or how the word begins without its article."""
    words = fold(question).split()[:MOST_WORDS]
    return tuple(map(_marked, dict.fromkeys(_asked(words))))


def _marked(word: str) -> str:
    """A word behind a mark that few words have: so a database passes quickly over all the others."""
    return _MARKS[ord(word[0]) % len(_MARKS)] + word


def _beginnings(word: str) -> list[str]:
    """A word, and what is left of it where something was written onto its beginning."""
    stem = _key(word)
    return [word] if word.startswith(stem) else [word, stem]


def _asked(words: list[str]) -> list[str]:
    """The words, with those that have other spellings as their sign; two may be one term."""
    asked, at = [], 0
    while at < len(words):
        pair = " ".join(_key(word) for word in words[at : at + 2])
        one = _key(words[at])
        if at + 1 < len(words) and pair in _SIGNS:
            asked.append(_SIGN + _SIGNS[pair])
            at += 2
            continue
        asked.append(_SIGN + _SIGNS[one] if one in _SIGNS else _singular(one))
        at += 1
    return asked


def _singular(word: str) -> str:
    """An English plural finds its singular, which is a part of it."""
    return word[:-1] if word.isascii() and len(word) > _SENSE and word.endswith("s") else word


def _looks(name: str) -> str:
    return name_key(fold(name))

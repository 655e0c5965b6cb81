"""How a community is found by words: what is kept of it for comparing, and what a question asks for.

A word and its other spellings, in either alphabet, share a sign: «مثليّة» and "mithliya" find the
same place. What people type holds no such sign, since folding leaves none of it.
"""

from __future__ import annotations

from collections.abc import Iterable

from mashrabiya.communities.types import NewCommunity, Topic, topics_in
from mashrabiya.kernel.folding import fold, light_stem
from mashrabiya.people.rules import name_key

MOST_WORDS = 6
_SIGN = "~"
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


def folded(new: NewCommunity, topic_names: Iterable[str]) -> str:
    """What search compares: its name, then how that looks, then everything it says of itself."""
    about = fold(" ".join([new.about, *topic_names]))
    words = fold(f"{new.name} {new.about}").split()
    signs = {_OF_TOPIC.get(topic, topic.code) for topic in topics_in(new.topics)}
    signs |= {sign for asked in _asked(words) if (sign := asked.removeprefix(_SIGN)) != asked}
    return f"{fold(new.name)}{name_line(new.name)}{about}\n{' '.join(_SIGN + sign for sign in sorted(signs))}"


def name_line(name: str) -> str:
    """The line of ``folded`` that two names have in common when they look alike."""
    return f"\n={_looks(name)}\n"


def terms(question: str) -> tuple[str, ...]:
    """What must stand in ``folded``, each of it: the sign of a word, or what is left of it as a stem."""
    words = fold(question).split()[:MOST_WORDS]
    return tuple(dict.fromkeys(_asked(words)))


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

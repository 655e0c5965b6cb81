"""Whether to ask an author about her words, and how soon the care team should look at them.

Silent wherever a word is used of oneself, quoted, told, denied, countered, asked about, or means another thing.
What is said aloud of a group, or to somebody, is asked about once. Nothing follows from it but the question.
"""

from __future__ import annotations

from msgspec import Struct

from mashrabiya.safety.matching.contempt.register import ABSTRACT, GROUP, IDENTITY, Entry, marks_of
from mashrabiya.safety.matching.contempt.scene import (
    ALL,
    COPULA,
    COUNTER,
    DENIED,
    HEALTH,
    LEARNED,
    LINKS,
    ME,
    META,
    PRAISE,
    SAID,
    SELF,
    SOME,
    THIS,
    UNWANTED,
    WISH,
    YOU,
    Scene,
    Sentence,
    is_arabic,
)
from mashrabiya.safety.matching.contempt.telling import outs, threatens
from mashrabiya.safety.matching.reading import Reading

CONTEMPT, OTHER_PERSON = "guard.words", "guard.other_person"
URGENT, LITTLE = 3, 1
_NEAR = 5


class Asks(Struct, frozen=True):
    """A question to the author: its key in the catalogues, and what it was asked about."""

    key: str
    found: str


class Judged(Struct, frozen=True):
    """The questions, each once, in their order; and how soon the care team should look, 0 to 3."""

    asks: tuple[Asks, ...] = ()
    weight: int = 0


def judged(reading: Reading) -> Judged:
    """What there is to ask about a text, and what it weighs."""
    asks: dict[str, list[str]] = {}
    weight = 0
    scene = Scene(reading, marks_of(reading))
    for sentence in scene.sentences() if scene.says_something else ():
        met, weighs = _of_sentence(sentence)
        weight = max(weight, weighs)
        if met:
            asks.setdefault(CONTEMPT, []).extend(met)
    told = outs(scene)
    if told:
        asks[OTHER_PERSON] = told
        weight = URGENT
    if threatens(scene):
        weight = URGENT
    return Judged(tuple(Asks(key, " ".join(met)) for key, met in asks.items()), weight)


def _of_sentence(sentence: Sentence) -> tuple[list[str], int]:
    """What it is asked about, and what it weighs."""
    met, weight = [], 0
    for place, entry in sentence.contempt():
        if _is_meant(sentence, place, entry):
            weight = max(weight, LITTLE)
            if entry.act == "N":
                met.append(sentence.main(place))
    said = _said_of_group(sentence)
    if said is not None:
        met.append(sentence.main(said))
        weight = max(weight, LITTLE)
    return met, max(weight, URGENT if _wishes_death(sentence) else 0)


def _is_meant(sentence: Sentence, place: int, entry: Entry) -> bool:
    """Whether a word of contempt is said to hurt, as far as its sentence tells."""
    if entry.near and not _means_somebody(sentence, place, entry.near):
        return False
    if sentence.has(META, sentence.around(place, 3)) or sentence.has(LEARNED):
        return False
    shunned = sentence.has(UNWANTED, sentence.before(place, 3))
    if (sentence.has(DENIED, sentence.before(place, 3)) and not shunned) or sentence.has(
        SAID, sentence.before(place)
    ):
        return False
    # Of herself: «I am a …», «we … raised each other». Said to somebody it is none of hers.
    of_herself = sentence.has(SELF) and (
        sentence.has(PRAISE) or not sentence.has(YOU, sentence.before(place))
    )
    return not of_herself


def _means_somebody(sentence: Sentence, place: int, near: str) -> bool:
    """Whether a word with other meanings stands beside an identity, or is said to somebody."""
    around = sentence.around(place, _NEAR)
    if sentence.has(YOU, sentence.before(place, 4)) or any(
        at in around for at in sentence.standing(IDENTITY)
    ):
        return True
    if near == "beside":
        return False
    pointed = sentence.main(place).startswith("هال") or sentence.has(THIS, sentence.before(place, 1))
    shunned = sentence.has(UNWANTED, sentence.before(place, 2))
    return pointed or shunned or sentence.has(YOU, range(place + 1, min(place + 4, sentence.places.stop)))


def _is_told(sentence: Sentence, place: int) -> bool:
    """Whether what stands there is told, countered, asked or learned, and not said."""
    told = sentence.has(SAID, sentence.before(place)) or sentence.has(COUNTER) or sentence.has(LEARNED)
    return sentence.asked or told


def _said_of_group(sentence: Sentence) -> int | None:
    """Where an illness, filth or a cure is said of those who are something; nothing where it is told or denied."""
    if not sentence.standing(IDENTITY, GROUP, ABSTRACT):
        return None
    for find in (_predicated, _hated, _cured, _shunned):
        place = find(sentence)
        if place is not None and not _is_told(sentence, place):
            return place
    return None


def _predicated(sentence: Sentence) -> int | None:
    """«These people are …»: the group, and what is said of it, with nothing but small words between."""
    if sentence.has(ME):
        return None
    groups = sentence.standing(GROUP, ABSTRACT)
    for place in sentence.standing("SICK", "VILE"):
        if any(_is_predicate(sentence, group, place) for group in groups) and not sentence.denies(place):
            return place
    return None


def _is_predicate(sentence: Sentence, group: int, place: int) -> bool:
    if place == group - 1:
        return place in sentence.standing("VILE")
    between = range(group + 1, place)
    if place <= group or len(between) > 7 or sentence.has(SOME, sentence.before(group, 1)):
        return False
    length = _length_of_group(sentence, group)
    rest = [at for at in between if at >= group + length]
    linked = all(
        sentence.has(LINKS, [at]) or sentence.has(COPULA, [at]) or at in _parts(sentence) for at in rest
    )
    if is_arabic(sentence.main(place)):
        return linked and not sentence.main(place).startswith("ال")
    weary = place + 1 in sentence.places and sentence.main(place + 1) == "of"
    return linked and sentence.has(COPULA, rest) and not weary


def _parts(sentence: Sentence) -> frozenset[int]:
    return frozenset(sentence.standing("SICK", "VILE"))


def _length_of_group(sentence: Sentence, group: int) -> int:
    """How many words name the group; «being a …» and «… people» are more than one."""
    following = range(group, min(group + 4, sentence.places.stop))
    named = [at for at in following if at in sentence.standing(IDENTITY, GROUP, ABSTRACT)]
    return max(named, default=group) - group + 1


def _hated(sentence: Sentence) -> int | None:
    if sentence.has(DENIED):
        return None
    groups = sentence.standing(GROUP, ABSTRACT)
    for place in sentence.standing("HATE"):
        if any(0 < group - place <= 3 and _are_all(sentence, range(place + 1, group)) for group in groups):
            return place
    return None


def _are_all(sentence: Sentence, places: range) -> bool:
    return all(sentence.has(ALL, [place]) for place in places)


def _cured(sentence: Sentence) -> int | None:
    """The offer, or the need, of a cure: never of hormones, depression or wounds."""
    cures, treats = sentence.standing("CURE"), sentence.standing("TREAT")
    turned = sentence.standing("TURN") and sentence.standing("NORM")
    said = [*cures, *turned, *treats][:1]
    if not said or sentence.has(ME, range(sentence.places.start, min(said[0] + 3, sentence.places.stop))):
        return None
    if sentence.has(HEALTH):
        return None
    if cures and not sentence.has(DENIED):
        return cures[0]
    if turned:
        return turned[0]
    meant = sentence.standing(ABSTRACT, "CURE", "TURN")
    return treats[0] if treats and meant and not sentence.has(DENIED) else None


def _shunned(sentence: Sentence) -> int | None:
    """That they should hide, keep away from children, or spoil what is ours."""
    shunned = sentence.standing("SHUN")
    if shunned:
        return shunned[0]
    if sentence.has(DENIED) or sentence.has(ME):
        return None
    hide, spoil = sentence.standing("HIDE"), sentence.standing("SPOIL")
    if hide and sentence.has(WISH, sentence.before(hide[0], 3)):
        return hide[0]
    by_them = spoil and sentence.standing("OURS") and any(at < spoil[0] for at in sentence.standing(GROUP))
    return spoil[0] if by_them else None


def _wishes_death(sentence: Sentence) -> bool:
    """A wish of death or punishment: not news of one."""
    groups = [*sentence.standing(IDENTITY, GROUP), *(place for place, _ in sentence.contempt())]
    for place in sentence.standing("KILL"):
        near = any(abs(place - group) <= 5 for group in groups)
        main = sentence.main(place)
        bidden = place <= sentence.places.start + 1 and (not is_arabic(main) or main.startswith("ا"))
        wished = bidden or sentence.has(WISH)
        if near and wished and not _is_told(sentence, place) and not sentence.has(DENIED):
            return True
    return False

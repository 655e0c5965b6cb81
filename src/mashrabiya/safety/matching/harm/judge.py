"""Whether an author may be about to harm herself, as far as her words tell, and whether they describe a way.

Silent wherever that is told of somebody else, quoted, sung, denied, long past, or a manner of speaking. Nothing
follows from it but a kind word before she posts; whether anybody is called is asked of her.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntFlag

from mashrabiya.kernel.folding import fold_words
from mashrabiya.safety.matching.harm.register import Register, register
from mashrabiya.safety.matching.reading import Reading

_QUOTED = re.compile(r"«[^»]{1,600}»|“[^”]{1,600}”|\"[^\"\n]{1,600}\"|(?m:^[ \t]*>.*$)")
_LEADS_ON = re.compile(r":\s*\n")
_SENTENCE = re.compile(r"[.!?؟;؛\n…]+")
_CLAUSE = re.compile(r"[,،()\[\]–—]+")
_NEAR, _NEXT = 4, 2


class Harm(IntFlag):
    """What the words say: ``OWN``, of their author herself; ``WAY``, how it could be done."""

    NONE = 0
    OWN = 1
    WAY = 2


def harm_in(reading: Reading) -> Harm:
    """What a text says of it. Of most texts that is known at the first look."""
    known = register()
    own = bool(known.say.search(reading.line))
    way = bool(known.detail.search(reading.line)) and any(word.main in known.way for word in reading.words)
    if not (own or way):
        return Harm.NONE
    told = _QUOTED.sub(" ", _LEADS_ON.sub(": ", reading.text))
    sentences = [one for one in _SENTENCE.split(told) if one.strip()]
    found = Harm.NONE
    if own and any(_says(known, one) for one in sentences):
        found |= Harm.OWN
    if way and any(_describes(known, one) for one in sentences):
        found |= Harm.WAY
    return found


def _says(known: Register, sentence: str) -> bool:
    whole = _folded(sentence)
    if known.meta & set(whole.split()) or known.laugh.search(whole):
        return False
    return any(_is_hers(known, clause) for clause in map(_folded, _CLAUSE.split(sentence)))


def _is_hers(known: Register, clause: str) -> bool:
    """Whether one of the things said there is said of herself, and now."""
    long_past = bool(known.ago.search(clause)) and not known.now & set(clause.split())
    if long_past:
        return False
    return any(
        not _goes_on(known, said, rest) and not _means_another(known, before, rest)
        for before, said, rest in _found(known, clause)
    )


def _found(known: Register, clause: str) -> Iterator[tuple[list[str], str, str]]:
    """What stands before each thing said, the thing itself, and what stands after it."""
    for found in known.say.finditer(clause):
        yield clause[: found.start()].split(), found[0], clause[found.end() - 1 :]


def _goes_on(known: Register, said: str, rest: str) -> bool:
    """Whether what follows makes it a manner of speaking, or a wish to live elsewhere or with others."""
    if known.after.match(rest):
        return True
    return bool(known.life.search(said) and known.place.match(rest))


def _means_another(known: Register, before: list[str], rest: str) -> bool:
    """Whether what stands shortly before it denies it, puts it into another's mouth or into the past."""
    if known.denies & set(before[-_NEXT:]) or known.supposes & set(before[-1:]):
        return True
    near = before[-_NEAR:]
    if known.was & set(near) and not known.now & {*near, *rest.split()}:
        return True
    spoken = [place for place, word in enumerate(near) if word in known.told]
    return any(place == 0 or near[place - 1] != "i" for place in spoken)


def _describes(known: Register, sentence: str) -> bool:
    """Whether it says how, and how much: never where it is about keeping somebody safe, or news."""
    whole = _folded(sentence)
    words = set(whole.split())
    if not known.way & words or known.meta & words or known.safe.search(whole):
        return False
    return bool(known.detail.search(whole)) and bool(known.death.search(whole))


def _folded(text: str) -> str:
    return f" {fold_words(text)} "

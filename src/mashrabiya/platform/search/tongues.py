"""Which language a text in Latin letters is in, told by its small words; and the stems of each.

A text that does not tell is taken for English. Folded: small words stand here without accents.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

ENGLISH = "english"
_SMALL = {
    ENGLISH: "the and of to is was that for it with as on are this be have from by not you he she they my we at do a an in or has had were which their been its",
    "french": "le la les a de des du et est un une je ne pas que qui dans pour sur avec ce mon ma mes nous vous il elle au aux en ca cest jai suis plus",
    "spanish": "el la los las de del y que en un una por con para no es mi se lo le como mas pero su yo me esta soy muy",
    "german": "der die das und ist nicht ich in ein eine zu den dem mit auf fur von es sie wir mich mir auch bin habe wie aber im",
    "italian": "il lo la i in a gli le di del della e che un una per con non mi si sono ho ma come piu anche in questo io da",
    "portuguese": "o a os as em de do da dos das e que em um uma por com para nao meu minha eu se mais como mas voce no na",
    "dutch": "de het een en in van ik is niet dat te op met voor zijn mijn je er maar ook aan om wij bij naar heb",
    "swedish": "och att det en ett jag ar inte som pa for med av min om har den till vi men de mig sa",
    "turkish": "ve bir bu icin ile ben de da cok ne ama gibi var yok daha benim mi mu olarak degil sen biz bana",
}  # fmt: skip
TONGUES = tuple(_SMALL)
_TELLS = {name: frozenset(words.split()) for name, words in _SMALL.items()}
SMALL = frozenset().union(*_TELLS.values())
"""All of them: nothing else tells."""
_LEAST, _MORE = 2, 1.5
"""At least so many small words say another language than English, and so many times those of English more."""


def told(words: Iterable[str]) -> str:
    """The language of these folded words."""
    said = SMALL.intersection(words)
    if len(said) < _LEAST:
        return ENGLISH
    counted = {name: len(said & small) for name, small in _TELLS.items()}
    best = max(counted, key=lambda name: counted[name])
    return best if counted[best] >= _MORE * counted[ENGLISH] + _LEAST else ENGLISH


@lru_cache
def stemmer(name: str) -> Any:
    """Made when it is first asked for. What it was asked it does not remember: that is done by whoever asks, for a while."""
    from Stemmer import Stemmer

    return Stemmer(name, 0)

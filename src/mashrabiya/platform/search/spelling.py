"""How Arabic words are written as they are heard: one letter in another's place, of those that sound alike somewhere.

For widening alone: what is found so stands behind what is written as it was asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

_LEAST, _MOST = 3, 8
# «مسئول» and «مسؤول»: where the hamza sits is taught in two ways.
_SEATS = (("يو", "وو"), ("وو", "يو"))
# ء is folded away, so a ق that is not heard is an ا or nothing.
_ALIKE = {
    "ث": "تس", "ت": "ث", "س": "ث", "ذ": "دز", "د": "ذ", "ز": "ذ", "ظ": "ض", "ض": "ظ",
    "ق": "كاغج", "ك": "ق", "ج": "يغق", "غ": "جقك", "ي": "ج",
}  # fmt: skip


def alike(word: str) -> list[str]:
    """Some ways in which a folded word may be written as it is heard; none for a word of other letters, or a short one."""
    return list(islice(_changed(word), _MOST)) if len(word) >= _LEAST else []


def _changed(word: str) -> Iterator[str]:
    for one, other in _SEATS:
        if one in word[1:]:
            yield word[0] + word[1:].replace(one, other)
    # A ق that is not heard begins as a hamza; «شكرا» is heard as «شكرن».
    if word[0] == "ا" and word[1] not in "لا":
        yield f"ق{word[1:]}"
    if word[-1] in "ان" and word[-2] not in "اوي":
        yield word[:-1] + ("ا" if word[-1] == "ن" else "ن")
    for at, sign in enumerate(word):
        for other in _ALIKE.get(sign, ""):
            yield word[:at] + other + word[at + 1 :]

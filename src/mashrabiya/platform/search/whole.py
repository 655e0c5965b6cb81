"""Words that would lose a letter of their own where Arabic writes such a letter before others, and become another word.

«بيتي» is «بيت» and not «يتي», «ولدي» not «لدي»; «مثلية» is not «مثل», and who looks for it does not mean each "like" and
"for example". Some of these are what people say most here.
"""

from __future__ import annotations

import re

# Three letters that begin like something written before a word, and that it is mine, or ours: the letters are its own.
# With an alif behind, it mostly is written before: «لأمي».
_MINE = re.compile(r"[وف]?[بكل]?(?:([وفبكل][^اي]{2})ي|([بكل][^ا]{2})نا|([وفبكل]ي[^ا])ي)")
# Each with the endings that leave it what it is; what is written otherwise is the same.
_OF_WHOM = "ي|ك|ه|ها|هم|هن|كم|كن|نا"
_FROM = "يا?|يه|يون|يين|يات"
_OWN = {
    "مثلي": f"ه|ا|ون|ين|ات|ت(?:{_OF_WHOM})",
    "متلي": f"ه|ا|ون|ين|ات|ت(?:{_OF_WHOM})",
    "بيت": _OF_WHOM,
    "بنت": f"{_OF_WHOM}|ين|ان",
    "بلد": f"{_OF_WHOM}|ا|ان",
    "ولد": f"{_OF_WHOM}|ا|ين|ان",
    "وحد": f"ه|{_OF_WHOM}|ت(?:{_OF_WHOM})",
    "كلام": f"{_OF_WHOM}|ا",
    "كمين": "ا|ات",
    **dict.fromkeys(("فلسطين", "لبنان", "كويت", "بيروت", "بغداد", "كوردستان", "كردستان"), _FROM),
    "فرنس": f"ا|{_FROM}",
    "كند": f"ا|{_FROM}",
    "ليبي": "ا|ه|ون|ين|ات",
    "هرمون": f"ات|ي|يه|ا|ات(?:{_OF_WHOM})",
    "غايه": "",
    "غايت": _OF_WHOM,
    "اهلا": "",
    "بيير": "",
    "اهلين": "",
}
_SAME = {"متلي": "مثلي", "غايت": "غايه", "اهلين": "اهلا"}
_EACH = re.compile(
    r"[وف]?[بكل]?(?:ال|لل)?(?:"
    + "|".join(f"(?P<w{at}>{word})(?:{ends})?" for at, (word, ends) in enumerate(_OWN.items()))
    + ")"
)
_WORDS = list(_OWN)


def whole(word: str) -> str:
    """The stem of a folded word that is of these; nothing of others."""
    found = _EACH.fullmatch(word)
    if found and found.lastgroup:
        known = _WORDS[int(found.lastgroup[1:])]
        return _SAME.get(known, known)
    mine = _MINE.fullmatch(word)
    return next(filter(None, mine.groups())) if mine else ""

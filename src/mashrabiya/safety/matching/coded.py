"""Words that are kept in code, so that nobody meets them in a file, a search or a change: opened in memory only.

Arabic stands in Buckwalter letters, Latin turned by thirteen. A stroke ``\\`` before a sign means that very sign.
"""

from __future__ import annotations

import re
from codecs import encode

_BUCKWALTER = {
    "'": "ء", "|": "آ", ">": "أ", "&": "ؤ", "<": "إ", "}": "ئ", "A": "ا", "b": "ب", "p": "ة", "t": "ت", "v": "ث",
    "j": "ج", "H": "ح", "x": "خ", "d": "د", "*": "ذ", "r": "ر", "z": "ز", "s": "س", "$": "ش", "S": "ص", "D": "ض",
    "T": "ط", "Z": "ظ", "E": "ع", "g": "غ", "_": "ـ", "f": "ف", "q": "ق", "k": "ك", "l": "ل", "m": "م", "n": "ن",
    "h": "ه", "w": "و", "Y": "ى", "y": "ي", "F": "ً", "N": "ٌ", "K": "ٍ", "a": "َ", "u": "ُ", "i": "ِ", "~": "ّ", "o": "ْ",
}  # fmt: skip
_TO = {arabic: latin for latin, arabic in _BUCKWALTER.items()}
_LINE = "¶"
_SIGN = re.compile(r"\\(.)|(.)", re.DOTALL)


def opened(words: str, *, arabic: bool) -> str:
    """What coded words say."""
    if not arabic:
        return str(encode(words, "rot13")).replace(_LINE, "\n")
    return _SIGN.sub(lambda sign: sign[1] or _BUCKWALTER.get(sign[2], sign[2]), words).replace(_LINE, "\n")


def coded(words: str, *, arabic: bool) -> str:
    """Words put into code, on one line."""
    words = words.replace("\n", _LINE)
    return "".join(map(_coded_sign, words)) if arabic else str(encode(words, "rot13"))


def _coded_sign(sign: str) -> str:
    return _TO.get(sign) or (f"\\{sign}" if sign in _BUCKWALTER or sign == "\\" else sign)

"""What was typed on the other keyboard: Arabic on Latin keys, and Latin on Arabic ones, key by key."""

from __future__ import annotations

_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvnm,./"
_ARABIC = "ذضصثقفغعهخحجدشسيبلاتنمكطئءؤرىةوزظ"
_TO_ARABIC = {
    **dict(zip(_LATIN, _ARABIC, strict=True)),
    "b": "لا",
    "H": "أ",
    "Y": "إ",
    "N": "آ",
    "G": "لأ",
    "T": "لإ",
    "B": "لآ",
}
_TO_LATIN = {arabic: latin for latin, arabic in zip(_LATIN, _ARABIC, strict=True) if latin.isalpha()}
_TOGETHER = (("لا", "b"), ("لأ", "g"), ("لإ", "t"), ("لآ", "b"))


def other_keyboard(text: str) -> str:
    """The same keys on the other keyboard; nothing where it is neither, or would be nothing."""
    if text.isascii():
        return "".join(_TO_ARABIC.get(sign, _TO_ARABIC.get(sign.lower(), sign)) for sign in text)
    for arabic, latin in _TOGETHER:
        text = text.replace(arabic, latin)
    other = "".join(_TO_LATIN.get(sign, sign) for sign in text)
    return other if other.isascii() else ""

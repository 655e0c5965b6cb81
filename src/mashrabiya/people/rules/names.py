"""What a persona may be called, and which two names count as one.

A name is read by eye: two that look alike are one (after Unicode's UTS 39, with
a small table of our own). It is written in one script, plus digits, and holds
nothing that turns text around or cannot be seen.
"""

from __future__ import annotations

import re
import unicodedata

SHORTEST, LONGEST = 2, 32
# So much of what was typed is looked at: far more than any name, answer or passphrase may have.
_LONGEST_READ = 1024
_ZWNJ = "\u200c"
_JOINERS = " -'’·._"
_MOST_MARKS = 2
# Letters and marks that are not seen: joiners, fillers, variation selectors.
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)

_LOOKS_LIKE = str.maketrans(
    {
        # Arabic: letters that differ by hamza, by dots of habit, or by country.
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ې": "ي",
        "ؤ": "و", "ۆ": "و", "ة": "ه", "ۀ": "ه", "ە": "ه", "ہ": "ه", "ھ": "ه", "ک": "ك", "ڪ": "ك",
        "گ": "ك", "پ": "ب", "چ": "ج", "ژ": "ز", "ڤ": "ف", "ڨ": "ق", "ـ": "", "ء": "",
        # Latin within itself.
        "i": "l", "1": "l", "|": "l", "ı": "l", "j": "l", "0": "o", "ø": "o", "đ": "d", "ł": "l",
        "ß": "ss", "æ": "ae", "œ": "oe", "þ": "p", "ð": "o", "5": "s",
        # Cyrillic and Greek letters that look Latin.
        "а": "a", "в": "b", "е": "e", "ё": "e", "к": "k", "м": "m", "н": "h", "о": "o", "р": "p",
        "с": "c", "т": "t", "у": "y", "х": "x", "ѕ": "s", "і": "l", "ї": "l", "ј": "l", "ԁ": "d",
        "һ": "h", "ԛ": "q", "ԝ": "w", "г": "r", "з": "3", "ь": "b", "п": "n", "и": "u",
        "α": "a", "β": "b", "γ": "y", "ε": "e", "η": "n", "ι": "l", "κ": "k", "μ": "u", "ν": "v",
        "ο": "o", "ρ": "p", "σ": "o", "ς": "c", "τ": "t", "υ": "u", "χ": "x", "ω": "w",
    }
)  # fmt: skip
_PAIRS = (("rn", "m"), ("vv", "w"))


def tidy(name: str) -> str:
    """The name as it is kept: compatible forms made one, spaces made single."""
    return " ".join(unicodedata.normalize("NFKC", name[:_LONGEST_READ]).split())


def name_key(name: str) -> str:
    """What two names that look alike have in common."""
    base = unicodedata.normalize("NFKD", tidy(name).casefold())
    letters = "".join(letter for letter in base if unicodedata.category(letter)[0] in "LN")
    folded = _digits(letters).translate(_LOOKS_LIKE)
    for looks, means in _PAIRS:
        folded = folded.replace(looks, means)
    return folded


def _digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in text)


_OURS = frozenset(
    name_key(name)
    for line in (
        "Admin|Admins|The admin|Administrator|Administrators|Administration|Site admin|Moderator|Moderators",
        "The moderators|Mod|Mods|Mod team|Staff|The staff|Operator|Operators|Host|The host|The hosts|System",
        "The site|This site|Official|Support|Support team|Safety team|Care team|The care team|Carer|Carers",
        "Help now|Mashrabiya|Mashrabiya team|Thread starter",
        "الإدارة|إدارة|إدارة الموقع|إدارة المجتمع|أدمن|الأدمن|مشرف|المشرف|المشرفة|المشرفون|المشرفات|الدعم",
        "فريق الدعم|الدعم الفني|فريق الإدارة|فريق الموقع|الموقع|النظام|القائمون على الموقع|الرعاية|رعاية",
        "فريق الرعاية|من فريق الرعاية|مساعدة الآن|مشربيّة|فريق مشربيّة|من فتح الموضوع",
    )
    for name in line.split("|")
)
_LABELS = (name_key("Unnamed"), name_key("دون اسم"))
# As keys write digits: some of them look like letters.
_NUMBER = "".join(map(name_key, "0123456789"))


def check_name(name: str) -> str | None:
    """Why this cannot be a name (a catalogue key), or None where it can."""
    tidied = tidy(name)
    if len(tidied) < SHORTEST or not name_key(tidied):
        return "persona.name_short"
    if len(tidied) > LONGEST:
        return "persona.name_long"
    if not all(_may_stand(tidied, at) for at in range(len(tidied))) or _piled(tidied):
        return "persona.name_letters"
    return "persona.name_scripts" if len(_scripts(tidied)) > 1 else None


def is_ours(name: str, *house: str) -> bool:
    """Whether a name speaks for those who run the house, or stands as a label of the house itself.

    Whoever is called "Care team" is believed; "Unnamed 2" is somebody else in the thread below. ``house``
    is what this one calls itself, in its languages.
    """
    key = name_key(name)
    return (
        key in _OURS
        or key in map(name_key, house)
        or any(key.startswith(one) and not key[len(one) :].strip(_NUMBER) for one in _LABELS)
    )


def _may_stand(name: str, at: int) -> bool:
    letter = name[at]
    if letter == _ZWNJ:
        return 0 < at < len(name) - 1 and _script(name[at - 1]) == _script(name[at + 1]) == "ARABIC"
    if letter in _JOINERS:
        return 0 < at < len(name) - 1 or letter == "."
    category = unicodedata.category(letter)
    return (category[0] in "LM" or category == "Nd") and not _UNSEEN.match(letter)


def _piled(name: str) -> bool:
    """Marks stacked so high that they cover their neighbours."""
    run = 0
    for letter in unicodedata.normalize("NFD", name):
        run = run + 1 if unicodedata.category(letter)[0] == "M" else 0
        if run > _MOST_MARKS:
            return True
    return False


def _script(letter: str) -> str:
    """The script a letter belongs to; empty for digits, marks and joiners."""
    if unicodedata.category(letter)[0] != "L":
        return ""
    word = unicodedata.name(letter, "UNKNOWN").split(" ", 1)[0].split("-", 1)[0]
    return "JAPANESE OR CHINESE" if word in ("CJK", "HIRAGANA", "KATAKANA") else word


def _scripts(name: str) -> set[str]:
    return {script for letter in name if (script := _script(letter))}

"""What is too easy to guess for something that opens a vault.

English and leaked passwords are judged by zxcvbn. It knows no Arabic, and would
praise a greeting: the words everybody says are listed here.
"""

from __future__ import annotations

import unicodedata

from mashrabiya.people.rules.names import name_key

SHORTEST, LONGEST = 12, 256
_ZXCVBN_READS = 72
_GOOD_SCORE = 3
_DIFFERENT_LETTERS = 6
_LEFT_OVER = 5

_EVERYBODY_SAYS = (
    "السلام عليكم ورحمة الله وبركاته", "السلام عليكم", "وعليكم السلام", "بسم الله الرحمن الرحيم",
    "الحمد لله رب العالمين", "الحمد لله", "لا إله إلا الله", "محمد رسول الله", "سبحان الله",
    "استغفر الله", "الله أكبر", "إن شاء الله", "ما شاء الله", "صلى الله عليه وسلم", "توكلت على الله",
    "يا رب", "صباح الخير", "مساء الخير", "صباح النور", "تصبح على خير", "كل عام وأنتم بخير",
    "ورحمة الله", "وبركاته", "رب العالمين", "الرحمن الرحيم", "الله", "محمد", "أحمد", "فاطمة",
    "عيد مبارك", "رمضان كريم", "أهلا وسهلا", "مرحبا", "كيف حالك", "شكرا جزيلا", "مع السلامة",
    "أنا أحبك", "أحبك", "حبيبي", "حبيبتي", "يا قلبي", "روحي", "عمري", "حياتي", "أمي", "أبي",
    "كلمة السر", "كلمة المرور", "عبارة المرور", "اسم الدخول", "افتح يا سمسم", "هذه كلمة مرور",
    "واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة", "أبجد هوز حطي كلمن سعفص قرشت",
    "ألف باء تاء ثاء", "ضصثقفغعهخحجد", "شسيبلاتنمكط", "ئءؤرلاىةوزظ", "القاهرة", "بيروت", "دمشق",
    "بغداد", "عمان", "تونس", "الجزائر", "المغرب", "مصر", "فلسطين", "لبنان", "سوريا", "العراق",
    "correct horse battery staple", "let me in", "i love you", "open sesame",
)  # fmt: skip
_COMMON = tuple(sorted((name_key(phrase) for phrase in _EVERYBODY_SAYS), key=len, reverse=True))


def check_passphrase(passphrase: str, *known: str, thoroughly: bool = True) -> str | None:
    """Why it cannot be taken (a catalogue key), or None. ``known`` are words she typed beside it.

    What is not asked thoroughly costs next to nothing, and lets pass what only zxcvbn would refuse.
    """
    normal = unicodedata.normalize("NFKC", passphrase)
    if len(normal) < SHORTEST:
        return "signup.pass_short"
    if len(normal) > LONGEST:
        return "signup.pass_long"
    easy = _is_common(normal, known) or (thoroughly and _is_guessed(normal, known))
    return "signup.pass_common" if easy else None


def _is_common(passphrase: str, known: tuple[str, ...]) -> bool:
    letters = name_key("".join(letter for letter in passphrase if not letter.isdecimal()))
    if len(set(letters)) < _DIFFERENT_LETTERS:
        return True
    for phrase in (*_COMMON, *(name_key(word) for word in known)):
        letters = letters.replace(phrase, "") if len(phrase) > 2 else letters
    return len(letters) < _LEFT_OVER


def _is_guessed(passphrase: str, known: tuple[str, ...]) -> bool:
    return passphrase.isascii() and _zxcvbn_score(passphrase, known) < _GOOD_SCORE


def _zxcvbn_score(passphrase: str, known: tuple[str, ...]) -> int:
    # Its word lists take memory: they come in with the first sign-up, not with the house.
    from zxcvbn import zxcvbn

    judged = zxcvbn(passphrase[:_ZXCVBN_READS], user_inputs=[word[:_ZXCVBN_READS] for word in known])
    return int(judged["score"])

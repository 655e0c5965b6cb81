"""Words: what our voice never says, and how Arabic is written here. See GLOSSARY.md."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tools.check.catalogues import HOLE, Entry, read_all
from tools.check.source import Fault

Rule = tuple[re.Pattern[str], str]
LATIN = re.compile(r"[A-Za-z][\w.+-]*")
START = r"(?<![\w\u064b-\u0652])"
END = r"(?![\w\u064b-\u0652])"


def never(words: str, why: str) -> Rule:
    """A rule against whole words."""
    return re.compile(START + "(?:" + words + ")" + END), why


ARABIC: tuple[Rule, ...] = (
    (
        re.compile(r"(?<![A-Za-z0-9.])[0-9]+(?![A-Za-z0-9])"),
        "catalogues write ٠-٩; readers who chose 012 get them converted",
    ),
    (re.compile(r"[,;?]"), "Arabic marks are ، ؛ ؟"),
    (re.compile(r"[!！]"), "no exclamation marks"),
    (re.compile("ـ"), "no kashida: say it another way"),
    (re.compile(r"\s[،؛؟.:…]"), "no space before a mark"),
    never("تمّ|تم|يُرجى|يرجى|الرجاء|أدناه|من قِبل|من قبل المستخدم", "officialese"),
    never("آمن تمامًا|مضمون|مضمونة|سرّي ١٠٠٪|لن يعرف أحد", "a promise nobody can keep"),
    never("مجهول|المجهول|المجهولين", "say: دون اسم"),
    never("المستخدم|مستخدم|مستخدمين|المستخدمين", "say: أعضاء، أشخاص"),
    never("فضيحة|فضح|بالفضح", "puts the shame on the person: كشف الهوية دون رضا"),
    never("منشور|بوست|ثريد|بروفايل|أفاتار|دردشة|أدمن|وجوه|وجهك", "another word stands in the glossary"),
    never("متأكد|متأكدة", "name the act instead"),
    never("شاذ|شذوذ|منحرف|لوطي|سحاقية", "insults"),
    never("اسم المستخدم|الاسم الحقيقي", "another word stands in the glossary"),
)
# Guidance may use the imperative once the reader has chosen a form; before that, verbal nouns.
IMPERATIVE = never(
    "اكتب|اكتبي|احذف|احذفي|اضغط|اضغطي|انقر|انقري|اختر|اختاري|أدخل|أدخلي|سجّل|سجّلي|تأكد|تأكدي|حاول|حاولي|اقرأ|اقرئي|اذهب|اذهبي"
    "|احفظ|احفظي|انسخ|انسخي|افتح|افتحي|أغلق|أغلقي",
    "genders the reader: a verbal noun, or first person",
)
ENGLISH: tuple[Rule, ...] = (
    (re.compile(r"!"), "no exclamation marks"),
    never("[Uu]sers?", "say: people, members"),
    never("Oops|Uh-oh|Sorry|Invalid input", "an error says what happened and what can be done"),
    never("[Aa]re you (?:really )?sure", "name the act instead"),
    never(r"e\.g\.|i\.e\.|ASAP|etc\.", "say it in words"),
    never("OK|Submit|Got it|Click here", "a button says what will happen"),
    never(
        "completely safe|totally safe|100% safe|guaranteed|nobody will (?:ever )?know",
        "a promise nobody can keep",
    ),
    never("[Ss]exual preference|homosexuals?|transgendered|lifestyle", "another word stands in the glossary"),
    (re.compile("[\u0600-\u06ff]"), "Arabic in the English catalogue"),
)
NAMES_OF_LANGUAGES = {"language.ar", "language.arabic"}


def words() -> Iterator[Fault]:
    """A sentence genders its reader, promises too much, or hurts."""
    for entry in read_all():
        yield from (entry.fault(what) for what in word_faults(entry))


def word_faults(entry: Entry) -> Iterator[str]:
    """What the voice has against one message."""
    if entry.key in NAMES_OF_LANGUAGES:
        return
    rules = ARABIC if entry.language == "ar" else ENGLISH
    if entry.language == "ar" and not entry.address:
        rules = (*rules, IMPERATIVE)
    for text in entry.texts:
        bare = HOLE.sub("x", text) if entry.language == "en" else LATIN.sub("س", HOLE.sub("س", text))
        for form, why in rules:
            found = form.search(bare)
            if found:
                yield f"“{found[0].strip()}”: {why}"

"""By which words threads near a guide are found: a few for each guide of the shelf, in both languages, chosen by hand.

Words counted from the guides themselves found too much that was not meant: "a day", "somebody", "to say". A guide that the
house began itself is looked for by its titles.
"""

from __future__ import annotations

from collections.abc import Sequence

from mashrabiya.library.guides.types import Entry

_CHOSEN = """
questioning: questioning, not sure what i am, label, labels, am i, هل أنا, تسمية, حائر, حائرة, الميول, لا أعرف من أنا
coming-out: coming out, come out, came out, tell my, told my, telling, الإفصاح, أفصحت, أخبرت, أخبر, قلت لأمي, قلت لأبي, قلت لأختي
family-living: family, parents, my mother, my father, عائلة, العائلة, أهلي, أمي, أبي
outing: outed, outing, found out, saw my phone, كشف, انكشف, عرف أهلي, فضح, كشف الهوية
blackmail: blackmail, threat, threatens, screenshots, ابتزاز, يبتز, تهديد, يهددني
digital-safety: phone, password, account, vpn, app, fake profile, هاتف, كلمة السر, حساب, تطبيق
suicide-safety: want to die, dying, suicide, no reason to live, الموت, انتحار, لا أريد أن أعيش
violence-at-home: violence, hits, hit me, locked me, beaten, عنف, يضرب, ضرب, حبس
housing: rent, room, roommate, flat, landlord, homeless, shelter, إيجار, سكن, غرفة, شقة, مأوى
parents: my son, my daughter, my child, parent, ابني, ابنتي, ولدي, بنتي
allies: ally, friend told me, support a friend, حليف, حليفة, قال لي صديق, صديق أخبرني
faith: faith, god, prayer, pray, mosque, church, religion, quran, bible, verse, إيمان, الله, صلاة, مسجد, كنيسة, دين, آية
conversion-survival: conversion, cure, exorcism, therapist said, علاج تحويل, شفاء, رقية, يعالجوني
mental-health: anxiety, depression, panic, therapist, قلق, اكتئاب, هلع, معالج
loneliness: lonely, loneliness, nobody to talk, وحيد, وحيدة, وحدة, الوحدة, لا أحد
friendship: friend, friends, friendship, صداقة, أصدقاء, صاحبي, صديقتي
love-dating: love, date, dating, crush, partner, حب, موعد, حبيب, حبيبتي, شريك
breakup: broke up, breakup, my ex, ended, انفصال, انفصلنا, فراق
grief: grief, died, funeral, mourning, حزن, مات, ماتت, جنازة, عزاء
sexual-health: hiv, test, prep, pep, condom, sti, فيروس, فحص, واقي
general-health: doctor, clinic, hospital, طبيب, طبيبة, عيادة, مستشفى
affirming-professional: therapist, doctor, counsellor, معالج, معالجة, طبيب, مرشدة
transition-social: transition, pronouns, my name, haircut, passing, عبور, ضمائر, اسمي, اسمًا
transition-medical: hormones, testosterone, estrogen, surgery, binder, هرمونات, عملية, تستوستيرون, إستروجين
transition-legal: papers, passport, id card, court, أوراق, جواز, هوية, محكمة
trans-at-work: at work, colleagues, badge, العمل, زملاء, الزملاء
intersex: intersex, variations, بيني, بينية, ثنائي الجنس
ageing: older, retired, my age, at sixty, كبار, عمري, الستين, التقاعد
school: school, teacher, class, exam, university, مدرسة, معلمة, امتحان, جامعة
work: work, boss, job, colleague, office, عمل, مدير, وظيفة, زميل
law-and-arrest: police, arrest, lawyer, checkpoint, شرطة, اعتقال, محام, محامية, حاجز
know-the-law-page: law, legal, illegal, قانون, قانوني
migration-asylum: asylum, visa, refugee, unhcr, leaving, لجوء, تأشيرة, لاجئ, سفر, الرحيل
"""
_WORDS: dict[str, tuple[str, ...]] = {
    slug.strip(): tuple(word.strip() for word in words.split(","))
    for slug, _, words in (line.partition(":") for line in _CHOSEN.strip().splitlines())
}


def telling_words(slug: str, entry: Entry | None) -> Sequence[str]:
    """Words and phrases by which a thread is near this guide, whatever language either is in."""
    return _WORDS.get(slug) or tuple(entry.titles.values() if entry else ())

"""Words that mean other things as well, and so are marked in no text and mentioned to nobody.

Whoever looks one up in the glossary finds it all the same.
"""

from __future__ import annotations

from mashrabiya.kernel.folding import fold

SILENT_TOPICS = frozenset({"community"})
"""The house's own words for its parts: "reply", "member". Everybody writes them."""
SILENT = frozenset(
    [
        "unknown-law",
        "help-now",
        "country-page",
        "quick-exit",
        "helpline",
        "traces",
        "enforcement",
        "freeze",
        "neutral-look",
        "lock",
        "lawyer",
        "thrown-out",
    ]
)
"""Concepts that every guide speaks of in plain words."""

_ENGLISH = """
normal confused greedy pan ace straight unsure exploring orientation biological name admitting admitted confess
confession closet family parents relatives partner partners boyfriend girlfriend husband wife roommate consenting
separation mourning lonely alone exile transitioning pretending mutilation surgery cured disorder shame anxious worry
panic overreacting cutter positive poz clean dirty infected suppressed barrier rubber eating faith religion belief
exposed scandal trap trapped threats hate discipline honour victim victims escape disguise lock pin freeze traces guard
emergency crisis help illegal enforced enforcement unknown safe caught busted jail prison lawyer attorney solicitor
advocate protection papers discriminated controlling ruined aging ageing elderly movement agenda campaign ideology
questioning perversion abnormal deviance shrink tolerant aids vd indecency indecent runaway banter abuse shelter clinic
guide guides library service services talk prep pep grounding hormones blockers ally allies transition lifestyle
mutilation dishonoured abnormal
"a phase" "just a phase" "the surgery" "the operation" "family matter" "just a joke" "free speech" "medical test"
"asking for it" "should have known better" "they fell for it" "just an opinion" "tough love" "success story" "real name"
"birth name" "fake name" "real man" "real woman" "suffering from" "dead letter" "living a lie" "being dramatic"
"attention seeking" "leading someone on" "dressing up" "going through a phase" "clean test" "failed attempt" "real sex"
"panic mode" "arranged for your own good" "exposing the truth" "leaked nudes" "safe country" "ran away" "special friend"
"""
_ARABIC = """
مرحلة عادي سوي طبيعي طبيعية سليم تشوه مثلي متلي عابر غيري ثنائي ميم الميم ميول بيولوجي اعتراف اعترف اعترفت بيعترف
مخبي مختبئ مختبئة الأهل أهلي العائلة العيلة داعم داعمة داعمين داعمون داعمات حلفاء حليف حليفة الاي مناصر شريكي شريكتي
الشريك الشريكة حبيبي حبيبتي رضا رضي موافقة الموافقة فراق تركني تركتني حزن فقد الفقد فقدان خسارة وحدة الوحدة وحيد وحيدة
لوحدي حالي غربة الغربة مغترب مغتربة منفي المنفى رحلتي جراحة عملية جراحات اضطراب شفاء عار العار دلع قلق القلق قلأ تنفس
معالجة مكبوت واق واقي عازل تحاليل تحليل فحص إيمان دين انكشفت فضح الفضح فضيحة فضحوني انفضحت فخ كمين تهديد إيقاع كراهية
مضايقة ملاحقة تأديب تربية شرف تزويج مطرود مطرودة ناجي ناجية ناجون ناجيات ضحية ضحايا الضحية خروج هروب إخفاء متخفي قفل
تجميد طوارئ إقفال آثار أثر رقابة مراقبة رقيب تنبيه تحذير مساعدة النجدة ساعدوني مجرم التطبيق الممارسة آمن استدعاء مسكوني
أخذوني حجز كشف الكشف الأمم أوراق القيد تمييز تفرقة كبار مسنين مسن تلاعب الحركة غاي جاي قاي كاي گاي بان آيس سس باي بيب أرو سيس
جنسية لاجنسية محامي محامية محامون حساب شفا التساؤل تساؤل هرمون رحلة متشبه عبور حرية
"مرض نفسي" "كشف طبي" "عملية تصحيح" "تصحيح الأعضاء" "عملية تجميل" "عيب خلقي" "نمط حياة" "ضعف شخصية" "قلة إيمان"
"لفت انتباه" "الاسم الحقيقي" "اسمه الحقيقي" "اسمها الحقيقي" "اسمي بالهوية" "بلد آمن" "آمن تماما" "محاولة فاشلة"
"حامل الفيروس" "مجرد مرحلة" "قضية آداب" "قضايا الآداب" "السكوت رضا" "مش حاسم" "عايش كذبة" "لا جنسية" "حسن صبي"
"هجرة غير شرعية" "مهاجر غير شرعي" "مصاب بـ" "مصاب ب" "أقدم على الانتحار"
"""


def _listed(words: str) -> frozenset[str]:
    single, *quoted = words.split('"')
    phrases = [*quoted[0::2]]
    return frozenset(fold(word) for word in [*single.split(), *phrases] if word.strip())


EVERYDAY = _listed(_ENGLISH) | _listed(_ARABIC)

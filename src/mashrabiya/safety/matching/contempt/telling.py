"""What reveals somebody: a person named with what she is and where she is found; the threat to tell."""

from __future__ import annotations

import re

from mashrabiya.safety.matching.contempt.register import IDENTITY
from mashrabiya.safety.matching.contempt.scene import SAID, SELF, Scene, Sentence, _set

_REAL_NAME = re.compile(
    r"\b(?:his|her|their|hers) (?:real|legal|birth|dead|old|given|government) ?name(?: is| was|:)|\b(?:his|her|their) deadname"
    r"|(?<![\u0621-\u064a])(?:و|ف)?اسم(?:ه|ها|هم) (?:الحقيقي|القديم|بالهويه|ع الهويه|علي الهويه)"
)
_ACCOUNT = re.compile(
    r"\b(?:writes|posts|posting) (?:here )?(?:as|under) \S+ is |\baccount (?:called |named )?\S+ belongs to "
    r"|(?<![\u0621-\u064a])(?:بيكتب|يكتب|بتكتب|تكتب) (?:هون |هنا )?باسم \S+ (?:هو|هي|اسمه|اسمها) |حساب \S+ (?:صاحبه|صاحبته|هو ل|لواحد)"
)
_FOUND = _set(
    "works work lives live studies study teaches teacher address street phone number university school bank shop nurse "
    "بيشتغل يشتغل يعمل بتشتغل تعمل ساكن ساكنة يسكن تسكن بتدرس يدرس تدرس بيدرس رقمه رقمها شارع جامعة الجامعة مدرسة بنك البنك الأستاذ استاذ الأستاذة معلمة"
)
_GIVEN = _set(
    "احمد محمد محمود علي حسن حسين عمر خالد يوسف ابراهيم كريم سامي رامي نادر باسم وليد طارق زياد مروان ماهر جاد فادي شادي سمير "
    "عادل هاني ايمن ياسر بلال انس حمزة سعيد رشيد منير جمال عماد جورج ايلي شربل بيار ليلى سارة مريم فاطمة زينب نور هدى رنا ريم لينا دينا "
    "هبة منى سلمى ياسمين نادية سمر لمى ندى سناء امل رانيا جنى مايا هند خديجة عائشة"
)
_TELL = re.compile(
    r"\b(?:i will|i'll|ill|i am going to|gonna|i can|or i) (?:tell|send|show|expose|post|message|inform|call)\b"
    r"|\bwait until\b|\bwill (?:hear|know|find out|learn)\b|\bone message to\b"
    r"|(?<![\u0621-\u064a])(?:رح|راح|سوف|حا|والا|لما) ?(?:[\u0621-\u064a]+ ){0,2}?(?:خبر|اخبر|ابعت|ببعت|ابعث|اقول|قول|انشر|ابلغ|افضح|يعرف|تعرف)"
    r"|(?<![\u0621-\u064a])(?:سانشر|ساخبر|ساقول|سابعث|سارسل|هقول|هبعت|هخبر|حخبر|رساله واحده)"
)
_TOLD_TO = _set(
    "father mother family parents brother sister boss school university police work wife husband "
    "ابوك امك اهلك عيلتك عائلتك اخوك اختك مديرك شغلك جامعتك مدرستك الشرطة لأهلك لأمك لأبوك لأخوك بجامعتك مرتك جوزك"
)
_YOURS = re.compile(r"\byou(?:r|re|'re)?\b|[\u0621-\u064a]{2,}ك(?![\u0621-\u064a])")
_REACH = 8
_CAPITAL = re.compile(r"[A-Z][a-z]{2,}")


def outs(scene: Scene) -> list[str]:
    """What the text tells of somebody else that leads to her; nothing where nobody is revealed."""
    line, mains = scene.reading.line, _mains(scene)
    found: list[str] = []
    if mains & _SAYS_NAME:
        found += [hit[0] for pattern in (_REAL_NAME, _ACCOUNT) for hit in pattern.finditer(line)]
    if mains & _FOUND and any(
        entry.code == IDENTITY for entries in scene.marks.values() for entry in entries
    ):
        named = [place for sentence in scene.sentences() if (place := _named(sentence)) is not None]
        found += [scene.reading.words[place].main for place in named]
    return found


def threatens(scene: Scene) -> bool:
    """Whether somebody is told that her family, work or the police will hear of her."""
    mains = _mains(scene)
    words = mains | {main[1:] for main in mains if main[0] in "ولفب"}
    if not words & _TOLD_TO or words & _REPORTED:
        return False
    codes = {entry.code for entries in scene.marks.values() for entry in entries}
    if IDENTITY not in codes and not words & _AT_STAKE:
        return False
    line = scene.reading.line.split("\n", 1)[0]
    return bool(_TELL.search(line)) and bool(_YOURS.search(line))


def _mains(scene: Scene) -> set[str]:
    return {word.main for word in scene.reading.words}


_SAYS_NAME = _set("name deadname here account اسمه اسمها اسمهم واسمه واسمها فاسمه باسم حساب")
_AT_STAKE = _set(
    "picture pictures photo photos pics chat chats screenshot screenshots video videos secret everything pay over outed "
    "صورك صور الصور محادثاتك محادثات سرك فيديو فيديوهات ادفع بتخلص تخلص فضيحة كل_شي"
)
_REPORTED = _set("said threatened threatens somebody someone told guide يهدد هدد هددني قال الدليل حدا")


def _named(sentence: Sentence) -> int | None:
    """Where a person is named together with what she is and where she is found."""
    identities = sentence.standing(IDENTITY)
    if not identities or sentence.has(SELF) or sentence.has(SAID) or not sentence.has(_FOUND):
        return None
    for place in sentence.places:
        follows = [at for at in identities if place < at <= place + _REACH]
        if follows and _is_name(sentence, place, follows[0]):
            return place
    return None


def _is_name(sentence: Sentence, place: int, identity: int) -> bool:
    """A given name; or a capital letter, and that whoever it is is this."""
    if sentence.main(place) in _GIVEN:
        return True
    begins = place == sentence.places.start
    capital = bool(_CAPITAL.match(sentence.word(place))) and not (
        begins and sentence.main(place) in _OPENINGS
    )
    return capital and any(sentence.main(at) == "is" for at in range(max(place + 1, identity - 3), identity))


_OPENINGS = _set(
    "the this that these those what who why how when where there here every everyone everybody all and but for from with his her "
    "their our your you she they one two some many most gay lesbian bisexual queer trans non people being are does did two group film"
)

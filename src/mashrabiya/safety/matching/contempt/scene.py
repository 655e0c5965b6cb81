"""How words stand to each other: who speaks, to whom, of what; what is quoted, denied, asked or told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from mashrabiya.kernel.folding import fold_word
from mashrabiya.safety.matching.contempt.register import ABSTRACT, GROUP, IDENTITY, Entry, Marks
from mashrabiya.safety.matching.reading import Reading, Word

_QUOTED = re.compile(r"«[^»]{1,600}»|“[^”]{1,600}”|\"[^\"\n]{1,600}\"|(?m:^[ \t]*>.*$)")
_ENDS = re.compile(r"[.!?؟;؛\n]")
_ASKED = re.compile(r"[?؟]")


def _set(words: str) -> frozenset[str]:
    return frozenset(fold_word(word) for word in words.split())


SELF = _set(
    "i im i'm ive me my we us our ours myself ourselves mine "
    "انا اني انني إنّي نحن احنا نحنا حالي نفسي انفسنا لي بحالي حاسس حاسة اخاف اشعر لأنني لأني كوني"
)
YOU = _set(
    "you ur youre you're your u yall انت أنت انتي أنتِ إنتا انتو انتم أنتم كلكم كلك اسكت اسكتي روح روحي يا هي"
)
SAID = _set(
    "said say says saying told tell tells called call calls calling shouted yelled screamed wrote writes claims claim "
    "claimed hearing heard thinks think believes preached messages inbox listed spat "
    "قال قالت قالوا قالي قالّي قالولي يقول يقال بيقول بيقولوا القول صرخ صرخت صرخوا كتبوا كتبت نادى نادت نادوا ينادونني ينادوني "
    "بينادوني سموني سمّوني يسمونني نسمي اسمع أسمع سمعت بتفكر يفكر تصف يصف وصف بعتولي رسائل الرسائل تسمية خبرهم شتمني شتموني "
    "تقول بتقول يقولون بيقولون قلت تقولون ناداني نادتني نادوني يناديني بيناديني تناديني اعتذر اعتذرت تسميني يسميني"
)
META = _set(
    "word words term slur slurs insult means mean meaning name reclaim reclaimed "
    "كلمة كلمات لفظ لفظة مصطلح تعبير شتيمة شتائم معنى استعمال يستعمل استخدام مسيئة"
)
DENIED = _set(
    "not no never isn't arent aren't isnt don't dont doesn't didn't nobody nothing neither nor without stop wrong untrue "
    "ليس ليست ليسوا لست لستم لسنا لا لم لن مش مو ماهم مانا ولا غير كفى ما مانن مهم"
)
COUNTER = _set(
    "wrong harm harms harmful hurts hurt acceptable untrue myth lie lies "
    "مخطئ مخطئة غلط يؤذي مؤذ يجرح بيجرح صحيحا كذب خرافة عيب يقرا"
)
LEARNED = _set(
    "article law laws act code section court courts study studies guide guides manual history fatwa scholars research means "
    "conversion until movement century "
    "مادة المادة قانون القانون فتوى الفتوى دراسة الدراسة دليل الدليل قائمة محكمة المحكمة الفقهاء تنص بحث تاريخ تحويل التحويل"
)
PRAISE = _set(
    "proud love loved loving favourite favorite birthday happy dear darling beautiful wonderful "
    "أفتخر فخور فخورة بمحبة بحب أحب أحلى سعيد حبيبي حبيبتي جميل"
)
UNWANTED = _set("want wants need needs welcome بدنا بدي نريد منريد نبغى عايزين بدهم")
THIS = _set("this that these those هذا هذه هاد هاي هال هدول هؤلاء")
WISH = _set(
    "should must deserve deserves hope ought need needs all every death let lets somebody someone "
    "لازم يجب يستحقون يستحق بيستاهلوا ليت ريت ياريت الواجب المفروض"
)
ME = _set("i im i'm me myself am انا اني انني نفسي حالي لأنني لأني يعالجني عالجني كوني")
HEALTH = _set(
    "hormone hormones hiv depression anxiety pain wound wounds trauma هرمون هرمونات هرموني اكتئاب قلق جرح صدمة"
)
COPULA = _set("is are was were هم هن هي هو")
LINKS = _set(
    "nothing all just so really simply truly very a an the nothing but and such mentally people women men persons guys folks who "
    "كلهم كلن ناس مجرد فعلا أصلا عبارة عن نفسيا الجنسي الجنسية الميل شو"
)
ALL = _set("all stand the these those every you كل هال هؤلاء كل")
SOME = _set("two three four five some several both my our few one")


_BUT = _set("but")
_WHOM = {IDENTITY, GROUP, ABSTRACT}


class Scene:
    """A text with what is known of its words."""

    def __init__(self, reading: Reading, marks: Marks) -> None:
        self.reading, self.marks = reading, marks
        self._quoted = [found.span() for found in _QUOTED.finditer(reading.text)]

    @property
    def says_something(self) -> bool:
        """Whether there is a word of contempt, or a part of a pattern beside somebody it may be said of."""
        codes = {entry.code for entries in self.marks.values() for entry in entries}
        if any(not entry.is_part for entries in self.marks.values() for entry in entries):
            return True
        return bool(codes & _WHOM) and bool(codes - _WHOM)

    def sentences(self) -> Iterator[Sentence]:
        """Its sentences, those alone in which a word is known."""
        words, begun = self.reading.words, 0
        for place, word in enumerate(words):
            after = words[place + 1].start if place + 1 < len(words) else len(self.reading.text)
            if place + 1 < len(words) and not _ENDS.search(
                self.reading.text, max(word.end - 1, word.start), after
            ):
                continue
            if any(at in self.marks for at in range(begun, place + 1)):
                asked = bool(_ASKED.search(self.reading.text, word.start, after))
                yield Sentence(self, range(begun, place + 1), asked=asked)
            begun = place + 1

    def is_quoted(self, word: Word) -> bool:
        """Whether it stands between marks of quotation, or in a quoted line."""
        return any(start <= word.start < end for start, end in self._quoted)


class Sentence:
    """One sentence; places are those of its words in the text."""

    def __init__(self, scene: Scene, places: range, *, asked: bool) -> None:
        self.scene, self.places, self.asked = scene, places, asked
        self._mains = {place: _bare(scene.reading.words[place].main) for place in places}

    def has(self, words: frozenset[str], places: Iterable[int] | None = None) -> bool:
        """Whether one of these small words stands there."""
        return any(
            main in words
            for place in (self.places if places is None else places)
            for main in self._mains.get(place, ())
        )

    def denies(self, place: int) -> bool:
        """Whether it says, before this place, that something is not so; «nothing but» says that it is."""
        denied = [at for at in self.before(place) if self.has(DENIED, [at])]
        return any(not (self.main(at) == "nothing" and self.has(_BUT, [at + 1])) for at in denied)

    def before(self, place: int, reach: int = 1000) -> range:
        """So many places before this one."""
        return range(max(self.places.start, place - reach), place)

    def around(self, place: int, reach: int) -> range:
        """So many places on each side."""
        return range(max(self.places.start, place - reach), min(self.places.stop, place + reach + 1))

    def standing(self, *codes: str, quoted: bool = False) -> list[int]:
        """Where words of these codes stand; those that are quoted are left out."""
        return [
            place
            for place in self.places
            if any(entry.code in codes for entry in self.scene.marks.get(place, ()))
            and (quoted or not self.scene.is_quoted(self.scene.reading.words[place]))
        ]

    def contempt(self) -> Iterator[tuple[int, Entry]]:
        """Where words of contempt stand that are not quoted."""
        for place in self.places:
            for entry in self.scene.marks.get(place, ()):
                if not entry.is_part and not self.scene.is_quoted(self.scene.reading.words[place]):
                    yield place, entry

    def word(self, place: int) -> str:
        """A word as it was typed."""
        found = self.scene.reading.words[place]
        return self.scene.reading.text[found.start : found.end]

    def main(self, place: int) -> str:
        """A word as it is compared."""
        return self.scene.reading.words[place].main


def is_arabic(main: str) -> bool:
    """Whether a word is written in Arabic letters."""
    return not main[:1].isascii()


def _bare(main: str) -> tuple[str, ...]:
    """A word, and without «and» or «then» before it."""
    return (main, main[1:]) if len(main) > 2 and main[0] in "وف" else (main,)

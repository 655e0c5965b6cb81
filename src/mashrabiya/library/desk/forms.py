"""What comes in by HTML at the desk."""

from __future__ import annotations

from mashrabiya.kernel.content import Note
from mashrabiya.kernel.errors import NotFound
from mashrabiya.library.desk import rules
from mashrabiya.library.desk.types import GIVEN, TERMS, USUAL_TERM, NewDuty, NewGuide, Typed, role_key
from mashrabiya.library.guides.types import LANGS, Role
from mashrabiya.platform.languages import to_latin
from mashrabiya.platform.markdown.text import harmless
from mashrabiya.platform.web import Form

READERS = tuple(role for role in GIVEN if role is not Role.TRANSLATOR)
_MOST_EDITION = 100_000


def read_duty(form: Form) -> NewDuty:
    """A role as typed; what is no choice is left for the rule to refuse."""
    return NewDuty(
        form.text("name"),
        form.number("role", usual=-1, least=-1, most=99),
        form.number("term", usual=-1, least=-1, most=9999),
    )


def duties() -> list[tuple[int, str]]:
    """The roles to choose from."""
    return [(int(role), role_key(role)) for role in GIVEN]


def terms() -> tuple[int, ...]:
    return TERMS


def blank() -> dict[str, str]:
    """The form as it stands first."""
    return {"role": "", "term": str(USUAL_TERM)}


def read_guide(form: Form) -> NewGuide:
    """A guide to begin, as typed."""
    return NewGuide(
        title=words(form, "title"),
        lang=form.choice("lang", LANGS, LANGS[0]),
        topic=form.number("topic", usual=0, least=0, most=99),
        kind=form.number("kind", usual=0, least=0, most=9),
        months=form.number("months", usual=0, least=0, most=99),
        readers=tuple(int(role) for role in READERS if form.flag(f"tick_reader_{int(role)}")),
        notes=sum(note for note in Note if form.flag(f"tick_note_{note.code}")),
        submission=form.submission,
    )


def words(form: Form, name: str) -> str:
    """Words that others will read, without what turns their order: "do not" stays what was typed."""
    return harmless(form.text(name)).strip()


def read_typed(form: Form, lang: str) -> Typed:
    """A whole text."""
    return Typed(lang, harmless(form.raw("text")), form.text("seen"))


def read_beside(form: Form, lang: str) -> Typed:
    """A text that was written block by block, beside its original."""
    blocks = [harmless(form.raw(f"{rules.FIELD}{place}")) for place in range(rules.MOST_BLOCKS)]
    of_n = form.number("of_n", usual=0, least=0, most=_MOST_EDITION)
    return Typed(lang, rules.joined(blocks), form.text("seen"), of_n)


def read_role(form: Form) -> Role:
    """The role in which somebody reads; NotFound where it is none."""
    number = form.number("role", usual=0, least=0, most=99)
    if number not in tuple(map(int, GIVEN)):
        raise NotFound
    return Role(number)


def place(lang: str, n: str) -> tuple[str, int]:
    """Which edition an address means; one that there never is, where it says nothing."""
    latin = to_latin(n.strip())
    number = int(latin) if latin.isascii() and latin.isdigit() and len(latin) < 6 else 0
    return language(lang), number


def language(lang: str) -> str:
    if lang not in LANGS:
        raise NotFound
    return lang

"""What comes in by HTML about reports and decisions. Whether it can be taken, the commands say."""

from __future__ import annotations

from collections.abc import Iterable

from mashrabiya.care import ready, rules
from mashrabiya.care.types import (
    Act,
    Duty,
    NewAnswer,
    NewAside,
    NewClosing,
    NewDecision,
    NewLearning,
    NewMode,
    NewRole,
    NewTending,
    NewWave,
)
from mashrabiya.care.types.room import NewLine
from mashrabiya.communities.types import ID_SIZE as COMMUNITY_ID_SIZE
from mashrabiya.communities.types import AnonMode
from mashrabiya.communities.types.tags import read_ticked
from mashrabiya.discussions.types import POST_ID_SIZE
from mashrabiya.kernel.content import Note
from mashrabiya.kernel.errors import Invalid, NotFound
from mashrabiya.kernel.ids import read_id
from mashrabiya.kernel.viewer import CARE, HOST, TRUSTED
from mashrabiya.people.types import USUAL_TERM
from mashrabiya.platform.markdown.text import harmless
from mashrabiya.platform.web import Form
from mashrabiya.safety.trust.bursts import Sign
from mashrabiya.safety.types import NewReport, Thing

_ID_SIZE = 16
_ACTS = [str(int(act)) for act in Act]


def read_report(form: Form, kind: Thing, thing: bytes, place: bytes | None) -> NewReport:
    """A report as typed. No reason is no number of one."""
    return NewReport(
        kind=kind,
        object=thing,
        place=place,
        reason=form.number("reason", usual=0, least=0, most=99),
        note=harmless(form.text("note")),
    )


def read_decision(form: Form, of_house: Iterable[str] = ()) -> NewDecision:
    """A decision as typed. Nothing is chosen beforehand, so that no reason goes with another act.

    ``of_house``: the agreements of the house as its reader sees them.
    """
    act = form.choice("act", _ACTS)
    return NewDecision(
        act=Act(int(act)) if act else None,
        words=_words(form) or harmless(ready.chosen(form)),
        notes=sum(note for note in Note if form.flag(f"note_{int(note)}")),
        reply=harmless(form.text("reply")),
        # The first agreement is 1 in the form; 0 cites none.
        agreement=form.number("agreement", usual=0, least=0, most=999) - 1,
        days=form.number("days", usual=0, least=0, most=9999),
        place=_chosen(form.text("place"), COMMUNITY_ID_SIZE),
        seen=form.number("seen", usual=0, least=0, most=9999),
        submission=form.submission,
        other=form.number("other", usual=0, least=0, most=99),
        of_house=tuple(of_house),
    )


def read_tending(form: Form, act: Act) -> NewTending:
    """An act on a thread, or beside a post of it, as typed. Of a note, its own words and why it stands there."""
    return NewTending(
        act=act,
        words=_words(form),
        agreement=form.number("agreement", usual=0, least=0, most=999) - 1,
        minutes=form.number("minutes", usual=0, least=0, most=9999),
        days=form.number("days", usual=0, least=0, most=9999),
        note=harmless(form.raw("note").replace("\r\n", "\n")),
        tags=read_ticked(form.typed),
        to=_chosen(form.text("place"), COMMUNITY_ID_SIZE),
        title=form.text("title"),
        picked=picked(form),
        onwards=form.text("which") == "on",
        seen=form.number("seen", usual=0, least=0, most=9999),
        submission=form.submission,
    )


def picked(form: Form) -> frozenset[int]:
    """The numbers that were ticked, on whichever page: a field each, so that none is lost where they have to wait."""
    return frozenset(number(typed) for typed in ticked(form)) - {0}


def ticked(form: Form) -> set[str]:
    """What was ticked among many."""
    return {name.partition("pick_")[2] for name in form.typed if name.startswith("pick_")}


def read_line(form: Form) -> NewLine:
    """Something to be said among carers."""
    return NewLine(words=_words(form), wish=form.flag("wish"), submission=form.submission)


def _chosen(shown: str, size: int) -> bytes:
    """The id of what was chosen; what is none names nothing, and is said at its field."""
    try:
        return read_id(shown, size)
    except NotFound:
        return b""


def read_mode(form: Form) -> NewMode:
    """How unnamed writing should be. Whatever is not said to be accountable is sealed."""
    mode = AnonMode.ACCOUNTABLE if form.text("mode") == "accountable" else AnonMode.SEALED
    return NewMode(int(mode), _words(form))


def read_learning(form: Form) -> NewLearning:
    """A reason, and the proposal of the other where there is one. What names none is never the first of two."""
    shown = form.text("proposal")
    return NewLearning(_words(form), read_id(shown, _ID_SIZE) if shown else b"")


def read_appeal(form: Form) -> str:
    """What somebody says to a decision."""
    return _words(form)


def read_answer(form: Form) -> NewAnswer:
    """An answer to an objection. Neither is chosen beforehand."""
    chosen = form.choice("act", ["stands", "reverse"])
    return NewAnswer(chosen == "reverse" if chosen else None, _words(form))


def read_role(form: Form) -> NewRole:
    """A role to be given, or to be ended for the persona of that name. What names none is the care team."""
    return NewRole(
        role=form.choice("role", [CARE, HOST, TRUSTED], CARE),
        ends=form.text("wish") == "end",
        words=_words(form),
        name=harmless(form.text("name")),
        renews=form.text("wish") == "renew",
        days=form.number("term", usual=USUAL_TERM, least=0, most=9999),
    )


def read_closing(form: Form, agreed: list[str]) -> NewClosing:
    """Closing the whole house to somebody; the first agreement is 1 in the form, and 0 cites none."""
    chosen, shown = form.number("agreement", usual=0, least=0, most=999), form.text("proposal")
    return NewClosing(
        words=_words(form),
        days=form.number("days", usual=0, least=0, most=9999),
        agreement=agreed[chosen - 1] if 0 < chosen <= len(agreed) else "",
        agreement_gone=chosen > len(agreed),
        proposal=read_id(shown, _ID_SIZE) if shown else b"",
    )


def read_wave(form: Form, agreed: list[str]) -> NewWave:
    """What of a wave stayed ticked, and why it is hidden; the first agreement is 1 in the form, and 0 cites none."""
    chosen = form.number("agreement", usual=0, least=0, most=999)
    return NewWave(
        sign=Sign.LINKS if form.text("by") == Sign.LINKS else Sign.WORDS,
        picked=frozenset(filter(None, (_chosen(shown, POST_ID_SIZE) for shown in ticked(form)))),
        words=_words(form),
        agreement=agreed[chosen - 1] if 0 < chosen <= len(agreed) else "",
        agreement_gone=chosen > len(agreed),
        submission=form.submission,
    )


def read_duty(form: Form) -> Duty:
    """How desks should be for her. Hours that the house's clock does not show are refused."""
    days = sum(1 << day for day in range(7) if form.flag(f"day_{day}"))
    known = [str(hour) for hour in range(24)]
    begins, ends = form.choice("begins", known), form.choice("ends", known)
    wrong = {name: "duty.hour_unknown" for name, hour in (("begins", begins), ("ends", ends)) if not hour}
    if days and wrong:
        raise Invalid(wrong)
    hours = (days, int(begins), int(ends)) if days else (0, 0, 0)
    duty = Duty(form.flag("plain"), form.flag("no_keys"), *hours)
    rules.check_duty(duty)
    return duty


def read_rest(form: Form) -> int:
    """For how many hours she rests; 0 ends it."""
    typed = form.text("hours")
    return rules.check_rest(int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else None)


def read_aside(form: Form) -> NewAside:
    """A note among carers."""
    return NewAside(
        words=harmless(form.text("note")),
        second=form.flag("second"),
        shared=form.flag("shared"),
        submission=form.submission,
    )


def read_why(form: Form) -> str:
    """The line that goes with a case to somebody else."""
    return harmless(form.text("why"))


def number(typed: str) -> int:
    """The number of a post in an address; whatever is none means none."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 8 else 0


def place(typed: str) -> int:
    """The same, and that of a translation, which stands below nought."""
    return -number(typed[1:]) if typed.startswith("-") else number(typed)


def _words(form: Form) -> str:
    """A reason, without what turns or hides its neighbours where others read it."""
    return harmless(form.text("words"))

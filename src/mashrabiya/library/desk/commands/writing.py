"""Writing a draft, dropping it, putting it out; and what becomes of the guide then."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer, LargeBinary, Text, bindparam, delete, update

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Conflict, Invalid, NotFound, Refused
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.library.desk import queries, rules
from mashrabiya.library.desk.commands.hands import forget_hands, mark_hand, settle
from mashrabiya.library.desk.tables import DESK_HAND
from mashrabiya.library.desk.types import WROTE, Line, Typed, Volume, other
from mashrabiya.library.guides import commands as guides
from mashrabiya.library.guides import queries as guide_queries
from mashrabiya.library.guides import reading
from mashrabiya.library.guides.tables import GUIDE_EDITION
from mashrabiya.library.guides.types import EditionState, Role
from mashrabiya.platform import audit
from mashrabiya.platform.db import Statement, Write

MEANWHILE = "library.desk.meanwhile"
_WHICH = (
    GUIDE_EDITION.c.guide == bindparam("guide", type_=LargeBinary),
    GUIDE_EDITION.c.lang == bindparam("which_lang", type_=Text),
    GUIDE_EDITION.c.n == bindparam("which_n", type_=Integer),
)


def _set(*names: str) -> Statement[Any]:
    values = {name: bindparam(f"new_{name}", type_=GUIDE_EDITION.c[name].type) for name in names}
    return Statement(update(GUIDE_EDITION).where(*_WHICH).values(values))


_REWRITE = _set("title", "lead", "text", "day", "role", "of_lang", "of_n")
_TAKE_UP = _set("role", "day")
_AGREE = _set("of_lang", "of_n")
_DROP: Statement[Any] = Statement(delete(GUIDE_EDITION).where(*_WHICH))


def save_draft(uow: Write, viewer: Viewer, shown: str, typed: Typed) -> None:
    """Keep what was typed as the draft of that language, right or not. The same sent twice is kept once."""
    desk = queries.get_desk(uow, viewer)
    rules.may_write(desk).or_raise()
    volume, lang = queries.get_volume(uow, shown), typed.lang
    wrong = rules.wrong_text(typed.text)
    if wrong:
        raise Invalid(wrong)
    stands = queries.find_edition(uow, volume.now(lang))
    if stands is not None and stands.text == typed.text:
        return
    if rules.print_of(stands) != typed.seen:
        raise Conflict(MEANWHILE)
    role = Role.EDITOR if desk.has(Role.EDITOR) else Role.TRANSLATOR
    n = _keep(uow, volume, typed, role)
    forget_hands(uow, volume.guide.id, lang, n)
    mark_hand(uow, viewer, (volume.guide.id, lang, n), WROTE)
    if volume.draft(lang) is None:
        audit.record(uow, "desk:written", role="desk", thing=volume.guide.id, rule=lang)


def drop_draft(uow: Write, viewer: Viewer, shown: str, lang: str) -> None:
    """The draft is gone; what readers read stays. Twice is once."""
    rules.may_write(queries.get_desk(uow, viewer)).or_raise()
    volume = queries.get_volume(uow, shown)
    if draft := volume.draft(lang):
        _drop(uow, draft)
        audit.record(uow, "desk:dropped", role="desk", thing=volume.guide.id, rule=lang)


def put_out(uow: Write, viewer: Viewer, shown: str, typed: Typed, *, agrees: bool) -> None:
    """Let readers read the draft. ``agrees``: the other language says the same; else it has to follow."""
    rules.may_put_out(queries.get_desk(uow, viewer)).or_raise()
    volume, lang = queries.get_volume(uow, shown), typed.lang
    draft = volume.draft(lang)
    edition = queries.find_edition(uow, draft)
    if draft is None or edition is None:
        raise Conflict(MEANWHILE)
    if rules.print_of(edition) != typed.seen:
        raise Conflict(MEANWHILE)
    try:
        guides.publish(uow, edition)
    except reading.Unreadable:
        raise Refused("library.desk.not_readable") from None
    if agrees:
        _agree(uow, draft, volume.published(other(lang)))
    read = rules.is_read(volume.guide, volume.hands_of(draft))
    if rules.closes(volume.guide, read=read):
        guides.change_guide(uow, guide_queries.get_guide(uow, volume.guide.id), open=0)
    settle(uow, shown, fresh=True)
    audit.record(uow, "desk:put_out", role="desk", thing=volume.guide.id, rule=lang)


def agree(uow: Write, viewer: Viewer, shown: str, lang: str) -> None:
    """What the other language changed changes nothing here. Twice is once."""
    rules.may_write(queries.get_desk(uow, viewer)).or_raise()
    volume = queries.get_volume(uow, shown)
    own = volume.published(lang)
    if own is None or not volume.lags(lang):
        return
    beside = volume.published(other(lang))
    uow.run(_AGREE, **_key(own), new_of_lang=other(lang), new_of_n=beside.n if beside else 0)
    audit.record(uow, "desk:agreed", role="desk", thing=volume.guide.id, rule=lang)


def take_proposed(uow: Write, viewer: Viewer, shown: str, lang: str) -> None:
    """What a later shelf says becomes the draft, where there is none yet."""
    rules.may_write(queries.get_desk(uow, viewer)).or_raise()
    volume = queries.get_volume(uow, shown)
    proposed = _proposed(volume, lang)
    if volume.draft(lang) is not None:
        raise Refused("library.desk.draft_first")
    uow.run(_TAKE_UP, **_key(proposed), new_role=int(Role.EDITOR), new_day=clock.day())
    audit.record(uow, "desk:taken_up", role="desk", thing=volume.guide.id, rule=lang)


def leave_proposed(uow: Write, viewer: Viewer, shown: str, lang: str) -> None:
    """It is not taken; the next shelf that says something else proposes again."""
    rules.may_put_out(queries.get_desk(uow, viewer)).or_raise()
    volume = queries.get_volume(uow, shown)
    guides.put_aside(uow, queries.get_edition(uow, volume.guide.id, lang, _proposed(volume, lang).n))
    audit.record(uow, "desk:left", role="desk", thing=volume.guide.id, rule=lang)


def _keep(uow: Write, volume: Volume, typed: Typed, role: Role) -> int:
    """Into the draft that there is, or into a new one. Answers its number."""
    lang, draft, beside = typed.lang, volume.draft(typed.lang), volume.published(other(typed.lang))
    title, lead = _named(typed.text, volume.title(lang))
    of_n = min(typed.of_n, beside.n) if beside else 0
    stands = volume.now(lang)
    if not typed.of_n and stands is not None:
        of_n = stands.of_n
    of_lang = other(lang) if of_n else ""
    said = {"title": title, "lead": lead, "text": typed.text, "day": clock.day(), "role": int(role)}
    said |= {"of_lang": of_lang, "of_n": of_n}
    if draft is not None:
        uow.run(_REWRITE, **_key(draft), **{f"new_{name}": value for name, value in said.items()})
        return draft.n
    n = 1 + max((line.n for line in volume.lines if line.lang == lang), default=0)
    state = int(EditionState.DRAFT)
    uow.insert(GUIDE_EDITION, guide=volume.guide.id, lang=lang, n=n, state=state, parts="", **said)
    return n


def _named(text: str, usual: str) -> tuple[str, str]:
    """Title and lead of a text that may not be right yet."""
    try:
        written = reading.read(text)
    except reading.Unreadable:
        first = text.strip().partition("\n")[0].removeprefix("# ").strip()
        return first[: reading.LONGEST_TITLE] or usual, ""
    return written.title, written.lead


def _agree(uow: Write, own: Line, beside: Line | None) -> None:
    if beside is not None:
        uow.run(_AGREE, **_key(own), new_of_lang=beside.lang, new_of_n=beside.n)
        uow.run(_AGREE, **_key(beside), new_of_lang=own.lang, new_of_n=own.n)


def _proposed(volume: Volume, lang: str) -> Line:
    found = volume.proposed(lang)
    if found is None:
        raise NotFound
    return found


def _drop(uow: Write, line: Line) -> None:
    uow.run(_DROP, **_key(line))
    uow.run(_NO_HANDS, guide=line.guide, which_lang=line.lang, which_n=line.n)


_NO_HANDS: Statement[Any] = Statement(
    delete(DESK_HAND).where(
        DESK_HAND.c.guide == bindparam("guide", type_=LargeBinary),
        DESK_HAND.c.lang == bindparam("which_lang", type_=Text),
        DESK_HAND.c.n == bindparam("which_n", type_=Integer),
    )
)


def _key(line: Line) -> dict[str, Any]:
    return {"guide": line.guide, "which_lang": line.lang, "which_n": line.n}

"""Who may do what at the desk, and what follows from who read what. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from mashrabiya.kernel.verdict import ALLOWED, Denied, Verdict
from mashrabiya.kernel.viewer import HOST, Viewer
from mashrabiya.library.desk.types import (
    ANSWER_LIMIT,
    GIVEN,
    MONTHS,
    REASON_LIMIT,
    TERMS,
    TEXT_LIMIT,
    TITLE_LIMIT,
    WROTE,
    Desk,
    Hand,
    Line,
    NewDuty,
    NewGuide,
    Volume,
)
from mashrabiya.library.guides.types import Guide, Kind, Role, State, Topic

NOT_THERE = Denied("error.not_found", hidden=True)
_DAYS_A_MONTH = 30.44
_LEAST = 2


def may_give(viewer: Viewer) -> Verdict:
    """Give roles and take them away: hosts."""
    return ALLOWED if viewer.has(HOST) else NOT_THERE


def wrong_duty(new: NewDuty) -> dict[str, str]:
    """What cannot be given as typed."""
    wrong = {} if new.role in tuple(map(int, GIVEN)) else {"role": "library.desk.wrong_role"}
    return wrong if new.days in TERMS else wrong | {"term": "library.desk.wrong_term"}


def may_enter(desk: Desk) -> Verdict:
    """Find the desk: whoever holds a role, and hosts."""
    return ALLOWED if desk.duties or desk.host else NOT_THERE


def may_write(desk: Desk) -> Verdict:
    """Write a draft: editors and translators."""
    return _as(desk.has(Role.EDITOR) or desk.has(Role.TRANSLATOR), "library.desk.only_writers")


def may_put_out(desk: Desk) -> Verdict:
    """Let readers read it, answer readers, begin a guide: editors."""
    return _as(desk.has(Role.EDITOR), "library.desk.only_editors")


def may_keep(desk: Desk) -> Verdict:
    """Withdraw, bring back, say what a source says: editors and hosts."""
    return _as(desk.has(Role.EDITOR) or desk.host, "library.desk.only_keepers")


def may_read_as(
    desk: Desk, guide: Guide, role: int, *, who: bytes, hands: Iterable[Hand], wrote: bool = False
) -> Verdict:
    """Say that one has read this edition, in that role: nobody who wrote it, nobody twice, no role twice.

    ``wrote``: words of hers stand in it from an earlier one.
    """
    if role not in readers_of(guide) or not desk.has(Role(role)):
        return Denied("library.desk.not_your_role")
    if wrote:
        return Denied("library.desk.you_wrote_before")
    for hand in hands:
        if hand.who == who:
            return Denied("library.desk.you_wrote" if hand.role == WROTE else "library.desk.you_read")
        if hand.role == role:
            return Denied("library.desk.role_read")
    return ALLOWED


def has_written(volume: Volume, line: Line, mark: Callable[[Line], bytes]) -> bool:
    """Whether earlier words of hers may stand in this edition: she wrote in one before it, and since then not all have read.

    ``mark`` makes hers on any edition. What all had read was read by others than her already.
    """
    for one in sorted(volume.lines, key=lambda each: each.n, reverse=True):
        if one.lang != line.lang or one.n >= line.n:
            continue
        hands = volume.hands_of(one)
        if is_read(volume.guide, hands):
            return False
        if any(hand.role == WROTE and hand.who == mark(one) for hand in hands):
            return True
    return False


def readers_of(guide: Guide) -> tuple[Role, ...]:
    """The two roles at least that have to read it; where the shelf names one, an editor is the other."""
    asked = guide.readers
    others = (role for role in (Role.EDITOR, Role.COMMUNITY) if role not in asked)
    return (*asked, *(role for role, _ in zip(others, range(len(asked), _LEAST), strict=False)))


def is_read(guide: Guide, hands: Iterable[Hand]) -> bool:
    """Whether every role that it asks for has read an edition: each another person, none who wrote it."""
    hands = list(hands)
    wrote = {hand.who for hand in hands if hand.role == WROTE}
    by_role = {hand.role: hand.who for hand in hands if hand.role != WROTE and hand.who not in wrote}
    wanted = readers_of(guide)
    return all(role in by_role for role in wanted) and len({by_role[role] for role in wanted}) == len(wanted)


def state_after(guide: Guide, shown: Mapping[str, Iterable[Hand]]) -> State:
    """What a guide is that shows these editions, by language, with the hands each went through."""
    if guide.now == State.WITHDRAWN or not shown:
        return State.DRAFT if not shown else guide.now
    return State.REVIEWED if all(is_read(guide, hands) for hands in shown.values()) else State.FIRST


def read_on(guide: Guide, shown: Iterable[Iterable[Hand]]) -> int:
    """The day since which all of it counts as read: of each edition the last reading, of all editions the earliest."""
    wanted = readers_of(guide)
    return min(max(hand.day for hand in hands if hand.role in wanted) for hands in shown)


def closes(guide: Guide, *, read: bool) -> bool:
    """Whether putting this out closes the guide until a host has read it: medical and legal words that two did not read."""
    return guide.sort is not Kind.PLAIN and not read


def next_day(guide: Guide, today: int) -> int:
    """The day on which it is read again."""
    return today + round(guide.months * _DAYS_A_MONTH)


def wrong_guide(new: NewGuide) -> dict[str, str]:
    """What is missing of a guide before it is begun: two roles read it, at least."""
    wrong = {} if new.title else {"title": "library.desk.title_missing"}
    if len(new.title) > TITLE_LIMIT or "\n" in new.title:
        wrong["title"] = "library.desk.title_long"
    if new.topic not in tuple(map(int, Topic)):
        wrong["topic"] = "library.desk.topic_missing"
    if new.kind not in tuple(map(int, Kind)) or new.months not in MONTHS:
        wrong["months"] = "library.desk.months_missing"
    if len(new.readers) < _LEAST:
        wrong["readers"] = "library.desk.readers_missing"
    return wrong


def wrong_text(text: str) -> dict[str, str]:
    """What keeps a text from being kept at all, right or not."""
    if not text.strip():
        return {"text": "error.empty"}
    return {"text": "library.desk.too_long"} if len(text) > TEXT_LIMIT else {}


def wrong_reason(ar: str, en: str) -> dict[str, str]:
    """What is missing of why a guide is withdrawn: one language is enough."""
    if not (ar or en):
        return {"reason_ar": "library.desk.reason_missing"}
    named = {"reason_ar": ar, "reason_en": en}
    return {name: "library.desk.reason_long" for name, text in named.items() if len(text) > REASON_LIMIT}


def wrong_answer(text: str) -> dict[str, str]:
    """What is wrong with an answer to a reader's word."""
    if not text:
        return {"answer": "error.empty"}
    return {"answer": "library.desk.answer_long"} if len(text) > ANSWER_LIMIT else {}


def _as(allowed: bool, why: str) -> Verdict:
    return ALLOWED if allowed else Denied(why)

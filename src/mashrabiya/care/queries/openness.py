"""Counting what was decided, and reading what was counted. Nobody is in it."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from sqlalchemy import Integer, LargeBinary, bindparam, func, select

from mashrabiya.care import rules
from mashrabiya.care.queries.parts import constant
from mashrabiya.care.tables import APPEAL, DECISION, TALLY
from mashrabiya.care.types import AS_RULE, AS_TWO, Act, AppealState
from mashrabiya.care.types.openness import ACTS, BY_TWO, MONTHS, WEEKS, Month, Sum, Week, Weeks
from mashrabiya.communities.entering.queries import counts as ways_counts
from mashrabiya.platform import audit
from mashrabiya.platform.db import Read, Statement
from mashrabiya.safety.tables import REPORT
from mashrabiya.safety.types import Reason

NEWEST = (1 << 31) - 1
# What the house does by itself is counted apart, and that somebody looked then is no decision undone.
_UNDECIDED = {AS_TWO: "at_once", AS_RULE: rules.BY_RULE}
_SINCE = bindparam("since", type_=Integer)
_DECIDED: Statement[None] = Statement(
    select(
        DECISION.c.cid, DECISION.c.day, DECISION.c.act, DECISION.c.role, DECISION.c.agreement, func.count()
    )
    .where(DECISION.c.day >= _SINCE)
    .group_by(DECISION.c.cid, DECISION.c.day, DECISION.c.act, DECISION.c.role, DECISION.c.agreement)
)
_UNDONE: Statement[None] = Statement(
    select(DECISION.c.cid, DECISION.c.undone_day, DECISION.c.act, DECISION.c.role, func.count())
    .where(DECISION.c.undone_day >= _SINCE)
    .group_by(DECISION.c.cid, DECISION.c.undone_day, DECISION.c.act, DECISION.c.role)
)
_ANSWERED: Statement[None] = Statement(
    select(DECISION.c.cid, APPEAL.c.answered_day, APPEAL.c.state, func.count())
    .select_from(APPEAL.join(DECISION, DECISION.c.id == APPEAL.c.decision))
    .where(APPEAL.c.answered_day >= _SINCE)
    .group_by(DECISION.c.cid, APPEAL.c.answered_day, APPEAL.c.state)
)
# Whoever wishes that carers know has reported nothing.
_REPORTED = REPORT.c.reason.not_in([constant(one) for one in Reason if one.is_call])
_RECEIVED: Statement[None] = Statement(
    select(REPORT.c.day, func.count()).where(REPORT.c.day >= _SINCE, _REPORTED).group_by(REPORT.c.day)
)
_CLOSED: Statement[None] = Statement(
    select(REPORT.c.day, DECISION.c.day)
    .select_from(REPORT.join(DECISION, DECISION.c.id == REPORT.c.decision))
    .where(DECISION.c.day >= _SINCE, _REPORTED)
)
_OBJECTED: Statement[None] = Statement(select(APPEAL.c.day, APPEAL.c.answered_day))
_SUMS = tuple(TALLY.c[name] for name in Sum.__struct_fields__)
_CID = bindparam("cid", type_=LargeBinary)
_TOLD = (
    select(TALLY.c.span)
    .where(TALLY.c.cid == _CID, TALLY.c.span < bindparam("before", type_=Integer))
    .group_by(TALLY.c.span)
    .order_by(TALLY.c.span.desc())
    .limit(constant(WEEKS + 1))
    .subquery("told")
)
_OF_HOUSE = Statement(
    select(*_SUMS).where(TALLY.c.cid == _CID, TALLY.c.span >= bindparam("first", type_=Integer)), into=Sum
)
_LOG = Statement(
    select(*_SUMS).join(_TOLD, _TOLD.c.span == TALLY.c.span).where(TALLY.c.cid == _CID), into=Sum
)


def weekly(db: Read, since: int, until: int) -> list[Sum]:
    """What communities did in whole weeks, from ``since`` to ``until``, as their logs tell it."""
    found: Counter[tuple[bytes, int, str, str]] = Counter()
    for cid, day, act, role, agreement, count in db.tuples(_DECIDED, since=rules.first_day(since)):
        found[cid or b"", rules.week_of(day), rules.told(Act(act), role), agreement] += count
    for cid, day, act, role, count in db.tuples(_UNDONE, since=rules.first_day(since)):
        what = rules.told(Act(act), role)
        found[cid or b"", rules.week_of(day), what and rules.BACK + what, ""] += count
    for cid, day, state, count in db.tuples(_ANSWERED, since=rules.first_day(since)):
        what = rules.REVERSED if state == AppealState.REVERSED else rules.STANDS
        found[cid or b"", rules.week_of(day), what, ""] += count
    for cid, day, what, many in ways_counts(db, rules.first_day(since)):
        found[cid, rules.week_of(day), what, ""] += many
    return [
        Sum(bytes(cid), week, what, agreement, rules.counted(count), rules.first_day(week))
        for (cid, week, what, agreement), count in found.items()
        if cid and what and week <= until
    ]


def place_log(db: Read, cid: bytes, agreed: list[str], *, before: int = NEWEST) -> Weeks:
    """A page of a community's log. Ask only after finding the community, as somebody who may read it."""
    sums = rules.in_order(db.all(_LOG, cid=cid, before=before))
    weeks = [
        Week(span_day, [rules.line(one, agreed) for one in group])
        for span_day, group in groupby(sums, key=lambda one: one.day)
    ]
    if len(weeks) <= WEEKS:
        return Weeks(weeks)
    return Weeks(weeks[:WEEKS], str(rules.week_of(weeks[WEEKS - 1].day)))


def monthly(db: Read, since: int, until: int) -> list[Sum]:
    """What the whole house did in whole months, from ``since`` to ``until``, rounded as it is told."""
    first = rules.first_of(since)
    found = _of_reports(db, first) + _of_decisions(db, first) + _of_objections(db, since, until)
    for action, day, count in audit.counts(db, first):
        what = _by_two(action)
        if what:
            found[rules.month_of(day), what] += count
    sums = {key: rules.rounded(count) for key, count in found.items()} | _speeds(db, first)
    return [
        Sum(b"", month, what, "", shown, rules.first_of(month))
        for (month, what), shown in sums.items()
        if month <= until
    ]


_Found = Counter[tuple[int, str]]


def _of_reports(db: Read, first: int) -> _Found:
    found: _Found = Counter()
    for day, count in db.tuples(_RECEIVED, since=first):
        found[rules.month_of(day), "received"] += count
    found.update((rules.month_of(day), "decided") for _, day in db.tuples(_CLOSED, since=first))
    return found


def _speeds(db: Read, first: int) -> dict[tuple[int, str], int]:
    waited: dict[int, list[int]] = {}
    for reported, day in db.tuples(_CLOSED, since=first):
        waited.setdefault(rules.month_of(day), []).append(day - reported)
    return {(month, "speed"): rules.speed(days) for month, days in waited.items()}


def _of_decisions(db: Read, first: int) -> _Found:
    found: _Found = Counter()
    for _, day, act, role, _, count in db.tuples(_DECIDED, since=first):
        if Act(act).is_second:
            # A move is one act, whatever two communities say of it.
            continue
        what = _UNDECIDED.get(role) or ("in_place" if Act(act).in_place else Act(act).name.lower())
        if what in {*ACTS, *_UNDECIDED.values()}:
            found[rules.month_of(day), what] += count
    for _, day, act, role, count in db.tuples(_UNDONE, since=first):
        if role not in _UNDECIDED and not Act(act).is_second:
            found[rules.month_of(day), "undone"] += count
    return found


def _of_objections(db: Read, since: int, until: int) -> _Found:
    found: _Found = Counter()
    for _, day, state, count in db.tuples(_ANSWERED, since=rules.first_of(since)):
        what = rules.REVERSED if state == AppealState.REVERSED else rules.STANDS
        found[rules.month_of(day), what] += count
    for day, answered in db.tuples(_OBJECTED):
        made = rules.month_of(day)
        if made >= since:
            found[made, "objected"] += 1
        # It waited at the end of each month before the one in which it was answered.
        last = until if answered is None else rules.month_of(answered) - 1
        found.update((month, "waiting") for month in range(max(made, since), last + 1))
    return found


def _by_two(action: str) -> str:
    """What an entry of the log of acts counts as, where it counts here."""
    kind, _, act = action.partition(":")
    if kind == "precept":
        return kind
    what = act if kind == "decision" else f"{kind}_{act}"
    return what if what in BY_TWO else ""


def months(db: Read, last: int) -> list[Month]:
    """The months of the house that are told, newest first, up to ``last``; none before the first there is."""
    sums: dict[int, dict[str, int]] = {}
    for one in db.all(_OF_HOUSE, cid=b"", first=last - MONTHS + 1):
        sums.setdefault(one.span, {})[one.what] = one.shown
    first = min(sums, default=last + 1)
    return [Month(rules.first_of(month), sums.get(month, {})) for month in range(last, first - 1, -1)]

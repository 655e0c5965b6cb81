"""Reckoning trust, in the session of the person it is about. Nothing here is for anybody else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from hmac import compare_digest
from typing import Any

from msgspec import structs
from sqlalchemy import ColumnElement, Integer, LargeBinary, bindparam, cast, func, literal, select, union_all

from mashrabiya.kernel import clock
from mashrabiya.kernel.keys import SLOTS, framed, mac_framed
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.sealed.persona import open_flags
from mashrabiya.people.tables import PERSONA
from mashrabiya.people.types import Grant
from mashrabiya.platform.crypto import Unopenable
from mashrabiya.platform.db import Read, Statement, sibling_values, sixteen
from mashrabiya.safety.trust import rules
from mashrabiya.safety.trust.tables import ANON_CREDIT, PULLED, TRUST_DAY, TRUST_MEASURE, TRUST_VOTE, VOUCHER
from mashrabiya.safety.trust.types import (
    FADE_DAYS,
    KNOWN_DAYS,
    KNOWN_SPAN,
    TRIED,
    Help,
    Level,
    Measure,
    Presence,
    Pulled,
    Standing,
)

MEASURE = "house"
VOUCH = b"vouch"
_VOTES, _DAYS, _TAKES, _VOUCHERS = 0, 1, 2, 3
_SINCE = bindparam("since", type_=Integer)
_QUARTER = bindparam("quarter", type_=Integer)
_SIBLINGS = sixteen("sibling")
_NONE = cast(literal(b""), LargeBinary)


def _number(value: int) -> ColumnElement[int]:
    return literal(value, Integer)


def _days_of(targets: Any) -> Any:
    return select(_number(_DAYS), TRUST_DAY.c.target, TRUST_DAY.c.day, _number(0), TRUST_DAY.c.cid).where(
        TRUST_DAY.c.target.in_(targets), TRUST_DAY.c.day > _SINCE
    )


# For all her names in one question: votes by branch, days with their communities, who vouches, and what it takes.
_EVIDENCE: Statement[Any] = Statement(
    union_all(
        select(_number(_VOTES), TRUST_VOTE.c.target, TRUST_VOTE.c.branch, func.count(), _NONE)
        .where(TRUST_VOTE.c.target.in_(_SIBLINGS), TRUST_VOTE.c.week > _SINCE)
        .group_by(TRUST_VOTE.c.target, TRUST_VOTE.c.branch),
        _days_of(_SIBLINGS),
        select(_number(_VOUCHERS), VOUCHER.c.target, _number(0), func.count(), _NONE)
        .where(VOUCHER.c.target.in_(_SIBLINGS), VOUCHER.c.until_q > _QUARTER)
        .group_by(VOUCHER.c.target),
        select(_number(_TAKES), _NONE, TRUST_MEASURE.c.people, TRUST_MEASURE.c.places, _NONE),
    )
)
_CREDITS: Statement[Any] = Statement(
    select(ANON_CREDIT.c.home_tid, ANON_CREDIT.c.tok, ANON_CREDIT.c.branch, func.count())
    .where(ANON_CREDIT.c.week > _SINCE)
    .group_by(ANON_CREDIT.c.home_tid, ANON_CREDIT.c.tok, ANON_CREDIT.c.branch)
    .limit(TRIED)
)
_DAYS_OF_VOICES: Statement[Any] = Statement(_days_of(_SIBLINGS))
_STANDS = VOUCHER.c.until_q > _QUARTER
_VOUCHED_FOR: Statement[Any] = Statement(
    select(VOUCHER.c.vnull).where(
        VOUCHER.c.target == bindparam("of_target", type_=LargeBinary),
        VOUCHER.c.vnull == bindparam("mine", type_=LargeBinary),
        _STANDS,
    )
)
_ALL_VOUCHERS: Statement[Any] = Statement(
    select(VOUCHER.c.target, VOUCHER.c.vnull).where(_STANDS).limit(TRIED)
)
_PULLED = Statement(
    select(*(PULLED.c[name] for name in Pulled.__struct_fields__))
    .where(PULLED.c.until_day >= bindparam("today", type_=Integer))
    .order_by(PULLED.c.until_day.desc(), PULLED.c.id)
    .limit(literal(20, Integer)),
    into=Pulled,
)
_FLAGS: Statement[Any] = Statement(select(PERSONA.c.id, PERSONA.c.flags))
_ALL_VOTES: Statement[Any] = Statement(
    select(TRUST_VOTE.c.target, TRUST_VOTE.c.branch, func.count())
    .where(TRUST_VOTE.c.week > _SINCE)
    .group_by(TRUST_VOTE.c.target, TRUST_VOTE.c.branch)
)
_ALL_DAYS: Statement[Any] = Statement(
    select(
        TRUST_DAY.c.target,
        func.count(TRUST_DAY.c.day.distinct()),
        func.count(TRUST_DAY.c.cid.distinct()),
        func.min(TRUST_DAY.c.day),
    )
    .where(TRUST_DAY.c.day > _SINCE)
    .group_by(TRUST_DAY.c.target)
)
_LIVELY: Statement[Any] = Statement(
    select(TRUST_DAY.c.cid)
    .where(TRUST_DAY.c.day > _SINCE)
    .group_by(TRUST_DAY.c.cid)
    .having(func.count(TRUST_DAY.c.day.distinct()) >= KNOWN_DAYS)
    .limit(2)
)


class _Found:
    """Votes and days of one who was helpful, as the rows bring them."""

    def __init__(self) -> None:
        self.votes: dict[int, int] = defaultdict(int)
        self.days: set[tuple[int, bytes]] = set()
        self.vouchers = 0

    def help(self) -> Help:
        days = {day for day, _cid in self.days}
        return Help(
            people=rules.counted(self.votes),
            days=len(days),
            places=len({cid for _day, cid in self.days}),
            span=clock.day() - min(days) if days else 0,
        )


def is_established(db: Read, viewer: Viewer) -> bool:
    """Whether the person is established, by any of her names or by what she wrote under none.

    Asked in her own session. Whoever counts what she says of others asks this first.
    """
    if not viewer.is_member:
        return False
    if rules.is_named_trusted(viewer):
        return True
    return standing_of(db, viewer).best >= Level.KNOWN


def standing_of(db: Read, viewer: Viewer, here: Mapping[bytes, Presence] | None = None) -> Standing:
    """How she stands, with the days on which her personas were here, as content knows them.

    Unnamed help is looked for only where her names do not make her established already.
    """
    standing, measure = _by_name(db, viewer, here or {})
    if standing.best >= Level.KNOWN:
        return standing
    unnamed = rules.level_of(_unnamed_help(db, viewer), Presence(), measure)
    return structs.replace(standing, best=max(standing.best, unnamed))


def standing_by_name(db: Read, viewer: Viewer) -> Standing:
    """How each of her names stands: all that decides what others could see of it. One statement."""
    return _by_name(db, viewer, {})[0]


def _by_name(db: Read, viewer: Viewer, here: Mapping[bytes, Presence]) -> tuple[Standing, Measure]:
    found, measure = _evidence(db, viewer)
    names = [
        rules.level_of(found[pid].help(), here.get(pid, Presence()), measure, vouchers=found[pid].vouchers)
        for pid in viewer.siblings
    ]
    vouched = frozenset(slot for slot, pid in enumerate(viewer.siblings) if found[pid].vouchers)
    if rules.is_named_trusted(viewer):
        return Standing(Level.TRUSTED, _with_roles(viewer, names), vouched), measure
    return Standing(max(names, default=Level.NEW), tuple(names), vouched), measure


def _with_roles(viewer: Viewer, names: list[Level]) -> tuple[Level, ...]:
    """The persona that was named is trusted to be seen so; her others stay what they are."""
    if not viewer.roles.isdisjoint(rules.NAMED):
        names[viewer.slot] = Level.TRUSTED
    return tuple(names)


def _evidence(db: Read, viewer: Viewer) -> tuple[dict[bytes, _Found], Measure]:
    found: dict[bytes, _Found] = defaultdict(_Found)
    measure = Measure()
    for what, target, number, many, cid in db.tuples(
        _EVIDENCE, since=_since(), quarter=clock.quarter(), **sibling_values(viewer.siblings)
    ):
        if what == _TAKES:
            measure = Measure(number, many)
        elif what == _VOTES:
            found[bytes(target)].votes[number] += many
        elif what == _VOUCHERS:
            found[bytes(target)].vouchers = many
        else:
            found[bytes(target)].days.add((number, bytes(cid)))
    return found, measure


def _unnamed_help(db: Read, viewer: Viewer) -> Help:
    """What she wrote without a name, as far as it helped.

    Nobody can tell whether two marks on two of her unnamed voices are one person's, so people
    are those of the voice that helped most. Days and places may be told together: they say
    nothing of anybody.
    """
    voices = _own_voices(db, viewer)
    if not voices:
        return Help()
    many = {tok: rules.counted(found.votes) for tok, found in voices.items()}
    best = sorted(many, key=lambda tok: many[tok], reverse=True)[:SLOTS]
    whole = _Found()
    for _what, _tok, day, _zero, cid in db.tuples(
        _DAYS_OF_VOICES, since=_since(), **sibling_values([*best, *[b""] * (SLOTS - len(best))])
    ):
        whole.days.add((day, bytes(cid)))
    whole.votes = voices[best[0]].votes
    return whole.help()


def _own_voices(db: Read, viewer: Viewer) -> dict[bytes, _Found]:
    """Her own among all unnamed voices that helped somebody, by trial: nobody else could pick them out."""
    assert viewer.work is not None
    key = viewer.work.token_key()
    own: dict[bytes, _Found] = defaultdict(_Found)
    for home_tid, tok, branch, many in db.tuples(_CREDITS, since=_since()):
        if compare_digest(mac_framed(key, framed(bytes(home_tid)))[:16], bytes(tok)):
            own[bytes(tok)].votes[branch] += many
    return own


def vouches_for(db: Read, viewer: Viewer, target: bytes) -> bool:
    """Whether the person vouches for that persona, under whichever name she did."""
    if viewer.work is None:
        return False
    mine = viewer.work.nullifier(VOUCH, target)
    return db.scalar(_VOUCHED_FOR, of_target=target, mine=mine, quarter=clock.quarter()) is not None


def own_vouchers(db: Read, viewer: Viewer) -> set[bytes]:
    """Whom she vouches for: hers among all there are, by trial. Nobody else could pick them out."""
    if viewer.work is None:
        return set()
    rows = [
        (bytes(target), bytes(vnull)) for target, vnull in db.tuples(_ALL_VOUCHERS, quarter=clock.quarter())
    ]
    return {target for target, vnull in rows if compare_digest(viewer.work.nullifier(VOUCH, target), vnull)}


def pulled(db: Read, viewer: Viewer) -> list[Pulled]:
    """For the care team: for whom somebody vouches no more. Of her own names nobody is told here."""
    return [one for one in db.all(_PULLED, today=clock.day()) if one.target not in viewer.siblings]


def measure_now(db: Read, field_key: bytes) -> Measure:
    """What it takes in this house, from all its votes and those who were named. For the house itself."""
    votes: dict[bytes, dict[int, int]] = defaultdict(dict)
    for target, branch, many in db.tuples(_ALL_VOTES, since=_since()):
        votes[bytes(target)][branch] = many
    places = max(1, len(db.tuples(_LIVELY, since=_since())))
    long_enough = {
        bytes(target)
        for target, days, in_places, first in db.tuples(_ALL_DAYS, since=_since())
        if days >= KNOWN_DAYS and in_places >= places and clock.day() - first >= KNOWN_SPAN
    }
    named = frozenset(_named(db.tuples(_FLAGS), field_key))
    helped_by = [rules.counted(votes[pid]) for pid in votes.keys() & long_enough - named]
    return Measure(rules.needed(helped_by, len(named)), places)


def _named(rows: Iterable[Any], field_key: bytes) -> Iterable[bytes]:
    for pid, flags in rows:
        try:
            if open_flags(field_key, bytes(flags), bytes(pid)).grant != Grant.NONE:
                yield bytes(pid)
        except Unopenable:
            # Sealed under a key the house no longer has: nobody was named by it.
            continue


def _since() -> int:
    return clock.day() - FADE_DAYS

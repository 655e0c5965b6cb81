"""What was reported, a thing at a time: the most urgent first, then what waits longest."""

from __future__ import annotations

from typing import Any

from sqlalchemy import LargeBinary, Select, and_, bindparam, case, func, not_, select

from mashrabiya.care import rules
from mashrabiya.care.queries.among import WIDTH, beside_claims, read_standing, standing
from mashrabiya.care.queries.parts import NO, YES, any_name_runs, constant, may_decide, runs, who
from mashrabiya.care.queries.written import with_words
from mashrabiya.care.types import PAGE, Case, Place
from mashrabiya.care.types.stories import JudgedStory
from mashrabiya.communities import queries as communities
from mashrabiya.communities import rules as community_rules
from mashrabiya.communities.tables import COMMUNITY
from mashrabiya.communities.types import PlaceState, Power
from mashrabiya.discussions import queries as discussions
from mashrabiya.discussions.queries.moderation import JUDGED
from mashrabiya.discussions.tables import POST, THREAD
from mashrabiya.discussions.types import Judged
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.viewer import CARE, Viewer
from mashrabiya.library.stories.queries import STORY_COLUMNS, TELLER
from mashrabiya.library.stories.tables import STORY
from mashrabiya.library.stories.types import Row
from mashrabiya.people.queries import is_present
from mashrabiya.people.tables import PERSONA
from mashrabiya.platform.db import Read, Statement
from mashrabiya.safety.rules import GENTLE
from mashrabiya.safety.tables import REPORT
from mashrabiya.safety.types import Reason, ReportState, Thing

_CID = bindparam("cid", type_=LargeBinary)
_ABOUT = COMMUNITY.alias("about")
_REPORTED = PERSONA.alias("reported")
_LIKE = REPORT.alias("like_it")
_CALL = REPORT.alias("call")
_CALLS = [constant(one) for one in Reason if one.is_call]
_OPEN = REPORT.c.state == constant(ReportState.OPEN)
# Whoever runs a place does not judge what is said of it.
_NOT_OWN_PLACE = not_(and_(REPORT.c.kind == constant(Thing.COMMUNITY), any_name_runs(REPORT.c.object)))
_PLACE = (
    COMMUNITY.c.id,
    COMMUNITY.c.name,
    COMMUNITY.c.seed,
    COMMUNITY.c.language,
    COMMUNITY.c.agreements,
)


def _cases(where: Any, *, most: int) -> Statement[Case]:
    together = (REPORT.c.kind, REPORT.c.object)
    ranked = (
        select(
            REPORT.c.id,
            REPORT.c.kind,
            REPORT.c.object,
            REPORT.c.cid,
            REPORT.c.state,
            func.first_value(REPORT.c.reason)
            .over(partition_by=together, order_by=(REPORT.c.urgency, REPORT.c.day, REPORT.c.id))
            .label("reason"),
            # Who wishes that carers know has reported nothing.
            func.sum(case((REPORT.c.reason.in_(_CALLS), NO), else_=YES))
            .over(partition_by=together)
            .label("people"),
            func.max(_weight()).over(partition_by=together).label("other"),
            func.min(REPORT.c.day).over(partition_by=together).label("since"),
            REPORT.c.urgency,
            func.row_number()
            .over(partition_by=together, order_by=(REPORT.c.state, REPORT.c.stands_for.desc(), REPORT.c.id))
            .label("place"),
        )
        .where(where, _NOT_OWN_PLACE)
        .subquery("ranked")
    )
    one_each = ranked.c.place == YES
    found = _shown(ranked).where(one_each)
    order = (ranked.c.urgency, ranked.c.since, ranked.c.id)
    return Statement(found.order_by(*order).limit(constant(most)), into=_case)


def _weight() -> Any:
    """2 where something else than danger to oneself waits there, 1 where it was said before. A rule says nothing."""
    gentle = REPORT.c.reason.in_([constant(one) for one in Reason if one in GENTLE or one.is_rule])
    return case((gentle, NO), (_OPEN, constant(2)), else_=YES)


def _waiting(*where: Any) -> Statement[Case]:
    """By the one report of each thing that stands for all: the index has them in the order asked for."""
    most_urgent = (
        select(_LIKE.c.reason)
        .where(
            _LIKE.c.kind == REPORT.c.kind,
            _LIKE.c.object == REPORT.c.object,
            _LIKE.c.state == constant(ReportState.OPEN),
        )
        .order_by(_LIKE.c.urgency, _LIKE.c.day, _LIKE.c.id)
        .limit(YES)
        .scalar_subquery()
        .label("reason")
    )
    order = (REPORT.c.urgency, REPORT.c.since, REPORT.c.id)
    same = (_CALL.c.kind == REPORT.c.kind, _CALL.c.object == REPORT.c.object, _CALL.c.reason.in_(_CALLS))
    calls = select(func.count()).where(*same, _CALL.c.state == constant(ReportState.OPEN)).scalar_subquery()
    first = (
        select(
            *(REPORT.c[name] for name in ("id", "kind", "object", "cid", "state", "urgency", "since")),
            most_urgent,
            (REPORT.c.stands_for - calls).label("people"),
            # Only the page of a case asks what else was said.
            constant(2).label("other"),
        )
        .where(_OPEN, REPORT.c.stands_for > NO, *where, _NOT_OWN_PLACE)
        .order_by(*order)
        .limit(constant(PAGE + 1))
        .subquery("first")
    )
    found = _shown(first).order_by(first.c.urgency, first.c.since, first.c.id)
    return Statement(found, into=_case)


def _shown(ranked: Any) -> Select[Any]:
    columns = (
        *(ranked.c[name] for name in ("id", "kind", "object", "state", "reason", "people", "since", "other")),
        *_PLACE,
        case((runs(ranked.c.cid), YES), else_=NO),
        # Of a name that is away, the desk learns no more than everybody.
        func.coalesce(case((is_present(_REPORTED), _REPORTED.c.name)), _ABOUT.c.name),
        case((is_present(_REPORTED), _REPORTED.c.pub)),
        *standing(ranked),
        *JUDGED,
        *STORY_COLUMNS,
    )
    joined = (
        with_words(ranked, ranked)
        .outerjoin(TELLER, TELLER.c.id == STORY.c.pid)
        .outerjoin(THREAD, THREAD.c.id == POST.c.tid)
        .outerjoin(PERSONA, PERSONA.c.id == POST.c.pid)
        .outerjoin(COMMUNITY, COMMUNITY.c.id == ranked.c.cid)
        .outerjoin(
            _REPORTED,
            and_(_REPORTED.c.id == ranked.c.object, ranked.c.kind == constant(Thing.PERSONA)),
        )
        .outerjoin(_ABOUT, and_(_ABOUT.c.id == ranked.c.object, ranked.c.kind == constant(Thing.COMMUNITY)))
    )
    return select(*columns).select_from(beside_claims(joined, ranked))


def _case(*row: Any) -> Case:
    rid, kind, thing, state, reason, people, since, other = row[:8]
    place = Place(*row[8:14]) if row[8] is not None else Place()
    name, pub, *rest = row[14:]
    among, post = read_standing(*rest[:WIDTH]), rest[WIDTH:]
    judged = _judged(post)
    known = (rid, Thing(kind), thing, state, Reason(reason), people, since, place)
    gentle = other < (2 if state == ReportState.OPEN else 1) and Reason(reason) in GENTLE
    return Case(*known, name or "", pub or "", judged, *among, gentle=gentle)


def _judged(words: Any) -> Judged | None:
    """A post, or an experience; None where nobody's words were reported, or they are gone."""
    if words[0] is not None:
        return Judged(*words[: len(JUDGED)])
    story = words[len(JUDGED) :]
    return JudgedStory.of(Row(*story)) if story[0] is not None else None


_SAME_THING = REPORT.alias("same_thing")
_ASKED = (
    select(_SAME_THING.c.kind, _SAME_THING.c.object)
    .where(_SAME_THING.c.id == bindparam("case", type_=LargeBinary))
    .subquery("asked")
)
_ALL = _waiting()
_OF = _waiting(REPORT.c.cid == _CID)
_ONE = _cases(
    and_(
        REPORT.c.kind == select(_ASKED.c.kind).scalar_subquery(),
        REPORT.c.object == select(_ASKED.c.object).scalar_subquery(),
        may_decide(REPORT.c.cid),
    ),
    most=1,
)
_WHERE: Statement[None] = Statement(
    select(REPORT.c.cid).where(REPORT.c.id == bindparam("case", type_=LargeBinary))
)
_WAITS: Statement[None] = Statement(
    select(REPORT.c.id)
    .where(
        REPORT.c.object == bindparam("object", type_=LargeBinary),
        REPORT.c.kind == constant(Thing.POST),
        _OPEN,
    )
    .order_by(REPORT.c.day, REPORT.c.id)
    .limit(YES)
)
_DESK = Statement(
    select(*_PLACE, case((runs(COMMUNITY.c.id), YES), else_=NO)).where(
        COMMUNITY.c.id == _CID, COMMUNITY.c.state != constant(PlaceState.CLOSED), may_decide(COMMUNITY.c.id)
    ),
    into=Place,
)


def find_place(db: Read, viewer: Viewer, cid: bytes) -> Place | None:
    """The community, if the viewer may decide there."""
    return db.first(_DESK, cid=cid, **who(viewer))


def get_place(db: Read, viewer: Viewer, cid: bytes) -> Place:
    """The community in which the viewer may decide, or not found; for an empty id the house."""
    if not cid:
        if not viewer.has(CARE):
            raise NotFound
        return Place()
    found = find_place(db, viewer, cid)
    if found is None:
        say_if_over(db, viewer, cid)
        raise NotFound
    return found


def say_if_over(db: Read, viewer: Viewer, cid: bytes) -> None:
    """Whoever cared for a place until not long ago is told so, and has her words back."""
    where = communities.find_community(db, viewer, cid)
    if where is not None and where.might(Power.CASES):
        community_rules.may_care(viewer, where).or_raise()


def queue(db: Read, viewer: Viewer, place: Place) -> tuple[list[Case], bool]:
    """What waits there, and whether there is more; at the house's desk, what waits everywhere."""
    values = {**who(viewer), "hour": clock.hour()}
    found = db.all(_OF, cid=place.id, **values) if place.id else db.all(_ALL, **values)
    return [c for c in found[:PAGE] if rules.may_judge(viewer, c).allowed], len(found) > PAGE


def get_unreported(db: Read, viewer: Viewer, tid: bytes, number: int) -> Case:
    """A post in its thread as something to decide on, or not found: for those who decide there."""
    thread, post = discussions.get_judged(db, viewer, tid, number)
    where = thread.community
    community_rules.may_care(viewer, where).or_raise()
    runs_it = int(viewer.speaks and where.helps)
    place = Place(where.id, where.name, where.seed, where.language, where.agreements, runs_it)
    known = (Thing.POST, post.id, int(ReportState.OPEN), Reason.OTHER)
    found = Case(b"", *known, people=0, since=0, place=place, name="", pub="", post=post)
    rules.may_judge(viewer, found).or_raise()
    return found


def find_report(db: Read, thing: bytes) -> bytes | None:
    """A report of this post that waits, if there is one."""
    found = db.scalar(_WAITS, object=thing)
    return None if found is None else bytes(found)


def get_case(db: Read, viewer: Viewer, report: bytes) -> Case:
    """What that report is about, with all that was said of it, or not found."""
    found = db.first(_ONE, case=report, hour=clock.hour(), **who(viewer))
    if found is None:
        say_if_over(db, viewer, bytes(db.scalar(_WHERE, case=report) or b""))
        raise NotFound
    rules.may_judge(viewer, found).or_raise()
    return found

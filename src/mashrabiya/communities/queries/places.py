"""Reading communities. What a viewer may not know of is not found, and no reason is given."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    LargeBinary,
    Table,
    Text,
    and_,
    bindparam,
    case,
    column,
    exists,
    func,
    literal_column,
    or_,
    select,
    values,
)

from mashrabiya.communities.queries.keys import others_keys
from mashrabiya.communities.queries.terms import lapsed, role_now
from mashrabiya.communities.tables import COMMUNITY, MEMBERSHIP
from mashrabiya.communities.types import (
    FOUND,
    SMALL,
    Audience,
    CommunityCard,
    CommunityFacts,
    PlaceState,
)
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.tables import GUARD
from mashrabiya.platform.db import Read, Statement, sibling_values, sixteen

PID = bindparam("pid", type_=COMMUNITY.c.id.type)
_SIGHT = bindparam("sight", type_=Integer)
_TODAY = bindparam("today", type_=Integer)
TONGUE = bindparam("tongue", type_=Text)
_SIBLINGS = sixteen("sibling")
_SIBLING = (
    values(column("pid", LargeBinary), name="sibling").data([(one,) for one in _SIBLINGS]).cte("sibling")
)
OPEN: ColumnElement[int] = literal_column(str(int(PlaceState.OPEN)))
YES: ColumnElement[int] = literal_column("1")
NO: ColumnElement[int] = literal_column("0")

# The communities that any persona of the person is excluded from: asked once a statement.
SHUT = select(GUARD.c.scope).where(
    GUARD.c.kind == literal_column("'comm'"), GUARD.c.subject.in_(_SIBLINGS), GUARD.c.until_day >= _TODAY
)


def sight(viewer: Viewer) -> dict[str, Any]:
    """Values for every expression below: who is asking, in the database's terms."""
    return {
        "pid": viewer.pid,
        "sight": int(viewer.is_member),
        "today": clock.day(),
        "tongue": viewer.tongue.language,
        **sibling_values(viewer.siblings),
    }


def belongs(cid: ColumnElement[Any]) -> ColumnElement[bool]:
    """The persona in use is a member there."""
    return exists().where(MEMBERSHIP.c.cid == cid, MEMBERSHIP.c.pid == PID)


def kin_belongs(cid: ColumnElement[Any]) -> ColumnElement[bool]:
    """Some persona of the person is a member there."""
    return exists().where(MEMBERSHIP.c.cid == cid, MEMBERSHIP.c.pid.in_(_SIBLINGS))


def kin_reads(cid: ColumnElement[Any]) -> ColumnElement[bool]:
    """Some persona of the person is a member there, and none of them is excluded."""
    return and_(not_excluded(cid), kin_belongs(cid))


def not_excluded(cid: ColumnElement[Any]) -> ColumnElement[bool]:
    """No persona of the person is excluded there: all that is asked where a membership is at hand already."""
    return cid.not_in(SHUT)


def open_to(cid: ColumnElement[Any], *audiences: ColumnElement[Any], door: int) -> Any:
    """Nothing of a community is for the viewer but what is wider than ``door``, or what she is a member of."""
    # ``sight`` is 1 with a session and 0 without, so that a visitor sees PUBLIC alone.
    widest = [audience <= _SIGHT * literal_column(str(int(door))) for audience in audiences]
    return or_(
        and_(*(audience == literal_column("0") for audience in audiences)),
        and_(not_excluded(cid), or_(and_(*widest), belongs(cid))),
    )


def visible(*audiences: ColumnElement[Any], cid: ColumnElement[Any]) -> ColumnElement[bool]:
    """What stands in this community under these audiences may be read by the viewer.

    With several audiences the narrowest holds: pass a thread's own and its
    community's, and no change of the community widens the thread.
    """
    condition: ColumnElement[bool] = open_to(cid, *audiences, door=Audience.SIGNED_IN)
    return condition


LISTED: ColumnElement[bool] = COMMUNITY.c.unlisted_day < _TODAY
"""No decision keeps it out of the lists now."""
# Whoever belongs there finds it as ever.
FINDS = or_(LISTED, belongs(COMMUNITY.c.id))
# A place is called as the reader's language has it, where it has; else as those who founded it said.
_IS_OTHER = and_(COMMUNITY.c.other_tongue == TONGUE, COMMUNITY.c.other_tongue != COMMUNITY.c.language)
NAME = case((_IS_OTHER, COMMUNITY.c.other_name), else_=COMMUNITY.c.name)
_SAYS_OTHER = and_(_IS_OTHER, COMMUNITY.c.other_about != literal_column("''"))
ABOUT = case((_SAYS_OTHER, COMMUNITY.c.other_about), else_=COMMUNITY.c.about)
_SAID_IN = case((_SAYS_OTHER, COMMUNITY.c.other_tongue), else_=COMMUNITY.c.language)

# Through the door one sees the name and the agreements, so that one can decide to join.
DOOR = open_to(COMMUNITY.c.id, COMMUNITY.c.audience, door=FOUND)
_IS_MEMBER = case((belongs(COMMUNITY.c.id), YES), else_=NO)
CARD = select(
    COMMUNITY.c.id,
    NAME.label("name"),
    ABOUT.label("about"),
    COMMUNITY.c.seed,
    COMMUNITY.c.language,
    COMMUNITY.c.audience,
    COMMUNITY.c.entry,
    COMMUNITY.c.topics,
    COMMUNITY.c.state,
    _SAID_IN.label("said_in"),
    _IS_MEMBER.label("belongs"),
)

# The columns of CommunityFacts but for how the viewer stands to it.
_FACTS_COLUMNS = (
    COMMUNITY.c.id,
    NAME,
    ABOUT,
    COMMUNITY.c.seed,
    COMMUNITY.c.language,
    COMMUNITY.c.audience,
    COMMUNITY.c.entry,
    COMMUNITY.c.retention_days,
    COMMUNITY.c.agreements,
    COMMUNITY.c.anon_mode,
    COMMUNITY.c.topics,
    COMMUNITY.c.wants,
)


def standing(cid: ColumnElement[Any]) -> CTE:
    """How the viewer stands to one community, found before anything is known of it.

    What is hidden from her and what is not there then take the same steps: whether a row is there
    decides nothing but the last of them. It is also asked once, and not for the row and again for its door.
    """
    here, own = select(cid.label("cid")).subquery("here"), MEMBERSHIP.alias("own")
    shut = _of_siblings(
        GUARD,
        GUARD.c.subject,
        GUARD.c.kind == literal_column("'comm'"),
        GUARD.c.scope == here.c.cid,
        GUARD.c.until_day >= _TODAY,
    )
    kin = _of_siblings(MEMBERSHIP, MEMBERSHIP.c.pid, MEMBERSHIP.c.cid == here.c.cid)
    asked = select(
        here.c.cid,
        shut.label("shut"),
        role_now(own).label("role"),
        kin.label("kin"),
        own.c.until_day,
        lapsed(own).label("lapsed"),
    ).select_from(here.outerjoin(own, and_(own.c.cid == here.c.cid, own.c.pid == PID)))
    # Else a database may put off what it needs only for a row that is there.
    return asked.cte("standing").prefix_with("MATERIALIZED")


def _of_siblings(rows: Table, pid: ColumnElement[Any], *conditions: ColumnElement[Any]) -> ColumnElement[int]:
    """Whether such a row names a persona of the person: each of the sixteen is looked for, found or not.

    ``IN`` would stop early where no row has the community at all.
    """
    found = select(func.count(pid)).select_from(
        _SIBLING.outerjoin(rows, and_(pid == _SIBLING.c.pid, *conditions))
    )
    return case((found.scalar_subquery() > NO, YES), else_=NO)


def facts(stands: CTE) -> tuple[ColumnElement[Any], ...]:
    """The columns of CommunityFacts: a room above reads them along with its own rows."""
    return (
        *_FACTS_COLUMNS,
        stands.c.shut,
        stands.c.role,
        stands.c.kin,
        others_keys(COMMUNITY.c.id),
        COMMUNITY.c.protected_h,
        COMMUNITY.c.unlisted_day,
        COMMUNITY.c.state,
        COMMUNITY.c.closes_day,
        COMMUNITY.c.agreed_day,
        _SAID_IN,
        COMMUNITY.c.notes,
        COMMUNITY.c.slow,
        COMMUNITY.c.members_invite,
        stands.c.until_day,
        stands.c.lapsed,
        COMMUNITY.c.tags,
    )


def opens(stands: CTE, *audiences: ColumnElement[Any], door: int) -> ColumnElement[bool]:
    """As ``open_to``, for the one community that the viewer's standing was found for."""
    widest = [audience <= _SIGHT * literal_column(str(int(door))) for audience in audiences]
    return or_(
        and_(*(audience == literal_column("0") for audience in audiences)),
        and_(stands.c.shut == NO, or_(and_(*widest), stands.c.role.is_not(None))),
    )


_STANDING = standing(bindparam("cid", type_=LargeBinary))
_FACTS = Statement(
    select(*facts(_STANDING))
    .join_from(_STANDING, COMMUNITY, COMMUNITY.c.id == _STANDING.c.cid)
    .where(opens(_STANDING, COMMUNITY.c.audience, door=FOUND)),
    into=CommunityFacts,
)
_LISTING = Statement(CARD.where(DOOR).order_by(COMMUNITY.c.name), into=CommunityCard)
# From her memberships, so that the cost does not grow with the communities of the house.
_MINE = Statement(
    select(*CARD.selected_columns[:-1], YES)
    .join_from(MEMBERSHIP, COMMUNITY, COMMUNITY.c.id == MEMBERSHIP.c.cid)
    .where(MEMBERSHIP.c.pid == PID, not_excluded(MEMBERSHIP.c.cid))
    .order_by(COMMUNITY.c.name),
    into=CommunityCard,
)
_PUBLIC = Statement(
    select(*CARD.selected_columns[:-1], NO)
    .where(COMMUNITY.c.audience == literal_column("0"), COMMUNITY.c.state == OPEN, LISTED)
    .order_by(COMMUNITY.c.language != bindparam("language"), COMMUNITY.c.name)
    .limit(bindparam("limit")),
    into=CommunityCard,
)
_FEW: Statement[Any] = Statement(
    select(MEMBERSHIP.c.role).where(MEMBERSHIP.c.cid == bindparam("cid")).limit(SMALL)
)


def find_community(db: Read, viewer: Viewer, cid: bytes) -> CommunityFacts | None:
    """The community, if the viewer may know that it is there."""
    return db.first(_FACTS, cid=cid, **sight(viewer))


def get_community(db: Read, viewer: Viewer, cid: bytes) -> CommunityFacts:
    """The community, or not found."""
    found = find_community(db, viewer, cid)
    if found is None:
        raise NotFound
    return found


def listing(db: Read, viewer: Viewer) -> list[CommunityCard]:
    """All communities whose door the viewer may see, by name."""
    return db.all(_LISTING, **sight(viewer))


def my_communities(db: Read, viewer: Viewer) -> list[CommunityCard]:
    """Those of the persona in use, by name."""
    return db.all(_MINE, **sight(viewer))


def public_communities(db: Read, language: str, limit: int = 8) -> list[CommunityCard]:
    """Those with a public page, by name: first what is written in this language, the same for everybody."""
    return db.all(_PUBLIC, language=language, tongue=language, limit=limit, today=clock.day())


def is_small(db: Read, cid: bytes) -> bool:
    """Few enough members that an unnamed author may be guessed."""
    return len(db.tuples(_FEW, cid=cid)) < SMALL

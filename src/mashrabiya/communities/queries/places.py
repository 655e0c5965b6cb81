"""Reading communities. What a viewer may not know of is not found, and no reason is given."""

from __future__ import annotations

from hmac import compare_digest
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    LargeBinary,
    and_,
    bindparam,
    case,
    exists,
    literal_column,
    or_,
    select,
)

from mashrabiya.communities.tables import COMMUNITY, MEMBERSHIP
from mashrabiya.communities.types import (
    ID_SIZE,
    SMALL,
    Audience,
    Belonging,
    CommunityCard,
    CommunityFacts,
    Role,
    RunBy,
)
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.queries import is_present
from mashrabiya.people.tables import GUARD, PERSONA
from mashrabiya.platform.db import Read, Statement, sibling_values, sixteen

_PID = bindparam("pid", type_=COMMUNITY.c.id.type)
_SIGHT = bindparam("sight", type_=Integer)
_TODAY = bindparam("today", type_=Integer)
_SIBLINGS = sixteen("sibling")
YES: ColumnElement[int] = literal_column("1")
NO: ColumnElement[int] = literal_column("0")

# The communities that any persona of the person is excluded from: asked once a statement.
_SHUT = select(GUARD.c.scope).where(
    GUARD.c.kind == literal_column("'comm'"), GUARD.c.subject.in_(_SIBLINGS), GUARD.c.until_day >= _TODAY
)


def sight(viewer: Viewer) -> dict[str, Any]:
    """Values for every expression below: who is asking, in the database's terms."""
    return {
        "pid": viewer.pid,
        "sight": int(viewer.is_member),
        "today": clock.day(),
        **sibling_values(viewer.siblings),
    }


def belongs(cid: ColumnElement[Any]) -> ColumnElement[bool]:
    """The persona in use is a member there."""
    return exists().where(MEMBERSHIP.c.cid == cid, MEMBERSHIP.c.pid == _PID)


def kin_belongs(cid: ColumnElement[Any]) -> ColumnElement[bool]:
    """Some persona of the person is a member there."""
    return exists().where(MEMBERSHIP.c.cid == cid, MEMBERSHIP.c.pid.in_(_SIBLINGS))


def kin_reads(cid: ColumnElement[Any]) -> ColumnElement[bool]:
    """Some persona of the person is a member there, and none of them is excluded."""
    return and_(cid.not_in(_SHUT), kin_belongs(cid))


def open_to(cid: ColumnElement[Any], *audiences: ColumnElement[Any], door: int) -> Any:
    """Nothing of a community is for the viewer but what is wider than ``door``, or what she is a member of."""
    # ``sight`` is 1 with a session and 0 without, so that a visitor sees PUBLIC alone.
    widest = [audience <= _SIGHT * literal_column(str(int(door))) for audience in audiences]
    return or_(
        and_(*(audience == literal_column("0") for audience in audiences)),
        and_(cid.not_in(_SHUT), or_(and_(*widest), belongs(cid))),
    )


def visible(*audiences: ColumnElement[Any], cid: ColumnElement[Any]) -> ColumnElement[bool]:
    """What stands in this community under these audiences may be read by the viewer.

    With several audiences the narrowest holds: pass a thread's own and its
    community's, and no change of the community widens the thread.
    """
    condition: ColumnElement[bool] = open_to(cid, *audiences, door=Audience.SIGNED_IN)
    return condition


# Through the door one sees the name and the agreements, so that one can decide to join.
DOOR = open_to(COMMUNITY.c.id, COMMUNITY.c.audience, door=Audience.MEMBERS)
_IS_MEMBER = case((belongs(COMMUNITY.c.id), YES), else_=NO)
CARD = select(
    COMMUNITY.c.id,
    COMMUNITY.c.name,
    COMMUNITY.c.about,
    COMMUNITY.c.seed,
    COMMUNITY.c.language,
    COMMUNITY.c.audience,
    COMMUNITY.c.entry,
    COMMUNITY.c.topics,
    _IS_MEMBER.label("belongs"),
)

# The columns of CommunityFacts: a room above reads them along with its own rows.
FACTS = (
    COMMUNITY.c.id,
    COMMUNITY.c.name,
    COMMUNITY.c.about,
    COMMUNITY.c.seed,
    COMMUNITY.c.language,
    COMMUNITY.c.audience,
    COMMUNITY.c.entry,
    COMMUNITY.c.retention_days,
    COMMUNITY.c.agreements,
    COMMUNITY.c.anon_mode,
    COMMUNITY.c.topics,
    COMMUNITY.c.wants,
    case((COMMUNITY.c.id.in_(_SHUT), YES), else_=NO),
    select(MEMBERSHIP.c.role)
    .where(MEMBERSHIP.c.cid == COMMUNITY.c.id, MEMBERSHIP.c.pid == _PID)
    .scalar_subquery(),
    case((kin_belongs(COMMUNITY.c.id), YES), else_=NO),
)
_FACTS = Statement(select(*FACTS).where(COMMUNITY.c.id == bindparam("cid"), DOOR), into=CommunityFacts)
_LISTING = Statement(CARD.where(DOOR).order_by(COMMUNITY.c.name), into=CommunityCard)
_RUNS: Statement[Any] = Statement(
    select(MEMBERSHIP.c.cid).where(
        MEMBERSHIP.c.pid == _PID, MEMBERSHIP.c.role == literal_column(str(int(Role.HOST)))
    )
)
_MINE = Statement(
    CARD.where(belongs(COMMUNITY.c.id), COMMUNITY.c.id.not_in(_SHUT)).order_by(COMMUNITY.c.name),
    into=CommunityCard,
)
_BELONGINGS = Statement(
    select(COMMUNITY.c.name, MEMBERSHIP.c.role, MEMBERSHIP.c.month)
    .join(MEMBERSHIP, MEMBERSHIP.c.cid == COMMUNITY.c.id)
    .where(MEMBERSHIP.c.pid == _PID)
    .order_by(COMMUNITY.c.name),
    into=Belonging,
)
_PUBLIC = Statement(
    select(*CARD.selected_columns[:-1], NO)
    .where(COMMUNITY.c.audience == literal_column("0"))
    .order_by(COMMUNITY.c.name)
    .limit(bindparam("limit")),
    into=CommunityCard,
)
_RUN_BY = Statement(
    select(PERSONA.c.name, PERSONA.c.pub, PERSONA.c.seed, PERSONA.c.state)
    .join(MEMBERSHIP, MEMBERSHIP.c.pid == PERSONA.c.id)
    .where(
        MEMBERSHIP.c.cid == bindparam("cid"),
        MEMBERSHIP.c.role == literal_column(str(int(Role.HOST))),
        is_present(PERSONA),
    )
    .order_by(PERSONA.c.name)
    .limit(8),
    into=RunBy,
)
_THEIRS = MEMBERSHIP.alias("theirs")
_SHARED: Statement[Any] = Statement(
    select(MEMBERSHIP.c.role)
    .join(_THEIRS, _THEIRS.c.cid == MEMBERSHIP.c.cid)
    .where(MEMBERSHIP.c.pid == _PID, _THEIRS.c.pid == bindparam("other"), MEMBERSHIP.c.cid.not_in(_SHUT))
    .limit(1)
)
_MANY = [f"other{number}" for number in range(200)]
_MET: Statement[Any] = Statement(
    select(_THEIRS.c.pid)
    .distinct()
    .join(MEMBERSHIP, _THEIRS.c.cid == MEMBERSHIP.c.cid)
    .where(
        MEMBERSHIP.c.pid == _PID,
        _THEIRS.c.pid.in_([bindparam(name, type_=LargeBinary) for name in _MANY]),
        MEMBERSHIP.c.cid.not_in(_SHUT),
    )
)
_UNNAMED_SHUT: Statement[Any] = Statement(
    select(GUARD.c.subject).where(
        GUARD.c.kind == literal_column("'anon_comm'"),
        GUARD.c.scope == bindparam("cid"),
        GUARD.c.until_day >= _TODAY,
    )
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


def count_run(db: Read, viewer: Viewer) -> int:
    """How many communities the persona in use runs."""
    return len(db.tuples(_RUNS, pid=viewer.pid))


def my_communities(db: Read, viewer: Viewer) -> list[CommunityCard]:
    """Those of the persona in use, by name."""
    return db.all(_MINE, **sight(viewer))


def belongings(db: Read, viewer: Viewer) -> list[Belonging]:
    """Where the persona in use belongs, with its role and the month of joining: for herself."""
    return db.all(_BELONGINGS, pid=viewer.pid)


def public_communities(db: Read, limit: int = 8) -> list[CommunityCard]:
    """Those with a public page, by name: the same for everybody."""
    return db.all(_PUBLIC, limit=limit)


def run_by(db: Read, cid: bytes) -> list[RunBy]:
    """The personas that run it. Ask only after finding the community."""
    return db.all(_RUN_BY, cid=cid)


def share_community(db: Read, viewer: Viewer, pid: bytes) -> bool:
    """Whether the persona in use and that one are members of the same community."""
    return db.scalar(_SHARED, other=pid, **sight(viewer)) is not None


def met_among(db: Read, viewer: Viewer, pids: set[bytes]) -> set[bytes]:
    """Those of at most two hundred personas with whom the persona in use shares a community."""
    asked = sorted(pids)[: len(_MANY)]
    if not asked:
        return set()
    values = dict(zip(_MANY, [*asked, *[b""] * (len(_MANY) - len(asked))], strict=True))
    return {bytes(pid) for (pid,) in db.tuples(_MET, **values, **sight(viewer))}


def is_small(db: Read, cid: bytes) -> bool:
    """Few enough members that an unnamed author may be guessed."""
    return len(db.tuples(_FEW, cid=cid)) < SMALL


def is_closed_to_unnamed(db: Read, viewer: Viewer, cid: bytes) -> bool:
    """Whether unnamed writing there was taken from this person. Nobody learns which persona she is."""
    subjects = [subject for (subject,) in db.tuples(_UNNAMED_SHUT, cid=cid, today=clock.day())]
    return any(compare_digest(viewer.token(subject[:ID_SIZE]), subject[ID_SIZE:]) for subject in subjects)

"""Who holds a role now: read with the row, so that a term ends everywhere at once.

A host's term runs on while nobody else would run the place: so no place is left without anybody.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, FromClause, Integer, and_, bindparam, case, literal_column, or_, select

from mashrabiya.communities.tables import MEMBERSHIP
from mashrabiya.communities.types.roles import Role
from mashrabiya.people.queries import is_present
from mashrabiya.people.tables import GUARD, PERSONA

_TODAY = bindparam("today", type_=Integer)
_OTHER = MEMBERSHIP.alias("other_host")
_OTHERS_NAME = PERSONA.alias("other_hosts_name")
_OTHERS_GUARD = GUARD.alias("other_hosts_guard")
_NONE: ColumnElement[int] = literal_column("0")


def number_of(role: Role) -> ColumnElement[int]:
    """A role written out in the statement."""
    return literal_column(str(int(role)))


def _goes_on(member: FromClause) -> ColumnElement[bool]:
    """A host whose term is over, where nobody else who can be found would run the place."""
    shut = select(_OTHERS_GUARD.c.subject).where(
        or_(
            and_(_OTHERS_GUARD.c.kind == literal_column("'comm'"), _OTHERS_GUARD.c.scope == member.c.cid),
            _OTHERS_GUARD.c.kind == literal_column("'site'"),
        ),
        _OTHERS_GUARD.c.until_day >= _TODAY,
    )
    other = (
        select(_OTHER.c.pid)
        .select_from(_OTHER.join(_OTHERS_NAME, _OTHERS_NAME.c.id == _OTHER.c.pid))
        .where(
            _OTHER.c.cid == member.c.cid,
            _OTHER.c.pid != member.c.pid,
            _OTHER.c.role == number_of(Role.HOST),
            _OTHER.c.until_day >= _TODAY,
            is_present(_OTHERS_NAME),
            _OTHER.c.pid.not_in(shut.correlate(member)),
        )
    )
    return and_(member.c.role == number_of(Role.HOST), ~other.correlate(member).exists())


def role_now(member: FromClause = MEMBERSHIP) -> ColumnElement[int]:
    """The role of a membership while its term runs, and then none; null where there is no membership."""
    return case(
        (member.c.until_day >= _TODAY, member.c.role),
        (_goes_on(member), member.c.role),
        else_=member.c.role * _NONE,
    )


def lapsed(member: FromClause = MEMBERSHIP) -> ColumnElement[int]:
    """The role that is over: of a term that has run out, or that was ended."""
    ran_out = and_(member.c.role > _NONE, member.c.until_day < _TODAY)
    return case((ran_out, member.c.role), else_=member.c.lapsed)


def holds(least: Role, member: FromClause = MEMBERSHIP, *, most: Role = Role.HOST) -> ColumnElement[bool]:
    """Such a role or one above is held now."""
    span: Any = member.c.role >= number_of(least)
    if most != Role.HOST:
        span = and_(span, member.c.role <= number_of(most))
    return and_(span, or_(member.c.until_day >= _TODAY, _goes_on(member)))


def has_run_out(member: FromClause = MEMBERSHIP) -> ColumnElement[bool]:
    """Its term is over, and nobody has written that down yet."""
    return and_(member.c.role > _NONE, member.c.until_day < _TODAY, ~_goes_on(member))

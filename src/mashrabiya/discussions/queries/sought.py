"""A page of those posts of a thread that were sought, where its neighbours cannot be told from numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, bindparam, func, or_, select

from mashrabiya.discussions.queries.parts import NO, TID, YES, constant
from mashrabiya.discussions.queries.rows import OF_THREAD
from mashrabiya.discussions.tables import POST
from mashrabiya.discussions.types import PAGE, PostRow
from mashrabiya.people.tables import PERSONA
from mashrabiya.platform.db import Statement

FIRST = bindparam("first", type_=Integer)


class Found(NamedTuple):
    """A post among those that were sought, and where the pages before, after and at the end begin."""

    post: PostRow
    ends: tuple[int | None, int | None, int | None]


def read_found(*row: Any) -> Found:
    return Found(PostRow(*row[:-3]), row[-3:])


def among(
    sought: ColumnElement[bool],
    rows: Select[Any] = OF_THREAD,
    *,
    into: Callable[..., Any] = read_found,
    size: int = PAGE,
) -> Statement[Any]:
    """The page of the sought posts on which that number stands, or the next that was sought; else their last.

    The first post of the thread is always among them. Pages are counted from it, so that whatever is
    written later changes no page but the last.
    """
    place, whole = func.row_number().over(order_by=POST.c.n) - YES, constant(size)
    placed = select(POST.c.n, (place - place % whole).label("page"))
    some = (
        placed.select_from(POST.outerjoin(PERSONA, PERSONA.c.id == POST.c.pid))
        .where(POST.c.tid == TID, POST.c.n > NO, or_(POST.c.n == YES, sought))
        .cte("some")
    )
    last = select(func.max(some.c.page)).scalar_subquery()
    page = func.coalesce(select(func.min(some.c.page)).where(some.c.n >= FIRST).scalar_subquery(), last)
    begins = [
        select(func.min(some.c.n)).where(some.c.page == which).scalar_subquery()
        for which in (page - whole, page + whole, last)
    ]
    found = rows.add_columns(*begins).join(some, some.c.n == POST.c.n).where(some.c.page == page)
    return Statement(found, into=into)

"""What stands above the list on the first page: who waits for an answer, and whom to welcome.

Three questions are put in two. The second takes along what the first one found, since only this
person's own key says which of the voices she has welcomed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import CompoundSelect, Select, literal_column, null, or_, select, union, union_all

from mashrabiya.communities import queries as community_queries
from mashrabiya.discussions import rules
from mashrabiya.discussions.queries.filters import Plan, plan, values
from mashrabiya.discussions.queries.lamp import SAID, glance, said_values, welcome_tags
from mashrabiya.discussions.queries.lists import FROM_BEGINNING, SHOWN, Merge, gathered, merged, met
from mashrabiya.discussions.queries.own import first_look
from mashrabiya.discussions.queries.parts import NO, OPENER, OPENING, PLACED, STANDS, constant, with_opening
from mashrabiya.discussions.tables import THREAD
from mashrabiya.discussions.types import WAITING, Beginning, Filters, ThreadList, ThreadRow
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.queries import is_unseen
from mashrabiya.platform.db import Read, Statement
from mashrabiya.safety.queries import reach_of

_UNANSWERED = Filters("waiting")
_NEAR = constant(8)
_NOTHING: Any = literal_column("''")


class _Begun(NamedTuple):
    """A thread in a list, and who opened it. Without posts it is no thread, but a mark of a welcome."""

    row: ThreadRow
    voice: tuple[bytes | None, bytes | None, bytes]


def _begun(*row: Any) -> _Begun:
    return _Begun(ThreadRow(*row[:-3]), row[-3:])


def _newest(asked: Plan, merge: Merge) -> Select[Any]:
    """The newest that wait, and the newest of those in her language: these may be older than all others."""
    hers = Plan(waiting=True, lang=True, hidden=asked.hidden)
    found = union(*(select(merge(_NEAR, one).c.id) for one in (asked, hers))).subquery("near")
    rows = select(*SHOWN, OPENING.c.pid, OPENING.c.tok, OPENING.c.home_tid)
    return rows.select_from(with_opening(PLACED.join(found, found.c.id == THREAD.c.id))).where(
        OPENING.c.state == STANDS, or_(OPENER.c.id.is_(None), ~is_unseen(OPENER))
    )


@cache
def _waiting(asked: Plan) -> Statement[_Begun]:
    return Statement(_newest(asked, merged), into=_begun, postgresql=_newest(asked, gathered))


@cache
def _waiting_and_said(asked: Plan) -> Statement[_Begun]:
    tag = SAID.subquery("said").c.tag
    said = select(
        tag, *[_NOTHING] * 3, NO, NO, null(), _NOTHING, null(), *[NO] * 4, null(), null(), null(), null()
    )
    on_postgresql: CompoundSelect[Any] = union_all(_newest(asked, gathered), said)
    return Statement(union_all(_newest(asked, merged), said), into=_begun, postgresql=on_postgresql)


def waiting(db: Read, viewer: Viewer) -> list[ThreadRow]:
    """The newest few threads there that nobody has answered yet, those in her language first.

    None that she opened herself, under any of her names or under none: the first reply is not hers.
    """
    asked = plan(viewer, _UNANSWERED)
    return _for_her(viewer, db.all(_waiting(asked), **_bound(viewer)))


def beginning(db: Read, viewer: Viewer, known: tuple[int, int] | None = None) -> Beginning:
    """What waits for an answer, whether somebody new waits for her welcome, how much of hers goes soon,
    and where she was learned.

    ``known`` is what is known of the last two already.
    """
    voices: Iterable[Sequence[Any]] = ()
    if viewer.speaks:
        voices, known = (glance(db, viewer), known) if known else first_look(db, viewer)
    soon, learned = known or (0, 0)
    asked, tags = plan(viewer, _UNANSWERED), welcome_tags(viewer, voices)
    if not tags:
        rows = _for_her(viewer, db.all(_waiting(asked), **_bound(viewer)))
        return Beginning(rows, soon=soon, learned=learned)
    found = db.all(_waiting_and_said(asked), **_bound(viewer), **said_values(tags))
    said = {bytes(begun.row.id) for begun in found if not begun.row.n}
    rows = _for_her(viewer, (begun for begun in found if begun.row.n))
    return Beginning(rows, lit=not said.issuperset(tags), soon=soon, learned=learned)


def _bound(viewer: Viewer) -> dict[str, Any]:
    bound = {**community_queries.sight(viewer), **values(viewer, _UNANSWERED), **FROM_BEGINNING}
    return {**bound, "lang": viewer.tongue.language}


def _for_her(viewer: Viewer, found: Iterable[_Begun]) -> list[ThreadRow]:
    ours = viewer.tongue.language
    ordered = sorted(found, key=lambda begun: (begun.row.pos, begun.row.id), reverse=True)
    ordered.sort(key=lambda begun: begun.row.lang != ours)
    # One by one, since each unnamed voice is asked about with a hash.
    others = (begun.row for begun in ordered if not rules.is_her_voice(viewer, *begun.voice))
    reach = reach_of(viewer)
    return list(islice((row for one in others for row in met(ThreadList([one]), reach).rows), WAITING))

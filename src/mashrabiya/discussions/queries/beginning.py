"""What stands above the list on the first page: who waits for an answer, and whom to welcome.

Three questions are put in two. The second takes along what the first one found, since only this
person's own key says which of the voices she has welcomed; and up to where she has read the threads of the list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, literal_column, null, or_, select, union, union_all

from mashrabiya.communities import queries as community_queries
from mashrabiya.discussions import rules
from mashrabiya.discussions.queries import tagged
from mashrabiya.discussions.queries.filters import Plan, plan, values
from mashrabiya.discussions.queries.lamp import SAID, glance, said_values, welcome_tags
from mashrabiya.discussions.queries.lists import FROM_BEGINNING, SHOWN, met
from mashrabiya.discussions.queries.merging import Merge, gathered, merged
from mashrabiya.discussions.queries.own import first_look
from mashrabiya.discussions.queries.parts import (
    NO,
    OPENER,
    OPENING,
    PLACED,
    STANDS,
    YES,
    constant,
    with_opening,
)
from mashrabiya.discussions.tables import THREAD
from mashrabiya.discussions.types import WAITING, Beginning, Filters, ThreadList, ThreadRow
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people import queries as people
from mashrabiya.people.queries import is_unseen
from mashrabiya.platform.db import Read, Statement
from mashrabiya.safety.queries import reach_of

_UNANSWERED = Filters("waiting")
_NEAR = constant(8)
_NOTHING: Any = literal_column("''")
_SAID_MARK, _READ_MARK = 0, 1
_VOICE = (OPENING.c.pid, OPENING.c.tok, OPENING.c.home_tid)
_SAID, _READ = constant(_SAID_MARK), constant(_READ_MARK)


class _Begun(NamedTuple):
    """A thread in a list, and who opened it. Without posts it is no thread, but a mark: of a welcome, or of her place."""

    row: ThreadRow
    voice: tuple[bytes | None, bytes | None, bytes]
    suggested: int


def _begun(*row: Any) -> _Begun:
    return _Begun(ThreadRow(*row[:-4]), row[-4:-1], row[-1])


def _newest(asked: Plan, merge: Merge) -> Select[Any]:
    """The newest that wait, and the newest of those in her language: these may be older than all others."""
    hers = Plan(waiting=True, lang=True, hidden=asked.hidden)
    found = union(*(select(merge(_NEAR, one).c.id) for one in (asked, hers))).subquery("near")
    rows = select(*SHOWN, *_VOICE, NO)
    return rows.select_from(with_opening(PLACED.join(found, found.c.id == THREAD.c.id))).where(
        OPENING.c.state == STANDS, or_(OPENER.c.id.is_(None), ~is_unseen(OPENER))
    )


def _beside(tag: ColumnElement[Any], kind: ColumnElement[int], blob: ColumnElement[Any]) -> Select[Any]:
    """A row of what is found by tags, in the columns of a thread without posts."""
    none = null()
    row = (tag, *[_NOTHING] * 3, kind, NO, blob, _NOTHING, none, *[NO] * 4, _NOTHING, NO, none, NO, none, NO)
    return select(*row, *[none] * len(_VOICE), NO)


@cache
def _asking(asked: Plan, said: bool, read: bool, suggests: bool = False) -> Statement[_Begun]:
    parts: list[Select[Any]] = []
    if said:
        parts.append(_beside(SAID.subquery("said").c.tag, _SAID, null()))
    if read:
        marks = people.MARKS.subquery("marks").c
        parts.append(_beside(marks.tag, _READ, marks.blob))
    here, on_postgresql = _newest(asked, merged), _newest(asked, gathered)
    if suggests:
        any_thread = Plan(hidden=asked.hidden)
        more = [
            tagged.suggestions(any_thread, merge, *_VOICE, YES) for merge in (tagged.merged, tagged.gathered)
        ]
        first, first_on_postgresql = [here, more[0]], [on_postgresql, more[1]]
    else:
        first, first_on_postgresql = [here], [on_postgresql]
    return Statement(_all(*first, *parts), into=_begun, postgresql=_all(*first_on_postgresql, *parts))


def _all(*parts: Select[Any]) -> Any:
    return union_all(*parts) if len(parts) > 1 else parts[0]


def waiting(db: Read, viewer: Viewer) -> list[ThreadRow]:
    """The newest few threads there that nobody has answered yet, those in her language first.

    None that she opened herself, under any of her names or under none: the first reply is not hers.
    """
    asked = plan(viewer, _UNANSWERED)
    found = db.all(_asking(asked, False, False), **_bound(viewer))
    return list(islice(_for_her(viewer, found), WAITING))


def beginning(
    db: Read, viewer: Viewer, known: tuple[int, int] | None = None, *, listed: Sequence[bytes] = ()
) -> Beginning:
    """What waits for an answer, whether somebody new waits for her welcome, how much of hers goes soon,
    and where she was learned.

    ``known`` is what is known of the last two already; ``listed`` are the threads of the list.
    """
    voices: Iterable[Sequence[Any]] = ()
    if viewer.speaks:
        voices, known = (glance(db, viewer), known) if known else first_look(db, viewer)
    soon, learned = known or (0, 0)
    asked, tags = plan(viewer, _UNANSWERED), welcome_tags(viewer, voices)
    marks = people.mark_values(viewer, listed) if viewer.remembers and listed else {}
    # In the neutral look nothing says what somebody follows.
    suggests = bool(people.followed_tags(viewer)) and not viewer.discreet
    bound = _bound(viewer) | (tagged.suggestion_values(viewer) if suggests else {})
    statement = _asking(asked, bool(tags), bool(marks), suggests)
    found = db.all(statement, **bound, **(said_values(tags) if tags else {}), **marks)
    beside = [begun.row for begun in found if not begun.row.n]
    said = {bytes(row.id) for row in beside if row.pos == _SAID_MARK}
    blobs = [(row.id, row.cid) for row in beside if row.pos == _READ_MARK]
    return Beginning(
        list(islice(_for_her(viewer, (one for one in found if one.row.n and not one.suggested)), WAITING)),
        read=people.opened_marks(viewer, listed, blobs) if marks else {},
        lit=bool(tags) and not said.issuperset(tags),
        soon=soon,
        learned=learned,
        suggested=tagged.suggested(viewer, _to_suggest(viewer, found)),
    )


def _to_suggest(viewer: Viewer, found: Iterable[_Begun]) -> Iterable[ThreadRow]:
    """Nothing that she wrote, nobody she keeps away, and no word that she hid."""
    return (row for row in _for_her(viewer, (one for one in found if one.suggested)) if not row.hidden)


def _bound(viewer: Viewer) -> dict[str, Any]:
    bound = {**community_queries.sight(viewer), **values(viewer, _UNANSWERED), **FROM_BEGINNING}
    return {**bound, "lang": viewer.tongue.language}


def _for_her(viewer: Viewer, found: Iterable[_Begun]) -> Iterator[ThreadRow]:
    ours = viewer.tongue.language
    ordered = sorted(found, key=lambda begun: (begun.row.pos, begun.row.id), reverse=True)
    ordered.sort(key=lambda begun: begun.row.lang != ours)
    # One by one, since each unnamed voice is asked about with a hash.
    others = (begun.row for begun in ordered if not rules.is_her_voice(viewer, *begun.voice))
    reach = reach_of(viewer)
    return (row for one in others for row in met(ThreadList([one]), reach).rows)

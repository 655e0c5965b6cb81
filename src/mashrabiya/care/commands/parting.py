"""Splitting a thread, as a decision on the post that opens the new one, and letting all of it go back."""

from __future__ import annotations

from collections.abc import Sequence

from mashrabiya.care import queries, rules
from mashrabiya.care.types import Act, Decision, NewTending, Tended
from mashrabiya.discussions import commands as discussions
from mashrabiya.discussions import queries as discussion_queries
from mashrabiya.discussions import rules as discussion_rules
from mashrabiya.discussions.commands.words import title_of
from mashrabiya.discussions.types import Part
from mashrabiya.kernel.errors import Conflict, Invalid
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Write
from mashrabiya.safety.types import Thing

_ORDERS = frozenset({Act.SHUT, Act.TOP, Act.SLOW, Act.TAG})


def part(uow: Write, tended: Tended, new: NewTending, batch: bytes) -> tuple[bytes, int, Sequence[Part]]:
    """Let what was chosen stand in a thread of its own.

    Answers which, the content notes that its opening got by that, and the first post of each voice that went along.
    """
    thread = tended.thread
    rules.may_split(thread).or_raise()
    parts, title = discussion_queries.parts_of(uow, thread), title_of(new.title)
    going = rules.chosen(parts, new.picked, onwards=new.onwards)
    wrong = discussion_rules.wrong_title(title) | rules.wrong_parts(parts, going, new.picked)
    if wrong:
        raise Invalid(wrong)
    opening = discussion_queries.find_judged(uow, going[0].id)
    if opening is None:
        raise Conflict("care.nothing_there")
    tid, notes = discussions.split(uow, thread, going, opening, title=title, batch=batch)
    return tid, notes, rules.authors(going)


def join(uow: Write, viewer: Viewer, decision: Decision) -> list[Decision]:
    """Let all that a decision took to another thread stand again where it stood; answers the others of that press."""
    batch = decision.batch or decision.id
    gone, others = discussion_queries.gone_by(uow, batch), queries.get_others(uow, decision)
    head = next(one for one in (decision, *others) if one.act == Act.SPLIT)
    opening = discussion_queries.find_judged(uow, head.object)
    if not gone or opening is None:
        raise Conflict("care.nothing_there")
    thread = discussion_queries.get_thread(uow, viewer, opening.tid)
    old = discussion_queries.find_thread(uow, viewer, gone[0].tid)
    written = discussion_queries.written_since(uow, thread.id, batch)
    mine = rules.has_decided(viewer, head)
    rules.may_join(viewer, thread, old, gone, written=written, mine=mine).or_raise()
    discussions.join(uow, thread, gone[0].tid, opening, many=len(gone), batch=batch)
    if head.carry and head is not decision:
        discussions.unnote(uow, head.object, head.carry)
    # What was done with the thread that is no more holds no more either.
    orders = [
        one for one in queries.on_thing(uow, Thing.POST, opening.id) if one.stands and one.act in _ORDERS
    ]
    return [*others, *orders]

"""What an automatic rule holds, with the post itself. Nobody decides: it waits at the desk, and shows by itself in the end.

What matched is kept nowhere; a rule looks at words, so it treats a name and an unnamed voice alike.
"""

from __future__ import annotations

from mashrabiya.care import queries
from mashrabiya.care.commands.decisions import take_back, undecided
from mashrabiya.care.commands.written import hold_whichever
from mashrabiya.care.types import AS_RULE, HOLD_DAYS, Act
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Write
from mashrabiya.safety import commands as safety
from mashrabiya.safety.matching.book import Keeper
from mashrabiya.safety.types import Precept, Reason, Standing, Thing

_NO_LONGER = Viewer.system("no rule holds these words any more")


def hold_for_rule(rule: Standing, uow: Write, cid: bytes, post: bytes) -> None:
    """Keep back what a rule meets. What is kept back already stays as it is, whoever did it."""
    kind = hold_whichever(uow, post)
    if kind is None:
        return
    reason = Reason.FIRST_HELD if rule.kind == Precept.FIRST else Reason.RULE
    safety.call(uow, cid or None, post, reason, kind=kind)
    # What whoever made the rule says to its author; never what it looks for.
    undecided(
        uow,
        cid,
        post,
        Act.HOLD,
        kind=kind,
        reason=reason,
        role=AS_RULE,
        words=rule.sentence,
        days=HOLD_DAYS,
    )


def let_go_by_rule(uow: Write, post: bytes) -> None:
    """Show what rules alone held for words that are gone. What a person holds stays, and so does a first post."""
    kinds = [kind for kind in Thing if kind.is_written]
    holds = [one for kind in kinds for one in queries.on_thing(uow, kind, post) if one.is_holding]
    if not holds or any(not one.is_by_rule or one.reason != Reason.RULE for one in holds):
        return
    for one in holds:
        take_back(uow, _NO_LONGER, one)
    safety.call_off(uow, post, holds[0].kind)


BY_RULE = Keeper(hold_for_rule, let_go_by_rule)

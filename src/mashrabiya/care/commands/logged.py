"""What of care's acts goes into the log of acts, each with the act itself.

An entry names a decision or a proposal by its id, and nobody: who decided stands nowhere, and
whom it met is said by its guard alone.
"""

from __future__ import annotations

import re

from sqlalchemy import LargeBinary, bindparam, select

from mashrabiya.care.tables import DECISION
from mashrabiya.care.types import AS_CARE, AS_HOST, AS_HOUSE, AS_RULE, AS_TWO, Act, Decision, Joint, NewWave
from mashrabiya.kernel import clock
from mashrabiya.kernel.viewer import CARE, Viewer
from mashrabiya.platform import audit
from mashrabiya.platform.db import Statement, Write
from mashrabiya.safety.types import Reason

PROPOSALS = PROPOSED, WITHDRAWN = "proposed", "withdrawn"
UNDONE = "decision:undone"
WAVE_HIDDEN, WAVE_UNDONE = "wave:hidden", "wave:undone"
# What two reports hide, or a rule holds, the software does: nobody decided.
IN_ROLE = {AS_HOST: "community", AS_CARE: "care", AS_HOUSE: "house", AS_TWO: "software", AS_RULE: "software"}

_UNTIL = "→ "
_ENDS = re.compile(_UNTIL + r"([0-9]{4}-[0-9]{2}-[0-9]{2})")
_DECIDED: Statement[None] = Statement(
    select(
        *(DECISION.c[name] for name in ("act", "role", "reason", "words", "agreement", "until_day"))
    ).where(DECISION.c.id == bindparam("which", type_=LargeBinary))
)


def log_decision(uow: Write, decision: bytes) -> None:
    """A decision as it was just written down: the act, what it was reported for, its words, agreement and end."""
    ((act, role, reason, words, agreement, until),) = uow.tuples(_DECIDED, which=decision)
    said = [str(words)]
    said += [f"§ {agreement}"] if agreement else []
    said += [f"{_UNTIL}{clock.iso(int(until))}"] if until is not None else []
    audit.record(
        uow,
        f"decision:{Act(act).name.lower()}",
        role=IN_ROLE[str(role)],
        thing=decision,
        rule=Reason(reason).name.lower() if reason else "",
        detail="\n".join(said),
    )


def log_wave(uow: Write, role: str, batch: bytes, new: NewWave, *, many: int) -> None:
    """A wave is hidden: what its posts have in common, how many were chosen, the words and the agreement."""
    said = [new.words.strip(), *([f"§ {new.agreement}"] if new.agreement else []), f"× {many}"]
    audit.record(
        uow, WAVE_HIDDEN, role=IN_ROLE[role], thing=batch, rule=new.sign.value, detail="\n".join(said)
    )


def log_wave_undone(uow: Write, viewer: Viewer, batch: bytes, *, many: int) -> None:
    """What of a wave still stood is taken back together."""
    role = AS_CARE if viewer.has(CARE) else AS_HOST
    audit.record(uow, WAVE_UNDONE, role=IN_ROLE[role], thing=batch, detail=f"× {many}")


def parted(detail: str) -> tuple[str, str]:
    """What was said, and the day on which it ends, where the entry holds one: its last line, as we write it."""
    said, _, last = detail.rpartition("\n")
    ends = _ENDS.fullmatch(last)
    return (said, ends[1]) if ends else (detail, "")


def log_undone(uow: Write, viewer: Viewer, decision: Decision) -> None:
    """A decision taken back; the entry of it stays. The house itself takes back what its rules hold no more."""
    role = AS_CARE if viewer.has(CARE) else AS_HOST if viewer.is_member else AS_RULE
    audit.record(uow, UNDONE, role=IN_ROLE[role], thing=decision.id, rule=decision.act.name.lower())


def log_let_be(uow: Write, viewer: Viewer, post: bytes, act: Act) -> None:
    """The same of an act whose decision is kept no longer."""
    role = AS_CARE if viewer.has(CARE) else AS_HOST
    audit.record(uow, UNDONE, role=IN_ROLE[role], thing=post, rule=act.name.lower())


def log_answer(uow: Write, viewer: Viewer, appeal: bytes, *, reversed_: bool) -> None:
    """An objection was answered. Its words, and those of the answer, stand with it and go with it."""
    role = AS_CARE if viewer.has(CARE) else AS_HOST
    audit.record(uow, f"appeal:{'reversed' if reversed_ else 'stands'}", role=IN_ROLE[role], thing=appeal)


def log_proposal(uow: Write, what: str, kind: Joint, proposal: bytes, *, role: str, words: str = "") -> None:
    """Something was proposed to a second person, or taken back."""
    action = f"{what}:{kind.name.lower()}"
    audit.record(uow, action, role=IN_ROLE[role], thing=proposal, detail=words)

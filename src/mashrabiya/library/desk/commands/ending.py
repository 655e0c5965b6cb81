"""Withdrawing a guide, with a reason that stands at its address, and bringing it back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import LargeBinary, bindparam, delete

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.library.desk import queries, rules
from mashrabiya.library.desk.commands.hands import settle
from mashrabiya.library.desk.tables import DESK_WITHDRAWN
from mashrabiya.library.guides import commands as guides
from mashrabiya.library.guides.types import State
from mashrabiya.platform import audit
from mashrabiya.platform.db import Statement, Write

_NO_REASON: Statement[Any] = Statement(
    delete(DESK_WITHDRAWN).where(DESK_WITHDRAWN.c.guide == bindparam("which", type_=LargeBinary))
)


def withdraw(uow: Write, viewer: Viewer, shown: str, *, ar: str, en: str) -> None:
    """Readers find why, and no guide. Again with other words, those stand there."""
    rules.may_keep(queries.get_desk(uow, viewer)).or_raise()
    guide = queries.get_guide(uow, shown)
    wrong = rules.wrong_reason(ar, en)
    if wrong:
        raise Invalid(wrong)
    uow.run(_NO_REASON, which=guide.id)
    uow.insert(DESK_WITHDRAWN, guide=guide.id, day=clock.day(), ar=ar, en=en)
    guides.change_guide(uow, guide, state=int(State.WITHDRAWN))
    said = "\n".join(text for text in (ar, en) if text)
    audit.record(uow, "desk:withdrawn", role="desk", thing=guide.id, detail=said)


def bring_back(uow: Write, viewer: Viewer, shown: str) -> None:
    """It is a first edition again, or a draft; reviewed where its words still are. Twice is once."""
    rules.may_keep(queries.get_desk(uow, viewer)).or_raise()
    guide = queries.get_guide(uow, shown)
    if guide.now != State.WITHDRAWN:
        return
    uow.run(_NO_REASON, which=guide.id)
    guides.change_guide(uow, guide, state=int(State.DRAFT))
    settle(uow, shown)
    audit.record(uow, "desk:brought_back", role="desk", thing=guide.id)

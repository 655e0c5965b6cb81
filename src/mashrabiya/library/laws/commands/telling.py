"""What people notice that is wrong, kept for a while for those who look at it, and without who said it."""

from __future__ import annotations

from sqlalchemy import LargeBinary, bindparam, delete

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid, NotFound, Refused
from mashrabiya.kernel.ids import new_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.library.laws import queries, rules
from mashrabiya.library.laws.tables import LAW_MISTAKE
from mashrabiya.library.laws.types.records import ID_SIZE
from mashrabiya.platform.db import Statement, Write
from mashrabiya.platform.submissions import claim

MOST = 30
"""So many of one country wait at a time; then those who look at them have enough to go on."""

_DROP: Statement[None] = Statement(
    delete(LAW_MISTAKE).where(LAW_MISTAKE.c.id == bindparam("id", type_=LargeBinary))
)


def tell_mistake(
    uow: Write, viewer: Viewer, code: str, text: str, *, topic: str, submission: str = ""
) -> None:
    """Say that something is wrong."""
    rules.may_tell(viewer).or_raise()
    queries.country(uow, code)
    if not rules.is_topic(topic):
        raise NotFound
    wrong = rules.wrong_mistake(text)
    if wrong:
        raise Invalid(wrong)
    made = new_id(ID_SIZE)
    if claim(uow, submission, made, code, topic, text) is not None:
        return
    if queries.count_waiting(uow, code) >= MOST:
        raise Refused("library.laws.enough_told")
    uow.insert(LAW_MISTAKE, id=made, code=code, topic=topic, text=text.strip(), day=clock.day())


def settle_mistake(uow: Write, viewer: Viewer, which: bytes) -> str:
    """It was looked at: its words go. Answers of which country it was; twice is once."""
    found = queries.get_mistake(uow, viewer, which)
    uow.run(_DROP, id=which)
    return found.code

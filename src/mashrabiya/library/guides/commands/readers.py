"""What readers say of a guide: that it helped, that something in it is wrong."""

from __future__ import annotations

from sqlalchemy import Integer, LargeBinary, bindparam, delete, select, update

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid, Refused
from mashrabiya.kernel.ids import new_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.library.guides import queries, rules
from mashrabiya.library.guides.tables import GUIDE, GUIDE_HELPED, GUIDE_WRONG
from mashrabiya.library.guides.types import NewWrong
from mashrabiya.platform import submissions
from mashrabiya.platform.db import Statement, Write

_GUIDE = bindparam("of_guide", type_=LargeBinary)
_MINE = (GUIDE_HELPED.c.guide == _GUIDE, GUIDE_HELPED.c.hnull == bindparam("mine", type_=LargeBinary))
_MARKED: Statement[None] = Statement(select(GUIDE_HELPED.c.guide).where(*_MINE))
_UNMARK: Statement[None] = Statement(delete(GUIDE_HELPED).where(*_MINE))
_COUNT: Statement[None] = Statement(
    update(GUIDE).where(GUIDE.c.id == _GUIDE).values(helped=GUIDE.c.helped + bindparam("step", type_=Integer))
)


def mark_helped(uow: Write, viewer: Viewer, guide: bytes, *, wish: bool) -> None:
    """Say that a guide helped her, or take that back. One mark a person, under all her names; twice is once."""
    rules.may_mark(viewer, queries.get_guide(uow, guide)).or_raise()
    mark = {"of_guide": guide, "mine": queries.mark_of(viewer, guide)}
    step = int(wish) - int(uow.scalar(_MARKED, **mark) is not None)
    if step > 0:
        uow.insert(GUIDE_HELPED, guide=guide, hnull=mark["mine"])
    elif step < 0:
        uow.run(_UNMARK, **mark)
    if step:
        uow.run(_COUNT, of_guide=guide, step=step)


def doubt(uow: Write, viewer: Viewer, guide: bytes, new: NewWrong, *, lang: str) -> None:
    """Say that something is wrong, for the desk. Who says it is not asked and not kept; sent twice, it is once."""
    rules.may_doubt(viewer, queries.get_guide(uow, guide)).or_raise()
    which = new_id()
    if submissions.claim(uow, new.submission, which, str(new.what), str(new.step), new.text) is not None:
        return
    wrong = rules.wrong_doubt(new)
    if wrong:
        raise Invalid(wrong)
    of_all, of_one = queries.doubts_today(uow, guide)
    if of_all >= rules.MOST_OF_ALL or of_one >= rules.MOST_OF_ONE:
        raise Refused("library.guides.wrong_many")
    uow.insert(
        GUIDE_WRONG,
        id=which,
        guide=guide,
        lang=lang,
        step=new.step,
        what=new.what,
        text=new.text,
        day=clock.day(),
        done=0,
    )

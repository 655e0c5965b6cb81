"""Beginning a guide that the shelf does not have."""

from __future__ import annotations

from mashrabiya.kernel.errors import Invalid
from mashrabiya.kernel.ids import new_id, show_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.library.desk import queries, rules
from mashrabiya.library.desk.commands.writing import save_draft
from mashrabiya.library.desk.types import NewGuide, Typed
from mashrabiya.library.guides import commands as guides
from mashrabiya.library.guides.types import Guide, Kind, Role, State
from mashrabiya.platform import audit, submissions
from mashrabiya.platform.db import Write

_LAST = 1000
"""Where it stands in its topic: after those of the shelf."""
_SHAPE = "# {title}\n\n## before: \n\n## steps: \n### \n\n## unknown: \n\n## think: \n- \n"


def begin(uow: Write, viewer: Viewer, new: NewGuide) -> bytes:
    """A guide with one draft that has a title alone; nobody reads it yet. Answers its id."""
    rules.may_put_out(queries.get_desk(uow, viewer)).or_raise()
    wrong = rules.wrong_guide(new)
    if wrong:
        raise Invalid(wrong)
    which = new_id()
    before = submissions.claim(uow, new.submission, which, new.title, new.lang)
    if before is not None:
        return before
    guides.add_guide(uow, _guide(which, new))
    save_draft(uow, viewer, show_id(which), Typed(new.lang, _SHAPE.replace("{title}", new.title), ""))
    audit.record(uow, "desk:begun", role="desk", thing=which)
    return which


def _guide(which: bytes, new: NewGuide) -> Guide:
    return Guide(
        id=which,
        slug=show_id(which),
        topic=new.topic,
        place=_LAST,
        kind=new.kind,
        notes=new.notes,
        help="",
        months=new.months,
        reviewers=" ".join(Role(role).code for role in new.readers),
        state=int(State.DRAFT),
        open=int(new.kind == Kind.PLAIN),
        checked_day=0,
        checked_by="",
        next_day=0,
        helped=0,
    )

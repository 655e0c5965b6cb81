"""What readers, and whoever reads for the house, find wrong: said, answered, closed."""

from __future__ import annotations

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid
from mashrabiya.kernel.ids import new_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.library.desk import queries, rules
from mashrabiya.library.desk.commands.reading import open_line
from mashrabiya.library.desk.tables import DESK_ANSWER
from mashrabiya.library.guides import commands as guides
from mashrabiya.library.guides.tables import GUIDE_WRONG
from mashrabiya.library.guides.types import Role, Wrong
from mashrabiya.platform import audit, submissions
from mashrabiya.platform.db import Write


def answer(uow: Write, viewer: Viewer, shown: str, text: str) -> None:
    """Say what was done about it; it waits no more. Answered once, it stays answered so."""
    rules.may_put_out(queries.get_desk(uow, viewer)).or_raise()
    report = queries.get_report(uow, shown)
    wrong = rules.wrong_answer(text)
    if wrong:
        raise Invalid(wrong)
    row = {"id": report.id, "guide": report.guide, "text": text}
    if uow.insert_once(DESK_ANSWER, **row, role=int(Role.EDITOR), day=clock.day()):
        guides.answer_doubt(uow, report.id)
        audit.record(uow, "desk:answered", role="desk", thing=report.id, detail=text)


def object_to(
    uow: Write, viewer: Viewer, shown: str, place: tuple[str, int], *, text: str, submission: str = ""
) -> None:
    """Whoever reads for the house says what has to change first: it waits beside what readers found."""
    queries.get_desk(uow, viewer)
    volume = queries.get_volume(uow, shown)
    guide, lang = volume.guide, open_line(volume, *place).lang
    wrong = rules.wrong_answer(text)
    if wrong:
        raise Invalid({"objection": wrong["answer"]})
    made = new_id()
    if submissions.claim(uow, submission, made, shown, text) is not None:
        return
    row = {"id": made, "guide": guide.id, "lang": lang, "step": 0, "what": int(Wrong.OTHER)}
    uow.insert(GUIDE_WRONG, **row, text=text, day=clock.day(), done=0)
    audit.record(uow, "desk:objected", role="desk", thing=guide.id, rule=lang)

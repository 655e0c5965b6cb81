"""What editors say of a country."""

from __future__ import annotations

from msgspec.structs import replace

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid, NotFound
from mashrabiya.kernel.viewer import HOST, Viewer
from mashrabiya.library.laws import queries, rules
from mashrabiya.library.laws.commands.rows import save
from mashrabiya.library.laws.types import REVIEW_DAYS, Note, Written
from mashrabiya.platform import audit
from mashrabiya.platform.db import Write


def write_note(uow: Write, viewer: Viewer, code: str, written: Written, *, name: str) -> None:
    """Say something of a topic, or of the country as a whole; a note that says nothing takes it away.

    It stands with the role of whoever wrote it, with today, and with the day of its next review. What somebody else
    wrote meanwhile is not written over.
    """
    rules.may_edit(viewer).or_raise()
    if not rules.is_topic(name):
        raise NotFound
    wrong = rules.wrong_note(name, written.note)
    before = queries.country(uow, code)
    stands = before.notes.get(name, Note())
    if not wrong and written.seen != rules.print_of(stands):
        wrong = {"seen": "library.laws.changed_meanwhile"}
    if wrong:
        raise Invalid(wrong)
    notes = {key: note for key, note in before.notes.items() if key != name}
    if written.note.says:
        cell, today = before.cells.get(name), clock.day()
        notes[name] = replace(
            written.note, role=HOST, day=today, next=today + REVIEW_DAYS, over=cell.value if cell else ""
        )
    row = before if code in queries.standings(uow) else None
    save(uow, row, replace(before, notes=notes))
    audit.record(uow, "law:note", role="house", rule=f"{code}.{name}")

"""Bringing back, where it meets what else happens to a post: long texts, and what carers set or said."""

from __future__ import annotations

from sqlalchemy import select

from mashrabiya.communities.tests.factories import ALICE, BOB
from mashrabiya.discussions import commands, flows
from mashrabiya.discussions.tables import POST
from mashrabiya.discussions.tests.factories import answer, begin, place
from mashrabiya.discussions.tests.test_taken import post_of, take
from mashrabiya.discussions.types import BODY_LIMIT, Change
from mashrabiya.kernel.content import Note
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Database, Statement

SET, OWN = Note.BODY, Note.LOSS
_AS_IT_STANDS: Statement[None] = Statement(
    select(POST.c.body, POST.c.notes, POST.c.noted, POST.c.care_note, POST.c.n)
)


def stands(database: Database, number: int) -> tuple[str, int, int | None, str | None]:
    with database.read() as db:
        found = {row[-1]: row[:-1] for row in db.tuples(_AS_IT_STANDS)}
    body, notes, noted, care_note = found[number]
    return body, notes, noted, care_note


def there_and_back(database: Database, viewer: Viewer, tid: bytes, post: bytes) -> None:
    assert take(database, viewer, tid, post)[1] is True
    flows.bring_back(database, viewer, tid, post)


def test_the_longest_text_is_kept_as_well(database: Database) -> None:
    tid = begin(database, ALICE, place(database, ALICE, BOB)).tid
    answer(database, BOB, tid, "\N{SUNFLOWER}" * BODY_LIMIT)
    before = stands(database, 2)
    there_and_back(database, BOB, tid, post_of(database, tid, 2))
    assert stands(database, 2) == before


def edit(database: Database, tid: bytes, post: bytes, notes: int) -> None:
    with database.write() as uow:
        commands.edit(uow, BOB, tid, post, new=Change(body="Other words.", notes=notes))


def test_what_a_carer_set_comes_back_and_binds_as_before(database: Database) -> None:
    tid = begin(database, ALICE, place(database, ALICE, BOB)).tid
    answer(database, BOB, tid)
    post = post_of(database, tid, 2)
    edit(database, tid, post, int(OWN))
    with database.write() as uow:
        assert commands.note(uow, post, int(SET)) == SET
    there_and_back(database, BOB, tid, post)
    edit(database, tid, post, 0)
    assert stands(database, 2)[1:3] == (SET, SET), "deleting and bringing back is no way round it"


def test_what_was_taken_back_meanwhile_does_not_return(database: Database) -> None:
    tid = begin(database, ALICE, place(database, ALICE, BOB)).tid
    answer(database, BOB, tid)
    post = post_of(database, tid, 2)
    with database.write() as uow:
        commands.note(uow, post, int(SET))
        commands.set_care_note(uow, tid, post, number=2, note="Read this first.")
    take(database, BOB, tid, post)
    assert "Read this" not in repr(stands(database, 2)), "nothing of it is read at an empty place"
    with database.write() as uow:
        commands.unnote(uow, post, int(SET))
        commands.set_care_note(uow, tid, post, number=2, note=None)
    flows.bring_back(database, BOB, tid, post)
    assert (stands(database, 2)[1], stands(database, 2)[3]) == (0, None)


def test_what_carers_said_beneath_it_stands_there_again(database: Database) -> None:
    tid = begin(database, ALICE, place(database, ALICE, BOB)).tid
    answer(database, BOB, tid)
    post = post_of(database, tid, 2)
    with database.write() as uow:
        commands.set_care_note(uow, tid, post, number=2, note="Read this first.")
    there_and_back(database, BOB, tid, post)
    assert stands(database, 2)[3] == "Read this first."

"""A form sent twice makes one thing; other words make another."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from mashrabiya.kernel import clock
from mashrabiya.platform import retention, submissions
from mashrabiya.platform.db import Database, Statement
from mashrabiya.platform.submissions import SUBMISSION

FORM = "ab" * 16


class Denied(Exception):
    """What a rule might say after the form was read."""


ROWS: Statement[None] = Statement(select(SUBMISSION.c.tag, SUBMISSION.c.made, SUBMISSION.c.day))


def send(database: Database, form: str, made: bytes, *typed: str) -> bytes:
    with database.write() as uow:
        return submissions.claim(uow, form, made, *typed) or made


def test_the_second_sending_gets_the_first_result(database: Database) -> None:
    assert send(database, FORM, b"first", "title", "body") == b"first"
    assert send(database, FORM, b"second", "title", "body") == b"first"


def test_what_is_refused_after_all_was_not_sent(database: Database) -> None:
    def refused() -> None:
        with database.write() as uow:
            assert submissions.claim(uow, FORM, b"first", "body") is None
            raise Denied

    with pytest.raises(Denied):
        refused()
    assert send(database, FORM, b"second", "body") == b"second"


def test_other_words_are_a_new_sending(database: Database) -> None:
    send(database, FORM, b"first", "body")
    assert send(database, FORM, b"second", "body, mended") == b"second"
    assert send(database, FORM, b"third", "bo", "dy") == b"third"


def test_another_form_is_a_new_sending(database: Database) -> None:
    send(database, FORM, b"first", "body")
    assert send(database, "cd" * 16, b"second", "body") == b"second"


@pytest.mark.parametrize("form", ["", "ab", "zz" * 16, "ab" * 17, "é"])
def test_a_form_without_a_proper_name_is_never_the_same(database: Database, form: str) -> None:
    send(database, form, b"first", "body")
    assert send(database, form, b"second", "body") == b"second"


def test_the_row_tells_neither_form_nor_words(database: Database) -> None:
    send(database, FORM, b"first", "body \ud800 " + "long " * 20_000)
    with database.read() as db:
        ((tag, made, day),) = db.tuples(ROWS)
    assert bytes(tag) != bytes.fromhex(FORM)
    assert (len(tag), bytes(made), day) == (16, b"first", clock.day())


def test_it_is_forgotten_when_the_day_is_over(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    send(database, FORM, b"first")
    monkeypatch.setattr(clock, "offset", float(clock.DAY))
    retention.sweep(database)
    assert send(database, FORM, b"second") == b"second"

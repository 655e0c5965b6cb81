"""Forms sent twice: the second sending gets the result of the first.

Every form that makes something carries a random name. What is kept of it is a
tag that only this form with these very words gives, and the id of what was
made, until the day is over. The same form with other words, after going back
in the browser, is a new sending, and nothing typed is lost.
"""

from __future__ import annotations

from hashlib import sha256

from sqlalchemy import Column, Integer, LargeBinary, bindparam, select

from mashrabiya.kernel import clock
from mashrabiya.kernel.keys import mac
from mashrabiya.platform.db import Expires, Read, Statement, Write, table

SUBMISSION = table(
    "submission",
    Column("tag", LargeBinary, primary_key=True),
    Column("made", LargeBinary, nullable=False),
    Column("day", Integer, nullable=False),
    expire=Expires("day", "day"),
)

_NAME_SIZE = 16

_MADE: Statement[None] = Statement(
    select(SUBMISSION.c.made).where(SUBMISSION.c.tag == bindparam("tag", type_=LargeBinary))
)


def claim(uow: Write, submission: str, made: bytes, *typed: str) -> bytes | None:
    """Say that this form with these words makes ``made``; answers the id of what it made already, if it did.

    Said before anything else is looked at: where the change is refused, this is taken back with it.
    A form without a name is not remembered.
    """
    tag = _tag(submission, typed)
    if not tag or uow.insert_once(SUBMISSION, tag=tag, made=made, day=clock.day()):
        return None
    return bytes(uow.scalar(_MADE, tag=tag))


def made(db: Read, submission: str, *typed: str) -> bytes | None:
    """The id of what this form with these words made today, if it did."""
    tag = _tag(submission, typed)
    found = db.scalar(_MADE, tag=tag) if tag else None
    return None if found is None else bytes(found)


def _tag(submission: str, typed: tuple[str, ...]) -> bytes:
    try:
        name = bytes.fromhex(submission)
    except ValueError:
        return b""
    if len(name) != _NAME_SIZE:
        return b""
    # The parts of a mac are short; so the words go in as their hashes.
    return mac(name, *(sha256(word.encode("utf-8", "replace")).digest() for word in typed))[:_NAME_SIZE]

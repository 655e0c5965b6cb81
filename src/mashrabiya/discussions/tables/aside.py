"""What lies beside posts: earlier wordings, who is kept for two, what waits for its time."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, PrimaryKeyConstraint, Text

from mashrabiya.platform.db import ByRule, Expires, table

LEARNED_DAYS = 365
"""So long somebody is told that two have learned which persona wrote her unnamed words."""

VERSION = table(
    "version",
    # How a post stood before it was edited. It is read where its post is, and goes with it.
    Column("post", LargeBinary, nullable=False),
    Column("v", Integer, nullable=False),
    # On which another wording took its place.
    Column("day", Integer, nullable=False),
    Column("notes", Integer, nullable=False),
    Column("lang", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
    PrimaryKeyConstraint("post", "v"),
    expire=ByRule("threads fade"),
)

ANSWERABLE = table(
    "answerable",
    # An unnamed post of a thread that is accountable. Of every other there is nothing here.
    Column("post", LargeBinary, primary_key=True),
    # Its persona, closed for two of the care team at a time. All rows are equally long.
    Column("boxes", LargeBinary, nullable=False),
    Column("until_day", Integer, nullable=False),
    expire=Expires("until_day", "day"),
)

TOLD = table(
    "told",
    # That two have learned who wrote unnamed in a thread: for that person, who knows her token there.
    Column("home_tid", LargeBinary, nullable=False),
    Column("tok", LargeBinary, nullable=False),
    Column("post", LargeBinary, nullable=False),
    Column("day", Integer, nullable=False),
    PrimaryKeyConstraint("home_tid", "tok"),
    expire=Expires("day", "day", LEARNED_DAYS),
)

PLANNED = table(
    "planned",
    # A thread that is not there yet: written under a name, to be posted at a set time. It stands in no list.
    Column("id", LargeBinary, primary_key=True),
    Column("pid", LargeBinary, nullable=False, index=True),
    Column("cid", LargeBinary, nullable=False),
    # Ten minutes of the clock; of no zone.
    Column("at", BigInteger, nullable=False),
    # Waiting, or back with its author.
    Column("state", Integer, nullable=False),
    Column("until_day", Integer, nullable=False),
    Column("links", Integer, nullable=False),
    # What was closed to anybody there when she was asked: none of it was closed to her.
    Column("known", Text, nullable=False),
    # The form as typed, without its text; that stands beside it with its mentions as references.
    Column("fields", Text, nullable=False),
    Column("body", Text, nullable=False),
    expire=Expires("until_day", "day"),
    erases="pid",
)

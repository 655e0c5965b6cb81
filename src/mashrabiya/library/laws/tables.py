"""Rows of countries. None of them names anybody."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, Text

from mashrabiya.library.laws.types import MISTAKE_DAYS
from mashrabiya.platform.db import Expires, Forever, table

LAW = table(
    "law",
    Column("code", Text, primary_key=True),
    # Empty where CLDR has one: only examples bring a name.
    Column("name", Text, nullable=False),
    # What the page shows of a data set, topic by topic; and apart from it, the rows it was made from.
    Column("cells", LargeBinary, nullable=False),
    Column("origin", LargeBinary, nullable=False),
    # What editors of this house say. An import never touches it.
    Column("notes", LargeBinary, nullable=False),
    Column("dataset", Text, nullable=False),
    Column("licence", Text, nullable=False),
    Column("day", Integer, nullable=False),
    # How hostile the law is known to be, and the last day on which that is known.
    Column("level", Integer, nullable=False),
    Column("until_day", Integer, nullable=False),
    expire=Forever("what is known of the law of a country, until it is imported or written anew; no person"),
)

LAW_MISTAKE = table(
    "law_mistake",
    Column("id", LargeBinary, primary_key=True),
    Column("code", Text, nullable=False),
    Column("topic", Text, nullable=False),
    # Words of whoever noticed; nothing says who that was.
    Column("text", Text, nullable=False),
    Column("day", Integer, nullable=False),
    Index(None, "code"),
    expire=Expires("day", "day", MISTAKE_DAYS),
)

"""The index: the words of each post as numbers, and for each word in which posts it stands."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, PrimaryKeyConstraint

from mashrabiya.platform.db import ByRule, table

INDEXED = table(
    "indexed",
    # A post. There is no key to it: what goes with its post goes here after it, some at a time.
    Column("id", LargeBinary, primary_key=True),
    # Where the postings name it; nothing while it is new. Of those of the same six hours in the order of chance.
    Column("num", BigInteger),
    # Its words in their order, as numbers; last, what its thread is known by.
    Column("words", LargeBinary, nullable=False),
    expire=ByRule("threads fade"),
)
Index("indexed_num", INDEXED.c.num, INDEXED.c.id)

PENDING = table(
    "pending",
    # A post without a number, and the words by which it is to be looked up: those of its row, in full and each once.
    Column("id", LargeBinary, primary_key=True),
    Column("words", LargeBinary, nullable=False),
    expire=ByRule("threads fade"),
)

POSTING = table(
    "posting",
    Column("word", BigInteger, nullable=False),
    # Which 32,768 posts, and which of them.
    Column("seg", Integer, nullable=False),
    Column("docs", LargeBinary, nullable=False),
    PrimaryKeyConstraint("word", "seg"),
    expire=ByRule("threads fade"),
)

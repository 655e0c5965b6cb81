"""The index: the words of each post as numbers, and for each word in which posts it stands."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, PrimaryKeyConstraint, Text

from mashrabiya.platform.db import ByRule, Forever, table

INDEXED = table(
    "indexed",
    # Where the postings name it: of those of the same six hours in the order of chance. Rows that are ranked
    # together lie side by side.
    Column("num", BigInteger, primary_key=True, autoincrement=False),
    # A post. There is no foreign key: what goes with its post goes here after it, some at a time.
    Column("id", LargeBinary, nullable=False, unique=True),
    # Its words in their order, as numbers; last, what its thread is known by.
    Column("words", LargeBinary, nullable=False),
    # What it is looked up by beside its words: who may read there, place, language, kind, whether it helped. Nothing
    # that does not stand beside the post itself.
    Column("marks", LargeBinary, nullable=False),
    expire=ByRule("threads fade"),
)

PENDING = table(
    "pending",
    # A post without a number: new, or changed.
    Column("id", LargeBinary, primary_key=True),
    Column("words", LargeBinary, nullable=False),
    Column("marks", LargeBinary, nullable=False),
    # All of these by which it is to be looked up, in full and each once.
    Column("sought", LargeBinary, nullable=False),
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

LEAF = table(
    "leaf",
    # Which part of the house it is of, what it leads to there, and its language where it has one. No key leads to it.
    Column("part", Integer, nullable=False),
    Column("ref", LargeBinary, nullable=False),
    Column("lang", Text, nullable=False),
    # Its words in their order, as a row of ``indexed`` has them.
    Column("words", LargeBinary, nullable=False),
    PrimaryKeyConstraint("part", "ref", "lang"),
    expire=Forever("goes with what it leads to: a guide's edition, a service, an experience, a community"),
)

LEAF_WORD = table(
    "leaf_word",
    Column("part", Integer, nullable=False),
    Column("word", BigInteger, nullable=False),
    Column("ref", LargeBinary, nullable=False),
    Column("lang", Text, nullable=False),
    # 3 where it stands in the title.
    Column("weight", Integer, nullable=False),
    PrimaryKeyConstraint("part", "word", "ref", "lang"),
    expire=Forever("goes with its leaf"),
)

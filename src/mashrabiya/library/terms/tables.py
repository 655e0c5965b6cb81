"""Concepts, how they stood before, and the communities where no word is mentioned. No row says who wrote it."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, PrimaryKeyConstraint, Text

from mashrabiya.library.terms.types import KEPT_DAYS
from mashrabiya.platform.db import Expires, Forever, table

TERM = table(
    "term",
    Column("id", LargeBinary, primary_key=True),
    # Its name on the shelf, by which a later shelf knows it again; of a house's own, its id.
    Column("key", Text, nullable=False, unique=True),
    # A Body, as JSON: it is read whole, into memory.
    Column("body", Text, nullable=False),
    Column("hidden", Integer, nullable=False),
    # The house wrote it: no shelf overwrites it.
    Column("changed", Integer, nullable=False),
    # The print of the shelf that it was compared with last.
    Column("shelf", Text, nullable=False),
    Column("v", Integer, nullable=False),
    Column("day", Integer, nullable=False),
    expire=Forever("a concept stays until the house lets the glossary go; hosts hide one"),
)

TERM_VERSION = table(
    "term_version",
    Column("term", LargeBinary, nullable=False),
    Column("v", Integer, nullable=False),
    Column("body", Text, nullable=False),
    # Of the change that ended it.
    Column("day", Integer, nullable=False),
    PrimaryKeyConstraint("term", "v"),
    expire=Expires("day", "day", KEPT_DAYS),
)

TERM_REST = table(
    "term_rest",
    # A community whose members are told of no word before they post.
    Column("cid", LargeBinary, primary_key=True),
    expire=Forever("until whoever runs the place switches it on again, or it closes"),
)

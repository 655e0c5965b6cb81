"""Communities and who belongs to them. No column tells when somebody joined, finer than a month."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, PrimaryKeyConstraint, Text

from mashrabiya.platform.db import Forever, table

COMMUNITY = table(
    "community",
    Column("id", LargeBinary, primary_key=True),
    Column("name", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("seed", LargeBinary, nullable=False),
    Column("language", Text, nullable=False),
    Column("audience", Integer, nullable=False),
    Column("entry", Integer, nullable=False),
    Column("retention_days", Integer, nullable=False),
    Column("agreements", Text, nullable=False),
    Column("anon_mode", Integer, nullable=False),
    # Bits of Topic, and bits of the kinds of reply in use here; none at all is a choice too.
    Column("topics", BigInteger, nullable=False),
    Column("wants", Integer, nullable=False),
    # Name and description as search compares them.
    Column("folded", Text, nullable=False),
    Column("month", Integer, nullable=False),
    # The hour until which it is protected; long past where it never was.
    Column("protected_h", Integer, nullable=False),
    # Minutes between two answers of one person in a thread here; none where it is nought.
    Column("slow", Integer, nullable=False),
    expire=Forever("a community stays until those who run it close it"),
)

MEMBERSHIP = table(
    "membership",
    Column("cid", LargeBinary, ForeignKey("community.id"), nullable=False),
    # No foreign key to the persona: the two are removed by separate steps, at hours of their own.
    Column("pid", LargeBinary, nullable=False),
    Column("role", Integer, nullable=False),
    Column("month", Integer, nullable=False),
    PrimaryKeyConstraint("cid", "pid"),
    Index(None, "pid"),
    expire=Forever("a membership stays until the persona leaves or is deleted"),
    erases="pid",
)

CARE_KEY = table(
    "care_key",
    Column("cid", LargeBinary, ForeignKey("community.id"), nullable=False),
    Column("pid", LargeBinary, nullable=False),
    # The public half. The other is derived from the persona's own key, in her session, and stands nowhere.
    Column("pub", LargeBinary, nullable=False),
    # Held by the house's care team, and not by those who run the place.
    Column("house", Integer, nullable=False),
    PrimaryKeyConstraint("cid", "pid"),
    Index(None, "pid"),
    expire=Forever("until it is given back, or its persona leaves or is deleted"),
    erases="pid",
)

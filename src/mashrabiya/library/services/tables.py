"""Rows of services. None names a persona, and none ties two of anybody's."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, PrimaryKeyConstraint, Text

from mashrabiya.library.services.types import CHECKS_DAYS
from mashrabiya.platform.db import Expires, Forever, table

SERVICE = table(
    "service",
    Column("id", LargeBinary, primary_key=True),
    Column("status", Text, nullable=False),
    Column("risk", Text, nullable=False),
    # Of a sample: nobody may take it for one that answers.
    Column("made_up", Integer, nullable=False),
    # From its checks, so that a list need not read them.
    Column("affirming", Text, nullable=False),
    Column("checked_day", Integer, nullable=False),
    Column("role", Text, nullable=False),
    Column("method", Text, nullable=False),
    Column("next_day", Integer, nullable=False),
    Column("body", Text, nullable=False),
    expire=Forever("until a host removes it"),
)

SERVICE_CHECK = table(
    "service_check",
    Column("id", LargeBinary, primary_key=True),
    Column("service", LargeBinary, ForeignKey("service.id"), nullable=False),
    Column("day", Integer, nullable=False),
    Column("role", Text, nullable=False),
    Column("method", Text, nullable=False),
    Column("affirming", Text, nullable=False),
    # From her key and this one service: tells whether two checks are two people's, and nobody who.
    Column("mark", LargeBinary, nullable=False),
    Column("note", Text, nullable=False),
    Index(None, "service"),
    expire=Expires("day", "day", CHECKS_DAYS),
)

SERVICE_LIVED = table(
    "service_lived",
    Column("service", LargeBinary, ForeignKey("service.id"), nullable=False),
    # From her key and this one service, like no other row of hers. The row without one holds what is told of all.
    Column("mark", LargeBinary, nullable=False),
    # A bit for each aspect in which her word is not in what is told yet.
    Column("fresh", Integer, nullable=False),
    Column("listening", Integer, nullable=False),
    Column("privacy", Integer, nullable=False),
    Column("cost", Integer, nullable=False),
    Column("respect", Integer, nullable=False),
    Column("waiting", Integer, nullable=False),
    Column("until_quarter", Integer, nullable=False),
    PrimaryKeyConstraint("service", "mark"),
    expire=Expires("until_quarter", "quarter"),
)

SERVICE_DOUBT = table(
    "service_doubt",
    Column("service", LargeBinary, ForeignKey("service.id"), nullable=False),
    Column("mark", LargeBinary, nullable=False),
    Column("what", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("until_day", Integer, nullable=False),
    PrimaryKeyConstraint("service", "mark"),
    expire=Expires("until_day", "day"),
)

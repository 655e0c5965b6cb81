"""Reports. They name what was reported and never who reported it."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary

from mashrabiya.platform.db import Expires, table

REPORT = table(
    "report",
    Column("id", LargeBinary, primary_key=True),
    # The community it stands in; none where the whole house is asked.
    Column("cid", LargeBinary),
    Column("kind", Integer, nullable=False),
    # The post, the persona or the community.
    Column("object", LargeBinary, nullable=False),
    Column("reason", Integer, nullable=False),
    Column("state", Integer, nullable=False),
    Column("day", Integer, nullable=False),
    # From the reporter's own key and the thing: twice is once, and it leads back to nobody.
    Column("rnull", LargeBinary, nullable=False, unique=True),
    # What she added, sealed under the house's key and padded.
    Column("note", LargeBinary, nullable=False),
    # One of 48 places that only the reporter's own session can name: so she finds the outcome, and nobody else her.
    Column("mine", LargeBinary, nullable=False, unique=True),
    # What closed it. Its outcome is read from there.
    Column("decision", LargeBinary),
    Column("until_day", Integer, nullable=False),
    expire=Expires("until_day", "day"),
    erases="object",
)
Index(None, REPORT.c.cid, REPORT.c.state, REPORT.c.day)
Index(None, REPORT.c.object)

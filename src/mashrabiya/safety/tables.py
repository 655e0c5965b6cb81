"""Reports, which name what was reported and never who reported it, and automatic rules."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, Text, and_, literal_column

from mashrabiya.platform.db import Expires, Forever, index_of_some, table

CHANGES_KEPT_DAYS = 730

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
    # Of the reports of one thing that wait, the first stands for all: how urgent, since when, how many.
    # So the first page of a long list costs as much as that of a short one.
    Column("stands_for", Integer, nullable=False),
    Column("urgency", Integer, nullable=False),
    Column("since", Integer, nullable=False),
    # Nought where the word of its reporter hides nothing by itself.
    Column("weighs", Integer, nullable=False),
    Column("until_day", Integer, nullable=False),
    expire=Expires("until_day", "day"),
    erases="object",
)
_WAITS = and_(REPORT.c.state == literal_column("0"), REPORT.c.stands_for > literal_column("0"))
_IN_LINE = (REPORT.c.urgency, REPORT.c.since, REPORT.c.id)
index_of_some("report_waits", *_IN_LINE, where=_WAITS)
index_of_some("report_waits_there", REPORT.c.cid, *_IN_LINE, where=_WAITS)
Index(None, REPORT.c.object)

PRECEPT = table(
    "precept",
    Column("id", LargeBinary, primary_key=True),
    # The community whose rule it is; none where it is the house's.
    Column("cid", LargeBinary),
    Column("kind", Integer, nullable=False),
    Column("act", Integer, nullable=False),
    Column("is_on", Integer, nullable=False),
    # What it looks for, sealed under the house's key: a list of what hurts lies in no file in plain words.
    Column("sealed", LargeBinary, nullable=False),
    Column("sentence", Text, nullable=False),
    Column("note", Integer, nullable=False),
    expire=Forever("an automatic rule stays until those who made it delete it"),
)
Index(None, PRECEPT.c.cid)

PRECEPT_CHANGE = table(
    "precept_change",
    Column("id", LargeBinary, primary_key=True),
    Column("cid", LargeBinary),
    Column("precept", LargeBinary, nullable=False),
    Column("done", Integer, nullable=False),
    Column("kind", Integer, nullable=False),
    Column("act", Integer, nullable=False),
    Column("day", Integer, nullable=False),
    expire=Expires("day", "day", CHANGES_KEPT_DAYS),
)
Index(None, PRECEPT_CHANGE.c.cid, PRECEPT_CHANGE.c.day)

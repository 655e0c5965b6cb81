"""Decisions. They name the role that decided, and what was decided on, never the carer."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, Text, UniqueConstraint

from mashrabiya.care.types.openness import KEPT_SUMS_DAYS
from mashrabiya.platform.db import ByRule, Expires, table

KEPT_DAYS = 730

DECISION = table(
    "decision",
    Column("id", LargeBinary, primary_key=True),
    Column("cid", LargeBinary),
    Column("report", LargeBinary),
    Column("act", Integer, nullable=False),
    # What was decided on. A guard is found by this decision's id, so no row here names whom it meets.
    Column("kind", Integer, nullable=False),
    Column("object", LargeBinary, nullable=False),
    Column("reason", Integer, nullable=False),
    Column("words", Text, nullable=False),
    Column("agreement", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("day", Integer, nullable=False),
    Column("until_day", Integer),
    Column("undone_day", Integer),
    # Of whoever decided, from her own key and this decision: nobody answers an objection to what she
    # decided herself, under whichever name, and no two decisions show that they are one carer's.
    Column("by", LargeBinary),
    # The content notes that it set, so that taking it back takes away these and no others.
    Column("carry", Integer),
    # What those who reported it read beside the outcome, where the carer wrote them something.
    Column("reply", Text),
    # What was hidden in one press is taken back in one: the id of the first of these decisions.
    Column("batch", LargeBinary),
    expire=Expires("day", "day", KEPT_DAYS),
    erases="object",
)
Index(None, DECISION.c.cid, DECISION.c.day)
Index(None, DECISION.c.object)
Index(None, DECISION.c.day)
Index(None, DECISION.c.batch)

APPEAL = table(
    "appeal",
    Column("id", LargeBinary, primary_key=True),
    # One objection to a decision: only the person concerned can make it.
    Column("decision", LargeBinary, nullable=False, unique=True),
    # One of sixteen places that only her own session can name: so she finds the answer, and nobody else her.
    Column("mine", LargeBinary, nullable=False, unique=True),
    Column("state", Integer, nullable=False),
    Column("day", Integer, nullable=False),
    Column("answered_day", Integer),
    # What she wrote, and what she was answered: sealed under the house's key and padded.
    Column("words", LargeBinary, nullable=False),
    Column("answer", LargeBinary, nullable=False),
    Column("until_day", Integer, nullable=False),
    expire=Expires("until_day", "day"),
)
Index(None, APPEAL.c.state, APPEAL.c.day)

PROPOSAL = table(
    "proposal",
    Column("id", LargeBinary, primary_key=True),
    Column("kind", Integer, nullable=False),
    # The community, the post, what was reported, or whose role would end. One thing waits for a second person once.
    Column("object", LargeBinary, nullable=False),
    # Empty for the house.
    Column("cid", LargeBinary, nullable=False),
    # Whoever proposed it, so that nobody is her own second, under whichever of her names.
    Column("pid", LargeBinary, nullable=False),
    # The persona that it would meet, where it meets one: what waits goes with it.
    Column("whom", LargeBinary),
    Column("role", Text, nullable=False),
    Column("words", Text, nullable=False),
    # The mode proposed; what the first of two made of the boxes, which opens for the second alone; or how long
    # and by which unnamed voice the house is to be closed.
    Column("carry", LargeBinary, nullable=False),
    Column("exp_h", Integer, nullable=False),
    UniqueConstraint("kind", "object"),
    expire=Expires("exp_h", "hour"),
    erases="pid",
)

# What is told openly when what it was counted from is gone. No id but that of the place, and no count that is not told.
TALLY = table(
    "tally",
    # Empty for the house.
    Column("cid", LargeBinary, primary_key=True),
    # A week of a community, a month of the house.
    Column("span", Integer, primary_key=True),
    Column("what", Text, primary_key=True),
    Column("agreement", Text, primary_key=True),
    Column("shown", Integer, nullable=False),
    Column("day", Integer, nullable=False),
    expire=Expires("day", "day", KEPT_SUMS_DAYS),
)

CLAIM = table(
    "claim",
    # The thing that was reported: all that was said of it together is one case, and one person has it.
    Column("kind", Integer, primary_key=True),
    Column("object", LargeBinary, primary_key=True),
    # Of those who run the place and are named on its page: who has it, so that they read the name of the moment.
    Column("pid", LargeBinary),
    # Of the house's care team: from her own key and this case. Nobody but she can tell whose it is.
    Column("by", LargeBinary),
    Column("role", Text, nullable=False),
    Column("exp_h", Integer, nullable=False),
    expire=Expires("exp_h", "hour"),
    erases="pid",
)
Index(None, CLAIM.c.pid)

ASIDE = table(
    "aside",
    Column("id", LargeBinary, primary_key=True),
    Column("kind", Integer, nullable=False),
    Column("object", LargeBinary, nullable=False),
    # Its place among those of its case.
    Column("n", Integer, nullable=False),
    # From its writer's own key and this case: she is known to herself alone, and not the same in two cases.
    Column("by", LargeBinary, nullable=False),
    Column("role", Text, nullable=False),
    # Of the house's care team, for those who run the community as well; else they do not read it.
    Column("shared", Integer, nullable=False),
    # What it asks of the others, and whether that waits still.
    Column("wish", Integer, nullable=False),
    Column("waits", Integer, nullable=False),
    Column("day", Integer, nullable=False),
    # Sealed under the house's key and padded.
    Column("words", LargeBinary, nullable=False),
    expire=ByRule("notes among carers go with their case"),
    erases="object",
)
Index(None, ASIDE.c.object)

ROOM_LINE = table(
    "room_line",
    Column("id", LargeBinary, primary_key=True),
    # Empty for the house's care team.
    Column("cid", LargeBinary, nullable=False),
    # Its place among those of its room.
    Column("n", Integer, nullable=False),
    # From its writer's own key, the week and the room: she is known to herself alone, and not the same in another week.
    Column("by", LargeBinary, nullable=False),
    # Whether she would like somebody to talk with, and whether that waits still.
    Column("wish", Integer, nullable=False),
    Column("waits", Integer, nullable=False),
    Column("day", Integer, nullable=False),
    # Sealed under the house's key and padded.
    Column("words", LargeBinary, nullable=False),
    Column("until_day", Integer, nullable=False),
    expire=Expires("until_day", "day"),
)
Index(None, ROOM_LINE.c.cid, ROOM_LINE.c.n)

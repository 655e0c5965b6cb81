"""Who holds an editorial role, which hands an edition went through, and what the desk said."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, PrimaryKeyConstraint, Text

from mashrabiya.library.desk.types import ANSWER_DAYS
from mashrabiya.platform.db import Expires, Forever, table

DESK_DUTY = table(
    "desk_duty",
    Column("pid", LargeBinary, nullable=False),
    Column("role", Integer, nullable=False),
    Column("until_day", Integer, nullable=False),
    PrimaryKeyConstraint("pid", "role"),
    expire=Expires("until_day", "day"),
    erases="pid",
)

DESK_HAND = table(
    "desk_hand",
    Column("guide", LargeBinary, ForeignKey("guide.id"), nullable=False),
    Column("lang", Text, nullable=False),
    Column("n", Integer, nullable=False),
    # From one person's key and this edition: the same whichever name she uses, and on no other edition.
    Column("who", LargeBinary, nullable=False),
    # As what she read it; 0 where she wrote it.
    Column("role", Integer, nullable=False),
    Column("day", Integer, nullable=False),
    PrimaryKeyConstraint("guide", "lang", "n", "who"),
    expire=Forever("an edition says by which roles it was read; of whose hands they are nothing is said"),
)

DESK_ANSWER = table(
    "desk_answer",
    # What was found wrong, by its own id.
    Column("id", LargeBinary, primary_key=True),
    Column("guide", LargeBinary, ForeignKey("guide.id"), nullable=False),
    Column("text", Text, nullable=False),
    Column("role", Integer, nullable=False),
    Column("day", Integer, nullable=False),
    Index(None, "guide"),
    expire=Expires("day", "day", ANSWER_DAYS),
)

DESK_WITHDRAWN = table(
    "desk_withdrawn",
    Column("guide", LargeBinary, ForeignKey("guide.id"), primary_key=True),
    Column("day", Integer, nullable=False),
    Column("ar", Text, nullable=False),
    Column("en", Text, nullable=False),
    expire=Forever("its address says why a guide is gone, until the desk brings it back"),
)

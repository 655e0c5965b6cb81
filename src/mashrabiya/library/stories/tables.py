"""Experiences and the marks on them. Random keys; the only time is a month."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Integer, LargeBinary, PrimaryKeyConstraint, Text

from mashrabiya.library.stories.types import FADE
from mashrabiya.platform.db import ByRule, Expires, index_of_some, table

STORY = table(
    "story",
    Column("id", LargeBinary, primary_key=True),
    # A persona or a token, never both. A token is made of its teller and of this row's id: it is in no other row.
    Column("pid", LargeBinary),
    Column("tok", LargeBinary),
    Column("state", Integer, nullable=False),
    # Bits of Layer: what its teller agrees to now.
    Column("may", Integer, nullable=False),
    Column("about", Integer, nullable=False),
    Column("lang", Text, nullable=False),
    # What it stands with: a guide and the number of its step (0: the whole), a country by its code.
    Column("guide", LargeBinary),
    Column("step", Integer, nullable=False),
    Column("country", Text, nullable=False),
    Column("notes", Integer, nullable=False),
    # Of those, what a care team set: its teller's changes leave them.
    Column("noted", Integer, nullable=False),
    # Counts of people.
    Column("same", Integer, nullable=False),
    Column("helped", Integer, nullable=False),
    # Which of three places beside its step those who edit the library gave it; 0: none.
    Column("picked", Integer, nullable=False),
    # The first day of the month it was told in.
    Column("day", Integer, nullable=False),
    Column("question", Text, nullable=False),
    Column("was", Text, nullable=False),
    Column("done", Text, nullable=False),
    Column("came", Text, nullable=False),
    CheckConstraint("(pid IS NULL) <> (tok IS NULL)", name="named_or_unnamed"),
    expire=ByRule(FADE),
    erases="pid",
)
# Lists run along (month, id): inside a month the order is chance.
Index(None, STORY.c.day, STORY.c.id)
_TIED = STORY.c.guide.is_not(None)
index_of_some("story_beside", STORY.c.guide, STORY.c.step, where=_TIED)
_NAMED = STORY.c.pid.is_not(None)
index_of_some("story_named", STORY.c.pid, where=_NAMED)

STORY_MARK = table(
    "story_mark",
    Column("story", LargeBinary, nullable=False),
    Column("kind", Integer, nullable=False),
    # One per person, experience and kind, whichever persona she uses: nobody can list what somebody marked.
    Column("mnull", LargeBinary, nullable=False),
    PrimaryKeyConstraint("story", "kind", "mnull"),
    expire=ByRule(FADE),
)

STORY_QUOTE = table(
    "story_quote",
    Column("id", LargeBinary, primary_key=True),
    Column("story", LargeBinary, nullable=False),
    # Where it stands: a guide and the number of its step (0: the whole).
    Column("guide", LargeBinary, nullable=False),
    Column("step", Integer, nullable=False),
    # 0 while its teller is asked. Who asked is not kept, nor the day on which she agreed.
    Column("agreed", Integer, nullable=False),
    # Until when she is asked; once she agreed, as long as the experience may stay.
    Column("until_day", Integer, nullable=False),
    # Words of the experience, as they stand in it: when they do no longer, this goes.
    Column("passage", Text, nullable=False),
    expire=Expires("until_day", "day"),
)
Index(None, STORY_QUOTE.c.story)
Index(None, STORY_QUOTE.c.guide)

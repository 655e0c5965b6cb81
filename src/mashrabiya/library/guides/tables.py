"""Guides, their editions and sources. Nothing here says who wrote, read or found something wrong."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, PrimaryKeyConstraint, Text

from mashrabiya.library.guides.types import WRONG_DAYS
from mashrabiya.platform.db import Expires, Forever, table

GUIDE = table(
    "guide",
    Column("id", LargeBinary, primary_key=True),
    # Its name on the shelf, which stands in no address; its own id where the house began it.
    Column("slug", Text, nullable=False, unique=True),
    Column("topic", Integer, nullable=False),
    # Which of its topic it is.
    Column("place", Integer, nullable=False),
    Column("kind", Integer, nullable=False),
    # Bits of Note; cases of help now, codes of roles: with a space between them.
    Column("notes", Integer, nullable=False),
    Column("help", Text, nullable=False),
    # After so many months it is read again, by these roles.
    Column("months", Integer, nullable=False),
    Column("reviewers", Text, nullable=False),
    Column("state", Integer, nullable=False),
    # A host lets it be read.
    Column("open", Integer, nullable=False),
    # When it was reviewed last and by which roles, and the day of the next review; 0 where it never was.
    Column("checked_day", Integer, nullable=False),
    Column("checked_by", Text, nullable=False),
    Column("next_day", Integer, nullable=False),
    Column("helped", Integer, nullable=False),
    expire=Forever("a guide stays until the desk withdraws it, and then as withdrawn"),
)

GUIDE_EDITION = table(
    "guide_edition",
    Column("guide", LargeBinary, ForeignKey("guide.id"), nullable=False),
    Column("lang", Text, nullable=False),
    Column("n", Integer, nullable=False),
    Column("state", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("lead", Text, nullable=False),
    # The whole of it, in the format of the shelf.
    Column("text", Text, nullable=False),
    # What a page shows of it: Parts as JSON, made when it was published; empty for a draft.
    Column("parts", Text, nullable=False),
    # The day it was written, by whom as a role, and of which edition in the other language it is the translation.
    Column("day", Integer, nullable=False),
    Column("role", Integer, nullable=False),
    Column("of_lang", Text, nullable=False),
    Column("of_n", Integer, nullable=False),
    PrimaryKeyConstraint("guide", "lang", "n"),
    expire=Forever("what a guide said before can be compared with what it says now"),
)

GUIDE_SOURCE = table(
    "guide_source",
    # As texts cite it.
    Column("code", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("publisher", Text, nullable=False),
    Column("year", Text, nullable=False),
    Column("languages", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("licence", Text, nullable=False),
    # What may be taken over, how it was seen (S, S2, F), and on which day somebody opened it; empty: nobody yet.
    Column("quote", Text, nullable=False),
    Column("mark", Text, nullable=False),
    Column("seen", Text, nullable=False),
    # What it is cited for.
    Column("supports_ar", Text, nullable=False),
    Column("supports_en", Text, nullable=False),
    # Since when it opens no more, as the desk found; 0 where it does.
    Column("broken_day", Integer, nullable=False),
    expire=Forever("sources stay as long as guides may cite them"),
)

GUIDE_SHELF = table(
    "guide_shelf",
    # Which text of the shelf this house was given last, by its print: it is brought once, whatever became of it.
    Column("name", Text, primary_key=True),
    Column("print", LargeBinary, nullable=False),
    expire=Forever("one row for each text of the shelf"),
)

GUIDE_HELPED = table(
    "guide_helped",
    Column("guide", LargeBinary, nullable=False),
    # One per person and guide, whichever name she uses: nobody can list what helped somebody.
    Column("hnull", LargeBinary, nullable=False),
    PrimaryKeyConstraint("guide", "hnull"),
    expire=Forever("counts each person once, for as long as the guide stands"),
)

GUIDE_WRONG = table(
    "guide_wrong",
    Column("id", LargeBinary, primary_key=True),
    Column("guide", LargeBinary, ForeignKey("guide.id"), nullable=False),
    Column("lang", Text, nullable=False),
    # The step it is about; 0 where it is about the whole.
    Column("step", Integer, nullable=False),
    Column("what", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("day", Integer, nullable=False),
    # The desk has answered it.
    Column("done", Integer, nullable=False),
    Index(None, "guide"),
    expire=Expires("day", "day", WRONG_DAYS),
)

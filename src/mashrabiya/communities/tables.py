"""Communities and who belongs to them. No column tells when somebody joined, finer than a month."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, PrimaryKeyConstraint, Text

from mashrabiya.platform.db import ByRule, Expires, Forever, table

COMMUNITY = table(
    "community",
    Column("id", LargeBinary, primary_key=True),
    Column("name", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("seed", LargeBinary, nullable=False),
    Column("language", Text, nullable=False),
    Column("audience", Integer, nullable=False),
    Column("entry", Integer, nullable=False),
    # A line each; those who run the place ask them of whoever wants to enter.
    Column("questions", Text, nullable=False),
    # Its members make invitations too.
    Column("members_invite", Integer, nullable=False),
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
    # The last day on which no list shows it to those outside; nought where it is listed.
    Column("unlisted_day", Integer, nullable=False),
    # A PlaceState, and the day on which an archived place closes; 0 where it does not.
    Column("state", Integer, nullable=False),
    Column("closes_day", Integer, nullable=False),
    # The day on which what is agreed changed last; 0 where it never did.
    Column("agreed_day", Integer, nullable=False),
    # Name and description in another language of the house; none at all is usual.
    Column("other_tongue", Text, nullable=False),
    Column("other_name", Text, nullable=False),
    Column("other_about", Text, nullable=False),
    # What is said to whoever has just joined; bits of Note that every thread begun there carries; and
    # the minutes between two posts of one person there.
    Column("welcome", Text, nullable=False),
    Column("notes", Integer, nullable=False),
    Column("slow", Integer, nullable=False),
    # What its threads can be about: number, Arabic and English name of each, in its order.
    Column("tags", Text, nullable=False),
    expire=ByRule("closed communities go"),
)

TAG_NAME = table(
    "tag_name",
    # Made of one name of a tag that the place offers: by it places that have the same one are found.
    Column("key", LargeBinary, nullable=False),
    Column("cid", LargeBinary, ForeignKey("community.id"), nullable=False),
    Column("n", Integer, nullable=False),
    PrimaryKeyConstraint("key", "cid", "n"),
    Index(None, "cid"),
    expire=ByRule("closed communities go"),
)

MEMBERSHIP = table(
    "membership",
    Column("cid", LargeBinary, ForeignKey("community.id"), nullable=False),
    # No foreign key to the persona: the two are removed by separate steps, at hours of their own.
    Column("pid", LargeBinary, nullable=False),
    Column("role", Integer, nullable=False),
    Column("month", Integer, nullable=False),
    # The last day of her role's term, far away for one without an end; and a role that is over, for as long
    # as she is told so. Who holds it now is never read of ``role`` alone: ``queries.terms`` says who.
    Column("until_day", Integer, nullable=False),
    Column("lapsed", Integer, nullable=False),
    # The day until which she is asked to take a role, which, and for how many days; and the hour until which
    # her wish to close the place waits for a second person; 0 where neither is so.
    Column("offered_day", Integer, nullable=False),
    Column("offered_role", Integer, nullable=False),
    Column("offered_days", Integer, nullable=False),
    Column("closing_h", Integer, nullable=False),
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

AGREEMENT = table(
    "agreement",
    Column("cid", LargeBinary, ForeignKey("community.id"), nullable=False),
    Column("v", Integer, nullable=False),
    Column("day", Integer, nullable=False),
    Column("text", Text, nullable=False),
    # The narrowest door of the place since: through a wider one an earlier version is not shown.
    Column("audience", Integer, nullable=False),
    # Far away for the version in force.
    Column("until_day", Integer, nullable=False),
    # A member proposed what is new in it; by name, if that persona is there and has left it there.
    Column("proposed", Integer, nullable=False),
    Column("pid", LargeBinary),
    PrimaryKeyConstraint("cid", "v"),
    Index(None, "pid"),
    expire=Expires("until_day", "day"),
    erases="pid",
)

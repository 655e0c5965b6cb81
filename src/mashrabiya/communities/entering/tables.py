"""Rows of the ways in. None says who invited or vouched, and none ties two names."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, PrimaryKeyConstraint, Text

from mashrabiya.communities.entering.types import COUNTED_DAYS
from mashrabiya.platform.db import Expires, table

ASKING = table(
    "asking",
    Column("id", LargeBinary, primary_key=True),
    Column("cid", LargeBinary, ForeignKey("community.id"), nullable=False),
    # No foreign key to the persona, as with memberships.
    Column("pid", LargeBinary, nullable=False),
    Column("state", Integer, nullable=False),
    # Closed for those who ran the place when it was asked; empty from the decision on.
    Column("answers", LargeBinary, nullable=False),
    # Closed for the persona that asked; empty where nothing was said.
    Column("said", LargeBinary, nullable=False),
    Column("until_day", Integer, nullable=False),
    Index(None, "cid", "pid", unique=True),
    Index(None, "pid"),
    expire=Expires("until_day", "day"),
    erases="pid",
)

ASKING_VOUCHER = table(
    "asking_voucher",
    # A request; and from the key of whoever vouches and that request, like no other row of hers.
    Column("asking", LargeBinary, nullable=False),
    Column("vnull", LargeBinary, nullable=False),
    # One of sixteen for the branch of invitations she came by, drawn anew for each request.
    Column("branch", Integer, nullable=False),
    Column("until_day", Integer, nullable=False),
    PrimaryKeyConstraint("asking", "vnull"),
    expire=Expires("until_day", "day"),
)

PLACE_INVITATION = table(
    "place_invitation",
    Column("tag", LargeBinary, primary_key=True),
    Column("cid", LargeBinary, ForeignKey("community.id"), nullable=False),
    # From the key of the persona that made it and the place: only her own session finds it by that.
    Column("giver", LargeBinary, nullable=False),
    # The code, closed with her key, so that she can show the link again.
    Column("sealed", LargeBinary, nullable=False),
    # Made by somebody who runs the place: what members made ends when they may not invite any more.
    Column("by_host", Integer, nullable=False),
    Column("until_day", Integer, nullable=False),
    Index(None, "giver"),
    Index(None, "cid"),
    expire=Expires("until_day", "day"),
)

WAY_COUNT = table(
    "way_count",
    Column("cid", LargeBinary, nullable=False),
    # The Monday of a week.
    Column("day", Integer, nullable=False),
    Column("what", Text, nullable=False),
    Column("n", Integer, nullable=False),
    PrimaryKeyConstraint("cid", "day", "what"),
    expire=Expires("day", "day", COUNTED_DAYS),
)

"""Rows of trust. None says who found somebody helpful, nor what it was that helped."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, PrimaryKeyConstraint, Text

from mashrabiya.platform.db import Expires, Forever, table
from mashrabiya.safety.trust.types import FADE_DAYS

TRUST_VOTE = table(
    "trust_vote",
    # The persona that helped.
    Column("target", LargeBinary, nullable=False),
    # From the key of whoever was helped and the target: once for each person, and like no other row of hers.
    Column("vnull", LargeBinary, nullable=False),
    # One of sixteen, another for each target: it keeps a branch from being counted often, and names none.
    Column("branch", Integer, nullable=False),
    # The first day of the week of the last mark, and how many marks stand: taken back, the last takes the row along.
    Column("week", Integer, nullable=False),
    Column("n", Integer, nullable=False),
    PrimaryKeyConstraint("target", "vnull"),
    expire=Expires("week", "day", FADE_DAYS),
    erases="target",
)

ANON_CREDIT = table(
    "anon_credit",
    # The same for an unnamed voice: by its token, and the thread that the token is of.
    Column("home_tid", LargeBinary, nullable=False),
    Column("tok", LargeBinary, nullable=False),
    Column("vnull", LargeBinary, nullable=False),
    Column("branch", Integer, nullable=False),
    Column("week", Integer, nullable=False),
    Column("n", Integer, nullable=False),
    PrimaryKeyConstraint("home_tid", "tok", "vnull"),
    expire=Expires("week", "day", FADE_DAYS),
)

TRUST_DAY = table(
    "trust_day",
    # On which days, and in which communities, whoever it was found this persona or voice helpful: apart from
    # the votes, so that no vote has a calendar.
    Column("target", LargeBinary, nullable=False),
    Column("day", Integer, nullable=False),
    Column("cid", LargeBinary, nullable=False),
    PrimaryKeyConstraint("target", "day", "cid"),
    expire=Expires("day", "day", FADE_DAYS),
    erases="target",
)

VOUCHER = table(
    "voucher",
    # The persona that somebody trusted vouches for.
    Column("target", LargeBinary, nullable=False),
    # From the key of whoever vouches and the target: once for each person, and like no other row of hers.
    Column("vnull", LargeBinary, nullable=False),
    Column("until_q", Integer, nullable=False),
    PrimaryKeyConstraint("target", "vnull"),
    expire=Expires("until_q", "quarter"),
    erases="target",
)

PULLED = table(
    "pulled",
    # For the care team: somebody took back that she vouches for this persona. Not who.
    Column("id", LargeBinary, primary_key=True),
    Column("target", LargeBinary, nullable=False, unique=True),
    Column("until_day", Integer, nullable=False),
    expire=Expires("until_day", "day"),
    erases="target",
)

TRUST_MEASURE = table(
    "trust_measure",
    Column("name", Text, primary_key=True),
    Column("people", Integer, nullable=False),
    Column("places", Integer, nullable=False),
    expire=Forever("one row: what it takes to be established here, reckoned every night"),
)

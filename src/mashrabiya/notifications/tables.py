"""Notices, who follows what, and what was read of it. Nothing here says whose two rows are."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, PrimaryKeyConstraint

from mashrabiya.notifications.types import KEPT_DAYS, UNNAMED
from mashrabiya.platform.db import Expires, Forever, index_of_some, table

NOTICE = table(
    "notice",
    # A persona, the token of an unnamed voice in that thread, or the address of somebody who follows it.
    Column("addr", LargeBinary, nullable=False),
    Column("tid", LargeBinary, nullable=False),
    Column("kind", Integer, nullable=False),
    # The post it tells of; empty where it tells of all that is written there.
    Column("ref", LargeBinary, nullable=False),
    # The number of that post, or of the first that it tells of.
    Column("n", Integer, nullable=False),
    # Of what was told last. Whether it was read stands elsewhere, sealed.
    Column("day", Integer, nullable=False),
    # Told twice it is one.
    PrimaryKeyConstraint("addr", "tid", "kind", "ref"),
    expire=Expires("day", "day", KEPT_DAYS),
    erases="addr",
)
Index(None, NOTICE.c.tid)
_OF_VOICES = NOTICE.c.kind >= UNNAMED
index_of_some("notice_voices", NOTICE.c.day, NOTICE.c.tid, where=_OF_VOICES)

SUB = table(
    "sub",
    # A thread, and from the key of the persona that follows it: what finds it is a notice, and her own session.
    Column("scope", LargeBinary, nullable=False),
    Column("addr", LargeBinary, nullable=False),
    # Put off when she comes by, by a share of its own: nobody could find it when her persona goes.
    Column("until_q", Integer, nullable=False),
    PrimaryKeyConstraint("scope", "addr"),
    expire=Expires("until_q", "quarter"),
)

SEEN = table(
    "seen",
    # From one person's key: what she has read, and of what she wants no notices. All are equally long.
    Column("tag", LargeBinary, primary_key=True),
    Column("blob", LargeBinary, nullable=False),
    Column("until_q", Integer, nullable=False),
    expire=Expires("until_q", "quarter"),
)

PUSH = table(
    "push",
    # From a key of the house and the name it is for: at rest it says of nobody that she has one.
    Column("addr", LargeBinary, primary_key=True),
    # Where her browser is told, and when not. All are equally long.
    Column("blob", LargeBinary, nullable=False),
    # In steps of some days, so that it is the same for many. Put off when she comes by.
    Column("until_day", Integer, nullable=False),
    expire=Expires("until_day", "day"),
)

STIR = table(
    "stir",
    # Some bits of a name, by a key of the house: many share one, and at rest it is nobody's.
    Column("bucket", Integer, primary_key=True, autoincrement=False),
    # How often somebody of them was told something: open pages look again when it grows.
    Column("n", BigInteger, nullable=False),
    expire=Forever("one counter for each of 4,096 buckets, which say whom they are for to no one"),
)

"""Rows of accounts and sessions, and rows of personas. No column joins the two.

The layouts of the sealed columns stand in people.sealed.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, Text

from mashrabiya.platform.db import ByRule, Expires, Forever, table

DORMANT_QUARTERS = 8
HELD_QUARTERS = 5

# --- the account side ---------------------------------------------------------

ACCOUNT = table(
    "account",
    Column("id", LargeBinary, primary_key=True),
    Column("tag", LargeBinary, nullable=False, unique=True),
    Column("wrap", LargeBinary, nullable=False),
    Column("vault", LargeBinary, nullable=False),
    Column("prefs", LargeBinary, nullable=False),
    Column("seen_q", Integer, nullable=False),
    Column("lock_day", Integer),
    expire=Expires("seen_q", "quarter", DORMANT_QUARTERS),
)

RECOVERY = table(
    "recovery",
    Column("tag", LargeBinary, primary_key=True),
    Column("blob", LargeBinary, nullable=False),
    expire=Forever("used once, replaced by new codes, or deleted with its account"),
)

PANIC = table(
    "panic",
    Column("tag", LargeBinary, primary_key=True),
    Column("blob", LargeBinary, nullable=False),
    expire=Forever("replaced when its owner is back, taken back, or deleted with its account"),
)

PASSKEY = table(
    "passkey",
    Column("tag", LargeBinary, primary_key=True),
    Column("pub", LargeBinary, nullable=False),
    Column("blob", LargeBinary, nullable=False),
    expire=Forever("until it is taken back, or deleted with its account"),
)

SESSION = table(
    "session",
    Column("sid", LargeBinary, primary_key=True),
    Column("grp", LargeBinary, nullable=False, index=True),
    Column("blob", LargeBinary, nullable=False),
    Column("exp_h", Integer, nullable=False),
    expire=Expires("exp_h", "hour"),
)

# --- the persona side ---------------------------------------------------------

PERSONA = table(
    "persona",
    Column("id", LargeBinary, primary_key=True),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False, unique=True),
    Column("pub", Text, nullable=False, unique=True),
    Column("seed", LargeBinary, nullable=False),
    Column("bpub", LargeBinary, nullable=False),
    Column("pronouns", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("season", LargeBinary, nullable=False),
    Column("seen_q", Integer, nullable=False),
    Column("state", Integer, nullable=False),
    Column("flags", LargeBinary, nullable=False),
    Column("priv", LargeBinary, nullable=False),
    expire=ByRule("dormant personas"),
    erases="id",
)

SPENT = table(
    "spent",
    Column("tag", LargeBinary, primary_key=True),
    Column("blob", LargeBinary, nullable=False),
    expire=Forever("a slot is never used twice; the tag tells nothing of whose it was"),
)

HELD = table(
    "held",
    Column("tag", LargeBinary, primary_key=True),
    Column("until_q", Integer, nullable=False),
    expire=Expires("until_q", "quarter"),
)

BLOCK = table(
    "block",
    # From the keys of both sides: either can find it, and nobody else can tell whom it is about.
    Column("tag", LargeBinary, primary_key=True),
    expire=Forever("until it is lifted; those of a deleted persona go with it"),
)

SAVE = table(
    "save",
    # From the persona's own key and a number: only she finds her rows, and only she opens them.
    Column("tag", LargeBinary, primary_key=True),
    Column("blob", LargeBinary, nullable=False),
    # Put off whenever she looks, by a share of its own; what nobody looks for goes by itself.
    Column("until_q", Integer, nullable=False),
    expire=Expires("until_q", "quarter"),
)

MARK = table(
    "mark",
    # From the persona's own key and the thread: it names neither, and only she finds it again.
    Column("tag", LargeBinary, primary_key=True),
    # Up to which post she has read, sealed; all of them are equally long.
    Column("blob", LargeBinary, nullable=False),
    # Put off when she reads on, by a share of its own: nobody could find it when its thread or its persona goes.
    Column("until_q", Integer, nullable=False),
    expire=Expires("until_q", "quarter"),
)

# --- neither ------------------------------------------------------------------

GUARD = table(
    "guard",
    Column("kind", Text, primary_key=True),
    Column("scope", LargeBinary, primary_key=True),
    Column("subject", LargeBinary, primary_key=True),
    Column("until_day", Integer, nullable=False),
    Column("case_id", LargeBinary, nullable=False),
    expire=Expires("until_day", "day"),
)

# Lists ask from what communities a person is excluded: by her sixteen ids, not through all guards there are.
Index(None, GUARD.c.kind, GUARD.c.subject, GUARD.c.until_day, GUARD.c.scope)

INVITATION = table(
    "invitation",
    Column("tag", LargeBinary, primary_key=True),
    Column("branch", LargeBinary, nullable=False),
    Column("target", LargeBinary, nullable=False),
    Column("grants", LargeBinary, nullable=False),
    Column("until_day", Integer, nullable=False),
    expire=Expires("until_day", "day"),
)

INVITED = table(
    "invited",
    # From the key of whoever invited and the day: she finds it again, and nobody else.
    Column("tag", LargeBinary, primary_key=True),
    # The code, sealed under a key of hers.
    Column("blob", LargeBinary, nullable=False),
    Column("until_day", Integer, nullable=False),
    expire=Expires("until_day", "day"),
)

ONCE = table(
    "once",
    Column("tag", LargeBinary, primary_key=True),
    Column("exp_h", Integer, nullable=False),
    expire=Expires("exp_h", "hour"),
)

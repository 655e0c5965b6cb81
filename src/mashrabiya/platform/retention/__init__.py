"""Retention: rows die when their table said they would, and then they are gone from the files too.

Every hour the engine goes through all tables. ``Expires`` it carries out
itself; for ``ByRule`` a domain registers ``rule(name)``, called in transactions
of its own until it finds nothing more (a thread fades whole, with its posts).
Every night SQLite's search index is put in order and its log emptied, every
week the file is written anew; PostgreSQL's dead rows are swept away each hour.
"""

from mashrabiya.platform.retention.engine import MissingRule, check, overdue, overstayed, rule, sweep
from mashrabiya.platform.retention.files import nightly, tidy_nightly, tidy_weekly

__all__ = [
    "MissingRule",
    "check",
    "nightly",
    "overdue",
    "overstayed",
    "rule",
    "sweep",
    "tidy_nightly",
    "tidy_weekly",
]

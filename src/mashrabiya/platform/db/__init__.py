"""The database: SQLAlchemy describes it, the driver runs it.

Statements are compiled once and run on the raw connection into typed rows
(docs/decisions/0002). A ``Read`` is a snapshot. A ``Write`` is one short
transaction, and the only one of its house at that moment.
"""

from mashrabiya.platform.db.database import POSTGRES, Database
from mashrabiya.platform.db.statements import Adding, Statement, sibling_values, sixteen, upserting
from mashrabiya.platform.db.tables import ByRule, Expires, Forever, Retention, index_of_some, metadata, table
from mashrabiya.platform.db.units import Read, Write

__all__ = [
    "POSTGRES",
    "Adding",
    "ByRule",
    "Database",
    "Expires",
    "Forever",
    "Read",
    "Retention",
    "Statement",
    "Write",
    "index_of_some",
    "metadata",
    "sibling_values",
    "sixteen",
    "table",
    "upserting",
]

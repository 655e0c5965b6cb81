"""Alembic's entry: runs the migrations on the connection that platform.db.migrations hands over."""

from __future__ import annotations

from typing import Any

from alembic import context
from alembic.operations.ops import CreateTableOp

from mashrabiya.platform.db import metadata


def without_notes(_context: Any, _revision: Any, directives: list[Any]) -> None:
    """Retention stands in the declaration of a table; a migration makes columns only."""
    for directive in directives:
        for step in directive.upgrade_ops.ops:
            if isinstance(step, CreateTableOp):
                step.info = {}


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=False,
    process_revision_directives=without_notes,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()

"""Alembic's entry: runs the migrations on the connection that platform.db.migrations hands over."""

from __future__ import annotations

from alembic import context

from mashrabiya.platform.db import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=False,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()

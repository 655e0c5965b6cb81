"""What PostgreSQL must not be set to: anything that writes statements or their values down."""

from __future__ import annotations

from sqlalchemy import text

from mashrabiya.platform.db import Database, Statement

# Setting, the value it must have, and what else would do as well.
MUST_BE = {
    "log_statement": ("none",),
    "log_min_duration_statement": ("-1",),
    "log_min_duration_sample": ("-1",),
    "log_transaction_sample_rate": ("0",),
    "log_parameter_max_length": ("0",),
    "log_parameter_max_length_on_error": ("0",),
}
EXTENSIONS = ("auto_explain", "pg_stat_statements", "pgaudit")
_SETTINGS: Statement[None] = Statement(text("SELECT name, setting FROM pg_settings"))


def faults(database: Database) -> list[str]:
    """Each setting that would log what people do, with its remedy; none on SQLite."""
    if database.dialect == "sqlite":
        return []
    with database.read() as db:
        settings = {str(name): str(value) for name, value in db.tuples(_SETTINGS)}
    wrong = [
        f"{name} = {allowed[0]}   (it is {settings[name]})"
        for name, allowed in MUST_BE.items()
        if name in settings and settings[name] not in allowed
    ]
    loaded = " ".join(
        settings.get(name, "") for name in ("shared_preload_libraries", "session_preload_libraries")
    )
    return wrong + [f"remove {name} from the preloaded libraries" for name in EXTENSIONS if name in loaded]

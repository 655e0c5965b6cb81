"""A house that has seen every migration is left as it is; any other is brought up to date."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from mashrabiya.platform.db import Database, migrations


def test_heads_are_those_that_alembic_finds() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrations.FOLDER))
    assert migrations.heads() == set(ScriptDirectory.from_config(config).get_heads())


def test_who_stands_at_the_head_does_not_wait_for_alembic(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = str(tmp_path / "house.db")
    migrations.upgrade(url)
    assert migrations.is_current(url)
    asked: list[str] = []
    monkeypatch.setattr(command, "upgrade", lambda _config, to: asked.append(to))
    migrations.upgrade(url)
    assert asked == []
    # One that stands elsewhere, or that never said where it stands, is brought up to date.
    database = Database(url)
    database.connection().execute("UPDATE alembic_version SET version_num = 'other'")
    migrations.upgrade(url)
    database.connection().execute("DROP TABLE alembic_version")
    migrations.upgrade(url)
    database.close()
    assert asked == ["head", "head"]

"""``doctor --privacy``: red where more is kept than promised, and content with a house that is well."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from mashrabiya import main
from mashrabiya.__main__ import main as command
from mashrabiya.kernel import clock
from mashrabiya.people.tables import ONCE, SESSION
from mashrabiya.platform.db import Database, metadata
from mashrabiya.platform.hosting import init as making
from mashrabiya.platform.hosting import privacy
from mashrabiya.platform.hosting.finding import LOOK, OK, RED, Finding
from mashrabiya.platform.hosting.tests.conftest import MakeConfig
from mashrabiya.platform.hosting.tests.test_doctor import change, quiet
from mashrabiya.platform.settings import Config

assert main.ROUTES, "importing main has registered every rule"


@pytest.fixture(autouse=True)
def nothing_beside(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The machine of the tests may have a proxy of its own."""
    monkeypatch.setattr(privacy, "_PROXIES", ())
    monkeypatch.setattr(privacy, "_ACCESS_LOGS", ())
    yield
    clock.offset = 0.0


def reds(config: Config) -> str:
    return "\n".join(finding.what for finding in privacy.findings(config) if finding.level == RED)


def test_a_new_house_keeps_what_it_promises(config: Config, capsys: pytest.CaptureFixture[str]) -> None:
    quiet(config)
    assert reds(config) == ""
    assert privacy.privacy(config) == 0
    said = capsys.readouterr().out
    for table in metadata.tables:
        assert f"{table}: " in said, table
        assert f"{table} " in said.splitlines()[-1], table


def test_rows_that_outlived_their_time_are_red(config: Config) -> None:
    database = Database(config.database_url)
    with database.write() as uow:
        uow.insert(ONCE, tag=b"t" * 16, exp_h=clock.hour() - 30)
        uow.insert(SESSION, sid=b"s" * 16, grp=b"g" * 16, blob=b"", exp_h=clock.hour() - 2)
    database.close()
    told = reds(quiet(config))
    assert "once: until exp_h, and 1 rows have outlived that" in told
    assert "session" not in told
    assert privacy.privacy(config) == 1


def test_a_thread_that_did_not_go_is_red(config: Config) -> None:
    from mashrabiya.communities.tests.factories import ALICE
    from mashrabiya.discussions.tests.factories import begin, place
    from mashrabiya.platform.outbox import append

    database = Database(config.database_url)
    database.recorder = append
    begin(database, ALICE, place(database, ALICE))
    database.close()
    clock.offset = 364 * clock.DAY
    assert "thread" not in reds(config)
    clock.offset = 367 * clock.DAY
    assert "thread: by the rule “threads fade”, and 1 rows have outlived that" in reds(config)


def test_a_table_of_nobody_is_red(make_config: MakeConfig) -> None:
    config = make_config("house", "sqlite")
    making.init(config)
    with closing(sqlite3.connect(config.data / "house.db", isolation_level=None)) as connection:
        connection.execute("CREATE TABLE visitors (address TEXT)")
    assert "The table visitors is not this house's" in reds(config)


def test_a_key_among_the_data_is_red(make_config: MakeConfig) -> None:
    from dataclasses import replace

    config = make_config("house", "sqlite")
    making.init(config)
    inside = config.data / "house.key"
    inside.write_bytes(Path(config.key_path).read_bytes())
    assert "share a directory" in reds(replace(config, key_file=str(inside)))


def test_a_sample_is_told(config: Config) -> None:
    change(config, sample=True)
    assert any(
        "sample house" in finding.what for finding in privacy.findings(config) if finding.level == LOOK
    )


def told(found: Iterator[Finding]) -> list[str]:
    return [finding.level for finding in found]


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("access_log /var/log/nginx/access.log;", RED),
        ("  access_log off;", OK),
        ("log {\n output file x\n}", RED),
        ("error_log stderr;", OK),
    ],
)
def test_a_proxy_that_writes_down_who_comes_is_red(tmp_path: Path, line: str, level: str) -> None:
    (tmp_path / "site.conf").write_text(f"server {{\n{line}\n}}\n")
    assert told(privacy.proxies((str(tmp_path),), (), tmp_path / "none"))[0] == level


def test_our_own_proxies_are_well() -> None:
    deploy = Path(__file__).parents[5] / "deploy"
    for config in (deploy / "nginx" / "nginx.conf", deploy / "caddy" / "Caddyfile"):
        assert RED not in told(privacy.proxies((str(config),), (), Path("none"))), config


def test_a_log_that_was_written_to_today_is_red(tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    log.write_text("203.0.113.7 - -")
    assert told(privacy.proxies((), (str(log),), tmp_path / "none")) == [RED, OK]
    assert told(privacy.proxies((), (), tmp_path)) == [LOOK, OK]


def test_a_long_log_is_red(make_config: MakeConfig, monkeypatch: pytest.MonkeyPatch) -> None:
    config = make_config("house", "sqlite")
    making.init(config)
    monkeypatch.setattr(privacy, "_LONG_LOG", -1)
    assert "write-ahead log" in reds(config)


def test_no_house_is_told(make_config: MakeConfig, capsys: pytest.CaptureFixture[str]) -> None:
    assert privacy.privacy(make_config("none", "sqlite")) == 2
    assert "There is no house" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("language", "words"), [("en", "6 months after its last reply"), ("ar", "بعد ٦ أشهر من آخر ردّ")]
)
def test_the_answer_to_a_court_is_told(
    config: Config, capsys: pytest.CaptureFixture[str], language: str, words: str
) -> None:
    change(config, retention_days=180)
    given = ["doctor", "--data", str(config.data), "--database", config.database, "--court", language]
    assert command(given) == 0
    said = capsys.readouterr().out
    assert words in said
    assert "<" not in said

"""T23 on the command line: ``doctor --audit`` says whether the log of acts is whole, and where it is not."""

from __future__ import annotations

import pytest

from mashrabiya.__main__ import main as command
from mashrabiya.kernel import clock
from mashrabiya.platform import audit
from mashrabiya.platform.db import Database
from mashrabiya.platform.settings import Config


def ask(config: Config, *more: str) -> int:
    given = ["doctor", "--data", str(config.data), "--database", config.database, "--audit", *more]
    return command(given)


def acts(config: Config, number: int = 3) -> str:
    """So many acts, of a day that is over; answers the head after them."""
    database = Database(config.database_url)
    clock.offset = -2.0 * clock.DAY
    try:
        for _ in range(number):
            with database.write() as uow:
                audit.record(uow, "decision:hide", role="care", detail="Agreed.")
    finally:
        clock.offset = 0.0
    with database.read() as db:
        head = audit.public_head(db)
    database.close()
    assert head is not None
    return head.h32.hex()


def run(config: Config, sql: str) -> None:
    database = Database(config.database_url)
    with database.outside() as connection:
        connection.execute(sql)
    database.close()


def test_an_empty_log_is_whole(config: Config, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(config) == 0
    assert "is empty" in capsys.readouterr().out


def test_t23_a_whole_log_is_told_with_what_the_page_shows(
    config: Config, capsys: pytest.CaptureFixture[str]
) -> None:
    head = acts(config)
    assert ask(config, "--head", head.upper()) == 0
    said = capsys.readouterr().out
    assert "entries 1 to 3" in said
    assert f"shows the head {head}" in said
    # Without a head of one's own, the end may be missing: that is said, too.
    assert ask(config) == 0
    assert "missing at the end" in capsys.readouterr().out


def test_t23_the_first_broken_link_is_named(config: Config, capsys: pytest.CaptureFixture[str]) -> None:
    acts(config)
    run(config, "UPDATE audit SET action = 'decision:keep' WHERE n >= 2")
    assert ask(config) == 1
    said = capsys.readouterr().out
    assert "First fault: entry 2 of" in said
    assert "entry 3" not in said


def test_t23_an_end_cut_off_is_red_for_whoever_has_seen_it(
    config: Config, capsys: pytest.CaptureFixture[str]
) -> None:
    head = acts(config)
    run(config, "DELETE FROM audit WHERE n = 3")
    run(config, "DELETE FROM audit_detail WHERE n = 3")
    assert ask(config) == 0
    assert ask(config, "--head", head) == 1
    assert "cut or written anew" in capsys.readouterr().out

"""A sample is made in one command, lands on no house, and tells its way in to its owner alone."""

from __future__ import annotations

import io
import json
import stat
from pathlib import Path

import pytest

from mashrabiya.__main__ import main
from mashrabiya.main import HOUSEHOLD
from mashrabiya.platform.db import Database
from mashrabiya.platform.hosting import HostingTrouble, SampleSize
from mashrabiya.platform.hosting import init as making
from mashrabiya.platform.hosting.sample import Progress, sample
from mashrabiya.platform.hosting.tests.conftest import BOTH, MakeConfig

SMALL = SampleSize(members=8, communities=6, threads=12, posts=60)


def test_a_sample_never_lands_on_a_house(make_config: MakeConfig) -> None:
    made = make_config("house", "sqlite")
    making.init(made)
    with pytest.raises(HostingTrouble, match="already"):
        sample(made, HOUSEHOLD)


@pytest.mark.parametrize("kind", BOTH)
def test_it_holds_what_was_asked_on_both_databases(
    make_config: MakeConfig, kind: str, tmp_path: Path
) -> None:
    made = make_config("house", kind)
    sample(made, HOUSEHOLD, SMALL, credentials=tmp_path / "way" / "in.json")
    database = Database(made.database_url)
    connection = database.connection()
    for table, number in (("account", 8), ("community", 6), ("thread", 12), ("post WHERE n > 0", 60)):
        (found,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        assert found == number, table
    database.close()
    assert len(json.loads((tmp_path / "way" / "in.json").read_text())["members"]) == 8


def test_the_credentials_are_their_owners_alone(make_config: MakeConfig, tmp_path: Path) -> None:
    path = tmp_path / "in.json"
    path.write_text("old")
    path.chmod(0o666)
    sample(make_config("house", "sqlite"), HOUSEHOLD, SMALL, credentials=path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert json.loads(path.read_text())["members"]


def test_what_cannot_be_made_leaves_nothing(make_config: MakeConfig, tmp_path: Path) -> None:
    made = make_config("house", "sqlite")
    with pytest.raises(HostingTrouble, match="--posts 20: at least"):
        sample(made, HOUSEHOLD, SampleSize(posts=20), credentials=tmp_path / "in.json")
    assert not making.is_made(made)
    assert not (tmp_path / "in.json").exists()


def test_the_command_takes_every_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    size = ["--seed", "3", "--members", "8", "--communities", "6", "--threads", "12", "--posts", "60"]
    places = ["--data", str(tmp_path / "d"), "--key-file", str(tmp_path / "k")]
    assert main(["sample", *places, *size, "--credentials", str(tmp_path / "c.json")]) == 0
    assert "8 made-up people, 6 communities, 12 threads, 60 posts" in capsys.readouterr().out
    assert main(["sample", *places, *size]) == 1
    assert "already" in capsys.readouterr().err


def test_long_work_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: clock[0])
    said = io.StringIO()
    progress = Progress(said)
    for second in range(12):
        clock[0] = second
        progress("posts", second * 100, 1200)
    assert said.getvalue().splitlines() == [
        "Sample:  posts: 100 of 1,200",
        "Sample:  posts: 600 of 1,200",
        "Sample:  posts: 1,100 of 1,200",
    ]

"""The command that reads a file of laws: what it says, and how it refuses, in the language of the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from mashrabiya.__main__ import main
from mashrabiya.library.laws.dataset import SHELF
from mashrabiya.platform.hosting.init import init
from mashrabiya.platform.hosting.tests.conftest import MakeConfig
from mashrabiya.platform.settings import Config

EXAMPLE, MENDING = SHELF / "made-up-example.csv", SHELF / "made-up-corrections.toml"


def typed(config: Config, file: Path | str, *more: str) -> list[str]:
    database = ["--database", config.database] if config.database else []
    where = ["--data", str(config.data), "--key-file", config.key_path, *database]
    return ["library", "import-laws", str(file), *where, *more]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en_GB.UTF-8", ["394 rows read: 6 countries", "All of it is made up", "put right: 1", "Year: – ×2"]),
        ("ar_EG.UTF-8", ["قُرئت 394", "كل هذا مختلَق", "صُحّحت: 1"]),
    ],
)
def test_it_reads_the_example_and_says_what_it_is(
    config: Config,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    said: list[str],
) -> None:
    init(config)
    monkeypatch.setenv("LC_ALL", language)
    assert main(typed(config, EXAMPLE, "--corrections", str(MENDING))) == 0
    printed = capsys.readouterr()
    for words in said:
        assert words in printed.out, printed.out
    assert main(typed(config, EXAMPLE, "--corrections", str(MENDING))) == 0
    assert "0" in capsys.readouterr().out.splitlines()[1].split()


@pytest.mark.parametrize(
    ("language", "said"), [("en_GB.UTF-8", "lacks the columns"), ("ar_EG.UTF-8", "تنقصه الأعمدة")]
)
def test_a_file_that_is_none_is_refused_in_one_sentence(
    config: Config,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    said: str,
) -> None:
    init(config)
    monkeypatch.setenv("LC_ALL", language)
    assert main(typed(config, MENDING)) == 1
    refused = capsys.readouterr().err
    assert said in refused
    assert refused.count("\n") == 1


def test_what_is_not_there_is_named(
    config: Config, make_config: MakeConfig, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(typed(make_config("nowhere", "sqlite"), EXAMPLE)) == 1
    assert "There is no house" in capsys.readouterr().err
    init(config)
    for missing in (tmp_path / "none.csv", tmp_path):
        assert main(typed(config, missing)) == 1
        assert str(missing) in capsys.readouterr().err

"""The command that prints a code for a first carer: once, in the language of the terminal."""

from __future__ import annotations

import re

import pytest

from mashrabiya.__main__ import main
from mashrabiya.platform.hosting.tests.conftest import MakeConfig
from mashrabiya.platform.settings import Config


def typed(config: Config) -> list[str]:
    database = ["--database", config.database] if config.database else []
    return ["carer", "--data", str(config.data), "--key-file", config.key_path, *database]


@pytest.mark.parametrize(
    ("language", "said"), [("en_GB.UTF-8", "makes somebody a carer"), ("ar_EG.UTF-8", "فريق الرعاية")]
)
def test_it_prints_a_code_and_what_to_do_with_it(
    config: Config,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    said: str,
) -> None:
    monkeypatch.setenv("LC_ALL", language)
    printed = []
    for _ in range(2):
        assert main(typed(config)) == 0
        printed.append(capsys.readouterr().out)
    codes = [re.search(r"^    (\w+)$", text, re.MULTILINE) for text in printed]
    assert all(codes)
    assert codes[0]
    assert codes[1]
    assert codes[0][1] != codes[1][1]
    for text, code in zip(printed, codes, strict=True):
        assert said in text
        assert code
        assert f"/join/{code[1]}" in text
        assert "/me/role" in text


def test_where_there_is_no_house_it_says_so(
    make_config: MakeConfig, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(typed(make_config("nowhere", "sqlite"))) == 1
    assert "There is no house" in capsys.readouterr().err

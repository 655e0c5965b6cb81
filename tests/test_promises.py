"""The table of promises says what is there: each number once, every file with the number it is named for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TABLE = Path("docs/promises.md")
ROW = re.compile(r"^\| (\d+) \| [^|]+ \|([^|]*)\| ([^|]+) \|$", re.MULTILINE)
ROWS = {
    int(number): (re.findall(r"`([^`]+)`", files), state)
    for number, files, state in ROW.findall(TABLE.read_text())
}
STATES = ("stands", "in part", "not built")


def test_every_promise_stands_in_the_table_once() -> None:
    assert [int(number) for number, _, _ in ROW.findall(TABLE.read_text())] == list(range(1, 35))


@pytest.mark.parametrize("number", ROWS)
def test_its_tests_are_there_and_say_its_number(number: int) -> None:
    files, state = ROWS[number]
    assert state.startswith(STATES)
    assert bool(files) is not state.startswith("not built")
    for name in files:
        text = Path(name).read_text()
        assert re.search(rf"\bT{number}\b|_t{number}_", text), f"{name} does not speak of T{number}"
        assert "def test_" in text

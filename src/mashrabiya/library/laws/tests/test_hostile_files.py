"""Files that were made to do harm, or were broken on their way."""

from __future__ import annotations

from pathlib import Path

import pytest

from mashrabiya.library.laws import queries
from mashrabiya.library.laws.dataset import USED, gather
from mashrabiya.library.laws.flows import told
from mashrabiya.library.laws.tests.atlas import YEAR, on, quietly, row, table, take
from mashrabiya.platform.terminal import CannotBeDone
from mashrabiya.testing.house import TestHouse


@pytest.fixture(autouse=True)
def _in_2026() -> None:
    on(YEAR)


def test_years_and_names_that_are_none_stop_nothing_and_say_nothing_to_a_terminal(
    house: TestHouse, tmp_path: Path
) -> None:
    years = ["²", "٢٠٢٥", "-2025", "9" * 5000, "+2025", "2025.0"]
    rows = [row("QMA", "Conversion Therapies", "Illegal", "1", Year=year) for year in years]
    odd = row("ZZZ", "Conversion Therapies", "Illegal", "1", Country="\x1b]0;owned\x07\u202e" + "x" * 5000)
    source = row("QMB", "Conversion Therapies", "Illegal", "1", Source_1="\u202egnp.exe\x07 A source")
    report = take(house, table(tmp_path / "laws.csv", [*rows, odd, source]))
    said = "\n".join(told(report))
    assert all(sign.isprintable() or sign == "\n" for sign in said)
    assert len(max(said.split("\n"), key=len)) < 1000
    assert sum(report.values.values()) == len(years)
    with house.database.read() as db:
        (kept,) = queries.origin(db, "QMB").rows["conversion"]
    assert kept.sources == ("gnp.exe A source",)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (",".join((*USED, "Proportion")).encode() + b"\n", "twice"),
        ("\ufeffCountry,ISO".encode("utf-16-le"), "UTF-16"),
        (",".join(USED).encode() + b'\n"Testland A,QMA,2025,open\n' * 40, "cannot be read past line"),
    ],
)
def test_a_file_that_would_be_read_by_halves_is_refused(tmp_path: Path, raw: bytes, said: str) -> None:
    path = tmp_path / "laws.csv"
    path.write_bytes(raw)
    with pytest.raises(CannotBeDone) as refused:
        gather(path, latest=YEAR, tell=quietly)
    assert said in str(refused.value)

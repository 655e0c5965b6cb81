"""A house with the made-up example in it, and files of a few rows."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from datetime import date
from html import unescape
from pathlib import Path

from mashrabiya.care.tests.staffed import with_role
from mashrabiya.kernel import clock
from mashrabiya.library.laws import commands, queries
from mashrabiya.library.laws.dataset import SHELF, UNUSED, USED, Report, gather
from mashrabiya.library.laws.types import Cell, Known
from mashrabiya.people.types import Grant
from mashrabiya.testing.house import Person, TestHouse

EXAMPLE, MENDING = SHELF / "made-up-example.csv", SHELF / "made-up-corrections.toml"
YEAR = 2026


def on(year: int, month: int = 6, day: int = 15) -> None:
    """It is that day; the fixture of all tests puts the clock back."""
    there = (date(year, month, day) - date(1970, 1, 1)).days
    clock.offset += (there - clock.day()) * clock.DAY


def quietly(_what: str, _done: int, _of: int) -> None:
    """Nobody watches."""


def take(
    house: TestHouse, path: Path = EXAMPLE, corrections: Path | None = None, latest: int = YEAR
) -> Report:
    """Read a file into the house."""
    gathered = gather(path, latest=latest, corrections=corrections, tell=quietly)
    with house.database.write() as uow:
        return commands.take_in(uow, gathered)


def table(path: Path, rows: Iterable[dict[str, str]], columns: Iterable[str] = (*USED, *UNUSED)) -> Path:
    """A file of these rows; what a row does not say is empty."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(columns), restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path


def row(code: str, law: str, status: str, share: str, **more: str) -> dict[str, str]:
    """One row of the long table."""
    said = {"Country": f"Testland {code[-1]}", "ISO": code, "Year": "2025", "Law": law, "Status": status}
    return {**said, "Proportion": share, **more}


def acts(code: str, legal: str, illegal: str, **more: str) -> list[dict[str, str]]:
    """Both directions of same-sex acts; what else is said, is said of the second."""
    law = "Same-Sex Acts"
    return [row(code, law, "Legal", legal), row(code, law, "Illegal", illegal, **more)]


def known(house: TestHouse, code: str) -> Known:
    with house.database.read() as db:
        return queries.country(db, code)


def cell(house: TestHouse, code: str, topic: str) -> Cell:
    return known(house, code).cells[topic]


def law_of(house: TestHouse, code: str) -> str:
    """As other rooms ask."""
    with house.database.read() as db:
        return str(house.site.rooms["law_of"](db, code))


def address(house: TestHouse, code: str) -> str:
    return f"/y/w/{queries.address_of(house.keys, code)}"


def a_host(house: TestHouse, language: str = "en") -> Person:
    house.change(open=True)
    return with_role(house.person("Hanna", language=language), Grant.HOST)


def mistakes(house: TestHouse) -> list[tuple[object, ...]]:
    """What lies there of what people noticed."""
    found = house.database.connection().execute("SELECT * FROM law_mistake").fetchall()
    return [tuple(one) for one in found]


def plain(text: str) -> str:
    """The words of a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text.partition("<main")[2])).split())


def fact(text: str, number: int) -> str:
    """The row of one topic."""
    return text.partition(f'id="t{number}"')[2].partition("</dd>")[0]

"""A house that takes long to fill is filled once a process; every test after the first begins with a copy of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Hashable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, TypeVar

from mashrabiya.testing.house import TestHouse

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Kept:
    """What stood in a house when it had been filled: its rows, its files, and what the filling answered."""

    rows: sqlite3.Connection
    files: dict[str, bytes]
    answer: Any


_kept: dict[Hashable, _Kept] = {}


def filled(house: TestHouse, key: Hashable, fill: Callable[[], T]) -> T:
    """What ``fill`` answers, which writes into an empty house and nowhere else. The same key, the same filling.

    On PostgreSQL, which the whole matrix alone takes for such houses, it is filled each time.
    """
    if house.database.dialect != "sqlite":
        return fill()
    if key not in _kept:
        answer = fill()
        _kept[key] = _keep(house, answer)
        return answer
    kept = _kept[key]
    kept.rows.backup(house.database.connection())
    for name, content in kept.files.items():
        path = house.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    house.site.held.refresh()
    answer_again: T = deepcopy(kept.answer)
    return answer_again


def _keep(house: TestHouse, answer: object) -> _Kept:
    rows = sqlite3.connect(":memory:", check_same_thread=False)
    house.database.connection().backup(rows)
    own = house.database.url
    files = {
        str(path.relative_to(house.folder)): path.read_bytes()
        for path in house.folder.rglob("*")
        if path.is_file() and not str(path).startswith(own)
    }
    return _Kept(rows, files, deepcopy(answer))

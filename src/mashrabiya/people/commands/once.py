"""What may be used once, where several processes serve one house."""

from __future__ import annotations

from collections.abc import Callable

from mashrabiya.people.tables import ONCE
from mashrabiya.platform.db import Database


def taken_once(database: Database) -> Callable[[bytes, int], bool]:
    """A test for ``platform.proof_of_work.spent``: whether a tag is new to all processes."""

    def take(tag: bytes, until_hour: int) -> bool:
        with database.write() as uow:
            return uow.insert_once(ONCE, tag=tag[:16], exp_h=until_hour)

    return take

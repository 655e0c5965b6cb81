"""A thread that is to be posted at a set time, as its author alone is shown it."""

from __future__ import annotations

from enum import IntEnum

from msgspec import Struct, json

from mashrabiya.kernel.ids import show_id


class PlannedState(IntEnum):
    """Numbers are stored. ``BACK``: it was not posted, and its author is asked again."""

    WAITS = 0
    BACK = 1


class Planned(Struct, frozen=True):
    """One row. ``fields`` are those of the form but its text, ``known`` what was closed to anybody there by then."""

    id: bytes
    pid: bytes
    cid: bytes
    at: int
    state: int
    until_day: int
    links: int
    known: str
    fields: str
    body: str

    @property
    def typed(self) -> dict[str, str]:
        """The form as typed; its mentions stand as references."""
        return {**json.decode(self.fields, type=dict[str, str]), "body": self.body}

    @property
    def shown(self) -> str:
        return show_id(self.id)

    @property
    def is_back(self) -> bool:
        return self.state == PlannedState.BACK

    @property
    def told(self) -> str:
        """Where its author is led."""
        return "/me/later"

"""Three services that do not exist, so that the directory and help now can be looked at; each says that it is made up."""

from __future__ import annotations

from mashrabiya.kernel import clock
from mashrabiya.kernel.viewer import HOST, Viewer
from mashrabiya.library.services import files
from mashrabiya.library.services.commands import read_in
from mashrabiya.platform.db import Database
from mashrabiya.stewardship.sample.script import TEXTS

_SOON = 170


def enter_services(database: Database, personas: dict[str, Viewer]) -> None:
    """Read in by whoever runs the house. One is to be checked soon."""
    keeper = next(viewer for viewer in personas.values() if viewer.has(HOST))
    days = {"{today}": clock.day(), "{soon}": clock.day() - _SOON}
    text = (TEXTS / "services.csv").read_text(encoding="utf-8")
    for name, day in days.items():
        text = text.replace(name, clock.iso(day))
    rows, faults = files.read_file(text)
    assert not faults, faults
    with database.write() as uow:
        read_in(uow, keeper, rows)

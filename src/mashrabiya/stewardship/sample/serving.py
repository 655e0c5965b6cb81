"""Services that do not exist, so that the directory and help now can be looked at; each says that it is made up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mashrabiya.kernel import clock
from mashrabiya.kernel.viewer import CARE, HOST, Viewer
from mashrabiya.library.services import commands, files, queries
from mashrabiya.library.services.types import ASPECTS, Doubt, Lived, Method, NewCheck, Said, Service
from mashrabiya.platform.db import Database
from mashrabiya.stewardship.sample.moving_in import Dweller
from mashrabiya.stewardship.sample.script import TEXTS, lines

_AGO = {"today": 0, "soon": 170, "late": 200, "old": 400}


def enter_services(database: Database, dwellers: Sequence[Dweller], personas: Mapping[str, Viewer]) -> None:
    """Read in by whoever runs the house: checked today, due soon, overdue, checked by nobody for a year, resting.

    Then members say what they found, and that something is wrong; and two of the house find one of them kind.
    """
    keeper = next(viewer for viewer in personas.values() if viewer.has(HOST))
    text = (TEXTS / "services.csv").read_text(encoding="utf-8")
    for name, days in _AGO.items():
        text = text.replace(f"{{{name}}}", clock.iso(clock.day() - days))
    rows, faults = files.read_file(text)
    assert not faults, faults
    with database.write() as uow:
        commands.read_in(uow, keeper, rows)
        stands = {record.name_en: service for service, record in queries.everything(uow, keeper)}
    members = [next(iter(one.personas.values())) for one in dwellers]
    for line in lines("served"):
        name, what, *said = (part.strip() for part in line.split("|"))
        service = stands[f"{name} (an example)"]
        if what == "lived":
            _live(database, service, members, said)
        elif what == "doubted":
            with database.write() as uow:
                commands.doubt(uow, members[int(said[0])], service.id, Doubt(said[1]), words=said[2])
        else:
            _find_kind(database, service, personas)


def _live(database: Database, service: Service, members: Sequence[Viewer], said: Sequence[str]) -> None:
    """A row of five words for each member, 0 where she says nothing of it; some aspects stay below five people."""
    for viewer, row in zip(members, said, strict=False):
        found = Lived(**dict(zip(ASPECTS, map(int, row.split(",")), strict=True)))
        with database.write() as uow:
            commands.tell_lived(uow, viewer, service.id, found)


def _find_kind(database: Database, service: Service, personas: Mapping[str, Viewer]) -> None:
    """By two people in two roles."""
    for role, grant in (("host", HOST), ("care", CARE)):
        viewer = next(
            one for one in personas.values() if one.has(grant) and (role == "host" or not one.has(HOST))
        )
        with database.write() as uow:
            commands.check(
                uow, viewer, service.id, NewCheck(role=role, method=Method.MESSAGE, affirming=Said.YES)
            )

"""Taking in what a data set says. What stands already as it says is not written again; notes are never touched."""

from __future__ import annotations

from msgspec.structs import replace

from mashrabiya.kernel import clock
from mashrabiya.library.laws import queries
from mashrabiya.library.laws.commands.rows import packed, save
from mashrabiya.library.laws.dataset import Gathered, Report
from mashrabiya.library.laws.rules.mapping import cells_of
from mashrabiya.library.laws.types import Known
from mashrabiya.library.laws.types.records import is_made_up
from mashrabiya.platform.db import Write

PLACE = "osf.io/wta9p"
DATASET, LICENCE = "LGBTI National Policy Dataset 2.1 (K. Velasco)", "CC BY 4.0"


def take_in(uow: Write, gathered: Gathered) -> Report:
    """Write what was gathered from a file. Countries of which it says nothing stay as they are."""
    stands = {one.code: one for one in queries.everything(uow)}
    report = gathered.report
    for code in sorted(gathered.lines):
        _take_country(uow, gathered, code, stands.get(code))
    report.found = len(gathered.lines)
    report.made_up = all(is_made_up(code) for code in gathered.lines)
    report.absent = sum(bool(one.cells) for code, one in stands.items() if code not in gathered.lines)
    return report


def _take_country(uow: Write, gathered: Gathered, code: str, before: Known | None) -> None:
    cells, rows = cells_of(gathered.of(code), gathered.dropped)
    example = is_made_up(code)
    after = Known(
        code,
        gathered.names[code] if example else "",
        cells,
        before.notes if before else {},
        # An example is nobody's data, whatever file it stands in.
        "" if example else DATASET,
        "" if example else LICENCE,
        clock.day(),
    )
    origin, report = packed(rows), gathered.report
    report.cells += len(cells)
    if before is not None and replace(after, day=before.day) == before:
        if packed(queries.origin(uow, code).rows) == origin:
            report.same += 1
            return
    report.changed += save(uow, before, after, origin)

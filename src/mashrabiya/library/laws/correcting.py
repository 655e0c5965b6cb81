"""Known mistakes of a data set, put right while it is read, only where it still says what it said.

A correction names a country, a law and a direction, a column, what stands there and what should. One that ``moves``
names the direction under which a row was filed by mistake. What the data set has mended meanwhile is left as it is,
and reported.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from mashrabiya.library.laws.rules.mapping import Line
from mashrabiya.library.laws.types.countries import code_of

_FIELDS = {
    "Gender_Change_Requirement": "requirement",
    "Max_Punishment": "punishment",
    "Sexes_Covered": "sexes",
    "Sub_National_Coverage": "region",
}
_NUMBERS = {"Proportion": "share", "Evidence_of_Enforcement": "enforcement"}
APPLIED, MENDED, NOTHING = "applied", "mended", "nothing"


class Correction(Struct, frozen=True):
    """One known mistake."""

    code: str
    law: str
    status: str
    column: str = ""
    wrong: str = ""
    right: str = ""
    moved_from: str = ""


def corrections_in(said: Mapping[str, Any]) -> list[Correction]:
    """Those of a file. What has no country here, or a column that cannot be corrected, raises KeyError."""
    found = []
    for one in said.get("correction", []):
        code, column = code_of(str(one["iso"])), str(one.get("column", ""))
        if not code or (column not in {*_FIELDS, *_NUMBERS} and "moved_from" not in one):
            raise KeyError(str(one))
        found.append(
            Correction(
                code,
                str(one["law"]),
                str(one["status"]),
                column,
                str(one.get("wrong", "")),
                str(one.get("right", "")),
                str(one.get("moved_from", "")),
            )
        )
    return found


def corrected(
    code: str, lines: Mapping[tuple[str, str], Line], rules: Sequence[Correction], told: Counter[str]
) -> dict[tuple[str, str], Line]:
    """The lines of a country, put right."""
    right = dict(lines)
    for rule in rules:
        if rule.code == code:
            told[_moved(right, rule) if rule.moved_from else _changed(right, rule)] += 1
    return right


def _changed(lines: dict[tuple[str, str], Line], rule: Correction) -> str:
    line = lines.get((rule.law, rule.status))
    if line is None:
        return NOTHING
    if rule.column in _NUMBERS:
        name = _NUMBERS[rule.column]
        if getattr(line, name) != float(rule.wrong):
            return MENDED
        lines[rule.law, rule.status] = replace(line, corrected=True, **{name: float(rule.right)})
        return APPLIED
    name = _FIELDS[rule.column]
    if getattr(line, name) != rule.wrong:
        return MENDED
    lines[rule.law, rule.status] = replace(line, corrected=True, **{name: rule.right})
    return APPLIED


def _moved(lines: dict[tuple[str, str], Line], rule: Correction) -> str:
    there, here = lines.get((rule.law, rule.moved_from)), lines.get((rule.law, rule.status))
    if there is None or here is None:
        return NOTHING
    if not there.share or here.share:
        return MENDED
    lines[rule.law, rule.status] = replace(here, share=there.share, row=there.row, corrected=True)
    lines[rule.law, rule.moved_from] = replace(there, share=0.0, corrected=True)
    return APPLIED

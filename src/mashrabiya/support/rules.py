"""How lines are put in order for somebody frightened, and how many fit. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mashrabiya.kernel.folding import fold
from mashrabiya.support.types import Line

Group = tuple[tuple[str, ...], list[Line]]

ROOM = 17_500
"""Bytes of the thirty thousand that are left for lines."""
_A_LINE, _A_WAY, _A_GROUP, _A_CHOICE = 760, 110, 140, 60
"""What stands around what was typed, in the language that takes more."""


def by_country(lines: Iterable[Line], chosen: str = "") -> list[Group]:
    """Lines folded by the countries that they serve: each once. What serves every country is last, after what is near.

    Of one country: all that serve it, together.
    """
    if chosen:
        near = [line for line in lines if chosen in _codes(line)]
        far = [line for line in lines if _serves_all(line)]
        called = [name for line in near for code, name in line.countries if code == chosen]
        found: list[Group] = [((called[0],), near)] if near else []
        return [*found, ((), far)] if far else found
    groups: dict[tuple[str, ...], list[Line]] = {}
    for line in lines:
        names = () if _serves_all(line) else tuple(sorted((name for _, name in line.countries), key=fold))
        groups.setdefault(names, []).append(line)
    return sorted(groups.items(), key=lambda group: (not group[0], [fold(name) for name in group[0]]))


def countries(lines: Iterable[Line]) -> list[tuple[str, str]]:
    """Every country that has a line of its own."""
    found = {code: name for line in lines for code, name in line.countries if name}
    return sorted(found.items(), key=lambda pair: fold(pair[1]))


def fit(groups: Sequence[Group], choices: int) -> bool:
    """Whether all of it leaves the page below thirty thousand bytes. Reckoned too high rather than too low."""
    weight = choices * _A_CHOICE
    for names, lines in groups:
        weight += _A_GROUP + _bytes(*names) + sum(_weight(line) for line in lines)
    return weight <= ROOM


def _weight(line: Line) -> int:
    ways = sum(_A_WAY + _bytes(one.value, one.hours, one.zone) for one in line.channels)
    return _A_LINE + _bytes(line.name, line.languages) + ways


def _bytes(*texts: str) -> int:
    return sum(len(text.encode()) + 3 for text in texts)


def _codes(line: Line) -> set[str]:
    return {code for code, _ in line.countries}


def _serves_all(line: Line) -> bool:
    return any(not name for _, name in line.countries)

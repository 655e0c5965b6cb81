"""From an address to the doors that stand at it.

The framework looks addresses up as quickly, but to add one it walks through all that it has: of the house's
hundreds, that was a quarter of a start (docs/decisions/0059). Here each is put in its place once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

Door = TypeVar("Door")
_READ: dict[str, Callable[[str], Any]] = {"str": str, "int": int}


class Atlas(Generic[Door]):
    """Doors by address and method. An exact address comes before an open one, a word before a place for any.

    A place in a template is ``{name:str}`` or ``{name:int}``, and holds one part of an address.
    """

    def __init__(self, doors: Iterable[tuple[str, str, Door]]) -> None:
        self._exact: dict[str, dict[str, Door]] = {}
        self._open = _Spot[Door]()
        for method, template, door in doors:
            if "{" in template:
                self._open.keep(template.split("/")[1:], method, door)
            else:
                self._exact.setdefault(template, {})[method] = door

    def find(self, address: str, method: str) -> tuple[Door, dict[str, Any]] | None:
        """The door, and what stands in the places of its address."""
        exact = self._exact.get(address)
        if exact is not None:
            door = exact.get(method)
            return None if door is None else (door, {})
        parts: list[str] = []
        spot = self._open.at(address.split("/")[1:], parts)
        if spot is None or method not in spot.doors:
            return None
        door, places = spot.doors[method]
        try:
            return door, {name: read(part) for (name, read), part in zip(places, parts, strict=True)}
        except ValueError:
            return None

    def methods(self, address: str) -> list[str]:
        """The methods of the doors at an address; none where nothing is."""
        exact = self._exact.get(address)
        if exact is not None:
            return sorted(exact)
        spot = self._open.at(address.split("/")[1:], [])
        return [] if spot is None else sorted(spot.doors)


class _Spot(Generic[Door]):
    """A point on the way through an address."""

    __slots__ = ("any", "doors", "words")

    def __init__(self) -> None:
        self.words: dict[str, _Spot[Door]] = {}
        self.any: _Spot[Door] | None = None
        self.doors: dict[str, tuple[Door, list[tuple[str, Callable[[str], Any]]]]] = {}

    def keep(self, parts: list[str], method: str, door: Door) -> None:
        """Put a door where the parts of its template lead."""
        spot, places = self, []
        for part in parts:
            if part.startswith("{"):
                name, _, kind = part[1:-1].partition(":")
                places.append((name, _READ[kind]))
                further = spot.any or _Spot[Door]()
                spot.any = spot = further
            else:
                spot = spot.words.setdefault(part, _Spot())
        spot.doors[method] = door, places

    def at(self, parts: list[str], found: list[str]) -> _Spot[Door] | None:
        """Where the parts of an address lead; what stood in its places is added to ``found``."""
        spot = self
        for part in parts:
            further = spot.words.get(part)
            if further is None:
                found.append(part)
                further = spot.any
            if further is None:
                return None
            spot = further
        return spot

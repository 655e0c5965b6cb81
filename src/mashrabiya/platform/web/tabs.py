"""The few places that every page leads to. One exists when its domain does; ``main`` names them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from mashrabiya.kernel.viewer import Viewer


class Tab(msgspec.Struct, frozen=True):
    """A link of the bar, as the template shows it."""

    href: str
    key: str
    icon: str
    current: bool
    new: bool = False
    tells: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the bar: ``folders`` are the first parts of addresses that belong to it.

    ``tells``: a word beside it says when something is new there. ``speaks``: it is for whoever has a persona in use.
    """

    href: str
    key: str
    icon: str
    folders: frozenset[str]
    members: bool = False
    role: str = ""
    speaks: bool = False
    tells: bool = False

    def is_for(self, viewer: Viewer) -> bool:
        if self.role:
            return viewer.has(self.role)
        if self.speaks:
            return viewer.speaks
        return viewer.is_member or not self.members


class Bar:
    """Makes the tabs of a page; each combination is made once."""

    def __init__(self, places: Sequence[Place]) -> None:
        self._places = tuple(places)
        self._made: dict[tuple[str, bool, bool, frozenset[str], bool], list[Tab]] = {}

    def tabs(self, viewer: Viewer, path: str, *, new: bool = False) -> list[Tab]:
        """The tabs for this viewer, with the one that holds ``path`` marked, and whether something is new for her."""
        folder = path.split("/", 2)[1]
        key = (folder, viewer.is_member, viewer.speaks, viewer.roles, new)
        found = self._made.get(key)
        if found is None:
            if len(self._made) > 500:
                self._made.clear()
            found = self._made[key] = [
                Tab(
                    place.href,
                    place.key,
                    place.icon,
                    folder in place.folders,
                    new and place.tells,
                    place.tells,
                )
                for place in self._places
                if place.is_for(viewer)
            ]
        return found

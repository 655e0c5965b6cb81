"""How many threads of hers go soon, and in how many she was learned: kept in memory for the rest of the day."""

from __future__ import annotations

from collections import OrderedDict

from mashrabiya.kernel import clock
from mashrabiya.kernel.viewer import Viewer

_ROOM = 20_000


class Soon:
    """Two numbers for each open sign-in; nothing of them is ever written.

    The first page of a day asks the database once, and no other page asks again.
    """

    def __init__(self) -> None:
        self._known: OrderedDict[bytes, tuple[int, int, int]] = OrderedDict()

    def find(self, viewer: Viewer) -> tuple[int, int] | None:
        """Both, if they were asked today."""
        day, soon, learned = self._known.get(viewer.sid, (-1, 0, 0))
        return (soon, learned) if day == clock.day() else None

    def keep(self, viewer: Viewer, soon: int, learned: int) -> None:
        """Remember them; of too many the oldest are forgotten."""
        self._known[viewer.sid] = (clock.day(), soon, learned)
        while len(self._known) > _ROOM:
            self._known.popitem(last=False)

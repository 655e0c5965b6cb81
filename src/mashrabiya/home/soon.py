"""How many threads of hers go soon, kept in memory for the rest of the day."""

from __future__ import annotations

from collections import OrderedDict

from mashrabiya.kernel import clock
from mashrabiya.kernel.viewer import Viewer

_ROOM = 20_000


class Soon:
    """A number for each open sign-in; nothing of it is ever written.

    The first page of a day asks the database once, and no other page asks again.
    """

    def __init__(self) -> None:
        self._known: OrderedDict[bytes, tuple[int, int]] = OrderedDict()

    def find(self, viewer: Viewer) -> int | None:
        """The number, if it was asked today."""
        day, count = self._known.get(viewer.sid, (-1, 0))
        return count if day == clock.day() else None

    def keep(self, viewer: Viewer, count: int) -> None:
        """Remember it; of too many the oldest are forgotten."""
        self._known[viewer.sid] = (clock.day(), count)
        while len(self._known) > _ROOM:
            self._known.popitem(last=False)

"""Where a list goes on: a pair (position, id), written so that it fits an address."""

from __future__ import annotations

from dataclasses import dataclass

from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.ids import read_id, show_id

_POSITION = 8


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last row seen. Made-up cursors are harmless: they only name a place in a list."""

    position: int
    id: bytes

    def show(self) -> str:
        return show_id(self.position.to_bytes(_POSITION, "big") + self.id)

    @classmethod
    def read(cls, shown: str, id_size: int = 16) -> Cursor | None:
        """The cursor, or None where there is none or it is not one."""
        if not shown:
            return None
        try:
            raw = read_id(shown, _POSITION + id_size)
        except NotFound:
            return None
        position = int.from_bytes(raw[:_POSITION], "big")
        return cls(position, raw[_POSITION:]) if position < 1 << 62 else None

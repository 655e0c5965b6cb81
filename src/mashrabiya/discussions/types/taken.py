"""Words that their author took back, as they were: for her sealed copy, and nowhere else."""

from __future__ import annotations

from msgspec import Struct, msgpack

from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import show_id


class Words(Struct, frozen=True, array_like=True):
    """A post as it stood. ``until_h`` is the hour up to which it can be brought back, ``audience`` who could read it.

    ``notes`` are her own: what a care team set lies with the place it stood in. ``care_note`` is what they said beneath it.
    ``here``: its thread still stands, as far as its author can read; found when it is read, and not sealed.
    """

    tid: bytes
    post: bytes
    n: int
    until_h: int
    audience: int
    title: str
    body: str
    lang: str
    kind: int
    to_n: int | None
    notes: int
    newcomer: int
    links: int
    wants: int
    spare: int
    answers: int
    here: bool = True
    care_note: str | None = None
    tags: tuple[bytes, ...] = ()

    def pack(self) -> bytes:
        return msgpack.encode(self)

    @classmethod
    def unpack(cls, packed: bytes) -> Words:
        return msgpack.decode(packed, type=cls)

    @property
    def thread(self) -> str:
        return show_id(self.tid)

    @property
    def shown(self) -> str:
        return show_id(self.post)

    @property
    def hours(self) -> int:
        """Hours that are left, begun ones counted."""
        return max(0, self.until_h - clock.hour())

    @property
    def lines(self) -> list[str]:
        return self.body.split("\n")

"""The pictures of a sample: lattices, drawn here, so that no face and no place is in any of them."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from mashrabiya.discussions import commands as discussions
from mashrabiya.discussions.types import NewPicture
from mashrabiya.platform.db import Database
from mashrabiya.platform.media import Prepared, Refused, prepare
from mashrabiya.platform.media.keeping import store_of
from mashrabiya.stewardship.sample.types import Drawn

WIDTH, HEIGHT = 480, 240
# Paper, line and light of each drawing.
_INKS = {
    "window": ((38, 32, 74), (214, 178, 104), (246, 226, 178)),
    "mugs": ((236, 226, 210), (150, 88, 60), (92, 132, 120)),
    "drawer": ((62, 44, 40), (190, 140, 96), (232, 206, 160)),
    "letter": ((224, 232, 236), (84, 104, 140), (196, 96, 92)),
}
_STEP = {"window": 40, "mugs": 64, "drawer": 80, "letter": 48}


def draw(drawing: str) -> bytes:
    """A lattice as a PNG: the same every time."""
    paper, line, light = (bytes(ink) for ink in _INKS[drawing])
    step = _STEP[drawing]
    row_of = [[paper, line, light][_tone(x, y, step)] for y in range(step) for x in range(step)]
    rows = [
        b"\0" + (b"".join(row_of[y % step * step : (y % step + 1) * step]) * (WIDTH // step + 1))[: 3 * WIDTH]
        for y in range(HEIGHT)
    ]
    head = WIDTH.to_bytes(4) + HEIGHT.to_bytes(4) + bytes([8, 2, 0, 0, 0])
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"".join(rows))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_part(kind, data) for kind, data in parts)


def _tone(x: int, y: int, step: int) -> int:
    half = step // 2
    across, down = abs(x - half), abs(y - half)
    if abs(across + down - half) < step // 14 + 1:
        return 1
    return 2 if across**2 + down**2 < (step // 5) ** 2 else 0


def _part(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)


def hang(database: Database, posts: Iterable[tuple[bytes, tuple[Drawn, ...]]]) -> None:
    """Put the pictures into their posts, kept as those that people send."""
    made: dict[str, Prepared] = {}
    store = store_of(database.folder)
    for post, pictures in posts:
        hung = []
        for one in pictures:
            if one.drawing not in made:
                made[one.drawing] = _prepared(one.drawing)
            small = made[one.drawing].shown[0]
            name = bytes.fromhex(store.put(made[one.drawing]))
            hung.append(NewPicture(name, one.alt, small.width, small.height))
        with database.write() as uow:
            discussions.hang(uow, post, hung)


def _prepared(drawing: str) -> Prepared:
    made = prepare(draw(drawing))
    if isinstance(made, Refused):
        raise ValueError(f"{drawing}: {made.reason}")
    return made

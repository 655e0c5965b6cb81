"""Reading how large a picture says it is, from its first bytes, without decoding anything."""

from __future__ import annotations

import struct
from collections.abc import Callable

Size = tuple[int, int]

# How far into a file its size may stand: behind a colour profile, a thumbnail, a long comment.
_FAR = 1024 * 1024
_MOST_SEGMENTS = 400
# Still pictures in HEVC, as phones write them; sequences are films, and not taken.
_HEIC = frozenset({b"heic", b"heix"})
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})


def kind_of(raw: bytes) -> str:
    """``JPEG``, ``PNG``, ``GIF``, ``WEBP``, ``AVIF``, ``HEIF`` or nothing for what is not taken."""
    if raw[:3] == b"\xff\xd8\xff":
        return "JPEG"
    if raw[:8] == b"\x89PNG\r\n\x1a\n":
        return "PNG"
    if raw[:6] in {b"GIF87a", b"GIF89a"}:
        return "GIF"
    if raw[:4] == b"RIFF" and raw[8:12] == b"WEBP":
        return "WEBP"
    return _boxed(raw) if raw[4:8] == b"ftyp" else ""


def size_of(raw: bytes, kind: str) -> Size | None:
    """Width and height as the file says them; None where it says nothing that can be read."""
    try:
        size = _READERS[kind](raw)
    except (struct.error, IndexError):
        return None
    return size if size and size[0] > 0 and size[1] > 0 else None


def _boxed(raw: bytes) -> str:
    """Which of the two kinds that begin alike. A file that says it is both is opened as the simpler one."""
    length = min(int.from_bytes(raw[:4], "big"), 256)
    brands = {raw[place : place + 4] for place in (8, *range(16, length, 4))}
    if brands & {b"avif", b"avis"}:
        return "AVIF"
    return "HEIF" if brands & _HEIC else ""


def _png(raw: bytes) -> Size | None:
    if raw[12:16] != b"IHDR":
        return None
    width, height = struct.unpack_from(">II", raw, 16)
    return width, height


def _gif(raw: bytes) -> Size:
    width, height = struct.unpack_from("<HH", raw, 6)
    return width, height


def _jpeg(raw: bytes) -> Size | None:
    place = 2
    for _ in range(_MOST_SEGMENTS):
        while place <= _FAR and raw[place] == 0xFF and raw[place + 1] == 0xFF:
            place += 1
        if raw[place] != 0xFF or place > _FAR:
            return None
        marker = raw[place + 1]
        if marker in _ALONE:
            place += 2
            continue
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", raw, place + 5)
            return width, height
        place += 2 + int(struct.unpack_from(">H", raw, place + 2)[0])
    return None


def _webp(raw: bytes) -> Size | None:
    chunk = raw[12:16]
    if chunk == b"VP8X":
        return 1 + int.from_bytes(raw[24:27], "little"), 1 + int.from_bytes(raw[27:30], "little")
    if chunk == b"VP8L" and raw[20] == 0x2F:
        bits = int.from_bytes(raw[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if chunk == b"VP8 " and raw[23:26] == b"\x9d\x01\x2a":
        width, height = struct.unpack_from("<HH", raw, 26)
        return width & 0x3FFF, height & 0x3FFF
    return None


def _ispe(raw: bytes) -> Size | None:
    """The largest size among those of its parts: thumbnails and masks have theirs too."""
    head, place = raw[:_FAR], 0
    sizes: list[Size] = []
    while (place := head.find(b"ispe", place)) >= 0 and len(sizes) < _MOST_SEGMENTS:
        width, height = struct.unpack_from(">II", head, place + 8)
        sizes.append((width, height))
        place += 4
    return max(sizes, key=lambda size: size[0] * size[1], default=None)


_READERS: dict[str, Callable[[bytes], Size | None]] = {
    "PNG": _png,
    "GIF": _gif,
    "JPEG": _jpeg,
    "WEBP": _webp,
    "AVIF": _ispe,
    "HEIF": _ispe,
}

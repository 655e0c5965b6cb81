"""Taking a picture in: look at its first bytes, have it drawn anew elsewhere, trust nothing that comes back."""

from __future__ import annotations

import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from mashrabiya.platform.media.headers import kind_of, size_of
from mashrabiya.platform.media.types import (
    LONG_SIDES,
    MOST_BYTES,
    MOST_PIXELS,
    TINY_SIDE,
    Picture,
    Prepared,
    Reason,
    Refused,
)

AT_ONCE = 2
"""So many pictures are drawn at one time; each may take half a gigabyte."""
WAIT = 15.0
TIME_OUT = 20.0

_DRAW = Path(__file__).with_name("draw.py")
_HEADER = struct.Struct(">III")
_MOST_DRAWN = 2 * 1024 * 1024
_VAST = 11
_COMFORTABLE = 24_000_000
_places = threading.BoundedSemaphore(AT_ONCE)


def prepare(raw: bytes) -> Prepared | Refused:
    """The picture in the sizes that are shown, or why it is not taken. Never raises for what is in it.

    It takes a good part of a second and waits for another process: call it outside any write block.
    """
    if len(raw) > MOST_BYTES:
        return Refused(Reason.HEAVY)
    kind = kind_of(raw)
    if not kind:
        return Refused(Reason.KIND)
    size = size_of(raw, kind)
    if size is None:
        return Refused(Reason.BROKEN)
    if size[0] * size[1] > MOST_PIXELS:
        return Refused(Reason.VAST)
    if not _places.acquire(timeout=WAIT):
        return Refused(Reason.BUSY)
    try:
        status, drawn = _drawn_elsewhere(raw, kind)
    finally:
        _places.release()
    if status == 0:
        return _read(drawn)
    # What is this large and could not be drawn was most often too large for half a gigabyte.
    vast = status == _VAST or size[0] * size[1] > _COMFORTABLE
    return Refused(Reason.VAST if vast else Reason.BROKEN)


def _drawn_elsewhere(raw: bytes, kind: str) -> tuple[int, bytes]:
    """How the other process ended, and what it gave, as far as that may reach."""
    sides = map(str, (TINY_SIDE, *LONG_SIDES))
    with subprocess.Popen(
        [sys.executable, "-I", str(_DRAW), kind, *sides],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        feeder = threading.Thread(target=_feed, args=(process, raw))
        watch = threading.Timer(TIME_OUT, process.kill)
        feeder.start()
        watch.start()
        drawn = process.stdout.read(_MOST_DRAWN + 1)
        if len(drawn) > _MOST_DRAWN:
            process.kill()
        process.wait()
        watch.cancel()
        feeder.join()
    return process.returncode, drawn


def _feed(process: subprocess.Popen[bytes], raw: bytes) -> None:
    assert process.stdin is not None
    # It may have ended, or been ended, before it read to the end.
    with suppress(OSError):
        process.stdin.write(raw)
    with suppress(OSError):
        process.stdin.close()


def _read(drawn: bytes) -> Prepared | Refused:
    """What came back, if every file in it is a picture and nothing else."""
    pictures = list(_pictures(drawn))
    if not 2 <= len(pictures) <= 1 + len(LONG_SIDES) or None in pictures:
        return Refused(Reason.BROKEN)
    tiny, *shown = (picture for picture in pictures if picture is not None)
    if max(tiny.width, tiny.height) > TINY_SIDE:
        return Refused(Reason.BROKEN)
    return Prepared(tuple(shown), tiny)


def _pictures(drawn: bytes) -> Iterator[Picture | None]:
    """Each file in turn; None for what is none, and then nothing more."""
    place = 0
    while place < len(drawn):
        if place + _HEADER.size > len(drawn):
            yield None
            return
        width, height, length = _HEADER.unpack_from(drawn, place)
        place += _HEADER.size
        webp = drawn[place : place + length]
        place += length
        if not _is_bare(webp, length) or size_of(webp, "WEBP") != (width, height):
            yield None
            return
        if max(width, height) > max(LONG_SIDES):
            yield None
            return
        yield Picture(width, height, webp)


def _is_bare(webp: bytes, length: int) -> bool:
    """One chunk of picture fills the whole file: there is no place for anything else."""
    if len(webp) != length or length < 30 or webp[:4] != b"RIFF" or webp[8:16] != b"WEBPVP8 ":
        return False
    whole, chunk = int.from_bytes(webp[4:8], "little"), int.from_bytes(webp[16:20], "little")
    return whole == length - 8 and chunk + chunk % 2 == length - 20

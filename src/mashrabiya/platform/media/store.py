"""Keeping pictures: files in one folder beside the database.

A file is named at random and by its size. Nothing in the name, the folder or the
times says who brought it: the post refers to it, and it goes with the post. Times
of files are the day's beginning. (The system keeps a time of change that nobody
can set; whoever has the disk sees when a file came, but not from whom.)
"""

from __future__ import annotations

import os
import re
import secrets
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from mashrabiya.kernel import clock
from mashrabiya.platform.media.types import Prepared

TINY = "tiny"
SMALL = "small"
LARGE = "large"
SIZES = (TINY, SMALL, LARGE)

# What every picture is served with. It can be nothing but a picture, whatever its bytes would like to be.
HEADERS: tuple[tuple[bytes, bytes], ...] = (
    (b"content-type", b"image/webp"),
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"sandbox; default-src 'none'"),
    (b"content-disposition", b"inline"),
    (b"cache-control", b"no-store"),
)

_NAME = re.compile(r"[0-9a-f]{32}")


class Store:
    """The pictures of one house. Their folder is made with the first of them: whoever only looks leaves nothing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, prepared: Prepared) -> str:
        """Keep every size; the name by which they are found again."""
        name = secrets.token_hex(16)
        small, *larger = prepared.shown
        self._write(name, TINY, prepared.tiny.webp)
        self._write(name, SMALL, small.webp)
        for picture in larger:
            self._write(name, LARGE, picture.webp)
        self._forget_the_hour(self._folder)
        return name

    def open(self, name: str, size: str) -> bytes | None:
        """The file, or None where there is none. A picture that came small is its own large one."""
        if not _NAME.fullmatch(name) or size not in SIZES:
            return None
        for path in (self._path(name, size), *([self._path(name, SMALL)] if size == LARGE else [])):
            try:
                return _read(path)
            except FileNotFoundError:
                continue
        return None

    def drop(self, name: str) -> None:
        """Every size is gone. To drop twice is to drop once."""
        if not _NAME.fullmatch(name):
            return
        for size in SIZES:
            self._path(name, size).unlink(missing_ok=True)
            self._path(name, size).with_suffix(".part").unlink(missing_ok=True)
        with suppress(FileNotFoundError):
            self._forget_the_hour(self._folder)

    def names(self, *, settled: float = 0.0) -> Iterator[str]:
        """Every name that is kept: to find what no post refers to any more. Only those kept for so many seconds."""
        latest = time.time() - settled
        paths = (path for path in self._folder.glob("*-*.*") if not settled or _since(path) <= latest)
        return iter({path.name.partition("-")[0] for path in paths})

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Every file under its own name, for a copy of all. One that goes meanwhile is left out."""
        for path in sorted(self._folder.glob("*-*.webp")):
            with suppress(FileNotFoundError):
                yield path.name, _read(path)

    def put_back(self, file: str, webp: bytes) -> None:
        """A file out of a copy, under the name it had. What is called otherwise, or is no picture, is left out."""
        name, _, size = file.removesuffix(".webp").partition("-")
        if _NAME.fullmatch(name) and size in SIZES and webp[:4] == b"RIFF" and webp[8:12] == b"WEBP":
            self._write(name, size, webp)

    def _path(self, name: str, size: str) -> Path:
        return self._folder / f"{name}-{size}.webp"

    def _write(self, name: str, size: str, webp: bytes) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._path(name, size)
        part = path.with_suffix(".part")
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(webp)
            file.flush()
            os.fsync(file.fileno())
        self._forget_the_hour(part)
        part.replace(path)

    def _forget_the_hour(self, path: Path) -> None:
        midnight = clock.day() * clock.DAY
        os.utime(path, (midnight, midnight))


def _since(path: Path) -> float:
    """When the system wrote it down: its own time of change, which nobody can set."""
    try:
        return path.stat().st_ctime
    except FileNotFoundError:
        return time.time()


def _read(path: Path) -> bytes:
    """The file, without the system noting when it was looked at, where it lets us."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOATIME", 0))
    with os.fdopen(handle, "rb") as file:
        return file.read()

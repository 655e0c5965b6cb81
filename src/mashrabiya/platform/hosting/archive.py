"""What one backup holds: the rows in one file, and the pictures beside it, one after another.

It is a tar archive in an age file. It is sealed while it is read together, and read
apart while it is opened: pictures lie on the disk in any case, but rows that are
readable exist in memory only, and there is not room for both there.
"""

from __future__ import annotations

import os
import tarfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO

import pyrage
from pyrage import x25519

from mashrabiya.platform.media.keeping import FOLDER
from mashrabiya.platform.media.store import Store

ROWS = "house.db"
_BLOCK = tarfile.BLOCKSIZE
_AT_ONCE = 1024 * 1024


def seal(plain: Path, store: Store, to: Path, keys: list[x25519.Recipient]) -> None:
    """Write rows and pictures, sealed. Pictures that go meanwhile are not in it, nor are their rows wanted back."""
    with to.open("wb") as file:
        to.chmod(0o600)
        sink = _Sink(file)
        try:
            pyrage.encrypt_io(_Pieces(_archive(plain, store)), sink, keys)
        except pyrage.EncryptError as wrong:
            raise sink.trouble or wrong from None


def unseal(file: Path, plain: Path, store: Store, opened_by: list[x25519.Identity]) -> None:
    """Write the rows, readable, to ``plain``, and put the pictures back. Whatever else is in it is left out."""
    with _opened(file, opened_by) as stream, tarfile.open(fileobj=stream, mode="r|") as archive:
        for member in archive:
            body = archive.extractfile(member) if member.isfile() else None
            if body is None:
                continue
            if member.name == ROWS:
                _pour(body, plain)
            elif member.name.startswith(f"{FOLDER}/"):
                store.put_back(member.name.removeprefix(f"{FOLDER}/"), body.read(_AT_ONCE * 2))


def _pour(body: IO[bytes], plain: Path) -> None:
    with plain.open("wb") as file:
        plain.chmod(0o600)
        while piece := body.read(_AT_ONCE):
            file.write(piece)


def _archive(plain: Path, store: Store) -> Iterator[bytes]:
    size = plain.stat().st_size
    yield _head(ROWS, size)
    with plain.open("rb") as file:
        while piece := file.read(_AT_ONCE):
            yield piece
    yield bytes(-size % _BLOCK)
    for name, webp in store.files():
        yield _head(f"{FOLDER}/{name}", len(webp)) + webp + bytes(-len(webp) % _BLOCK)
    yield bytes(2 * _BLOCK)


def _head(name: str, size: int) -> bytes:
    """Neither times nor owners: only what it is called and how much it is."""
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member.tobuf(tarfile.GNU_FORMAT)


class _Sink:
    """Where the sealed copy goes. Remembers why it could not: what seals says so in its own words alone."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.trouble: OSError | None = None

    def write(self, part: bytes) -> int:
        try:
            return self._put(part)
        except OSError as wrong:
            wrong.filename = self._file.name
            self.trouble = wrong
            raise

    def flush(self) -> None:
        self._file.flush()

    def _put(self, part: bytes) -> int:
        return self._file.write(part)


class _Pieces:
    """Something to read, made of pieces as they are needed."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = memoryview(b"")

    def read(self, size: int = -1) -> bytes:
        """At most so much; nothing at the end."""
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._rest = memoryview(piece)
        size = len(self._rest) if size < 0 else size
        part, self._rest = bytes(self._rest[:size]), self._rest[size:]
        return part


@contextmanager
def _opened(file: Path, opened_by: list[x25519.Identity]) -> Iterator[BinaryIO]:
    """What is sealed in the file, as it is opened. Raises at the end where it did not open, or not to its end."""
    trouble: list[Exception] = []
    here, there = os.pipe()

    def pour() -> None:
        try:
            with os.fdopen(there, "wb") as sink, file.open("rb") as sealed:
                pyrage.decrypt_io(sealed, sink, opened_by)
        except Exception as wrong:
            trouble.append(wrong)

    pouring = threading.Thread(target=pour)
    pouring.start()
    broken: Exception | None = None
    with os.fdopen(here, "rb") as stream:
        try:
            yield stream
            while stream.read(_AT_ONCE):
                pass
        except tarfile.TarError as wrong:
            broken = wrong
    pouring.join()
    # What did not open is the cause; what came of it could not be read either.
    for cause in (*trouble, broken):
        if cause is not None:
            raise cause

"""Forms that bring pictures: read as they come in, into memory alone, and never onto the disk.

What is kept of a file are its bytes and the field it came in. Its name, which phones
write dates and people write names into, is not even looked at. A file that is too
large, one too many, or sent by somebody who may not bring any is heard out and let
go, so that the words beside it are still read.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, auto

from multipart import MultipartError, MultipartSegment, PushMultipartParser, parse_options_header

from mashrabiya.platform.media import MOST_BYTES
from mashrabiya.platform.web.ask import MOST_FIELDS, Form
from mashrabiya.platform.web.routes import Route

FILES = 4
FILE_BYTES = MOST_BYTES
WORD_BYTES = 256 * 1024
SECONDS = 120.0
# So much of one form is listened to, to say in the reader's language what did not fit.
HEARD_OUT = 48 * 1024 * 1024
# Each may hold FILES of FILE_BYTES in memory while it is under way.
AT_ONCE = 4

_NAMED = re.compile(r"\{\w+:str\}")


class Kept(Enum):
    """What became of a file on its way in."""

    WHOLE = auto()
    TOO_LARGE = auto()
    TOO_MANY = auto()
    NO_ROOM = auto()


@dataclass(slots=True)
class Upload:
    """A file that was sent: where in the form, and its bytes where they were kept."""

    field: str
    raw: bytes = b""
    kept: Kept = Kept.WHOLE


class Doors:
    """The addresses to which pictures may be sent."""

    def __init__(self, routes: tuple[Route, ...]) -> None:
        paths = [_NAMED.sub("[^/]+", route.path) for route in routes if route.uploads]
        self._paths = re.compile("|".join(f"(?:{path})" for path in paths) or r"(?!)")

    def boundary(self, method: str, path: str, kind: bytes) -> str:
        """What parts the fields of this form, or nothing where the form is an ordinary one."""
        if method != "POST" or not kind.lower().startswith(b"multipart/form-data"):
            return ""
        if not self._paths.fullmatch(path):
            return ""
        return str(parse_options_header(kind.decode("latin-1"))[1].get("boundary", ""))


class Room:
    """How many may be sending pictures at one time: few, and each person once."""

    def __init__(self) -> None:
        self._inside: set[bytes] = set()
        self._lock = threading.Lock()

    @contextmanager
    def taken(self, person: bytes) -> Iterator[bool]:
        """Whether there is room for this person's pictures while the block runs. Nobody in particular has none."""
        with self._lock:
            fits = bool(person) and person not in self._inside and len(self._inside) < AT_ONCE
            if fits:
                self._inside.add(person)
        try:
            yield fits
        finally:
            if fits:
                with self._lock:
                    self._inside.discard(person)


class Reader:
    """Takes a form in piece by piece. With ``room`` it keeps the files, without it only the words."""

    def __init__(self, boundary: str, *, room: bool) -> None:
        self._parser = PushMultipartParser(boundary, header_charset="utf8")
        self._room = room
        self._left = WORD_BYTES
        self._heard = 0
        self._fields: list[tuple[str, bytearray]] = []
        self._files: list[Upload] = []
        self._file: Upload | None = None
        self._part = bytearray()
        self._chosen = False
        self._broken = False

    def hear(self, piece: bytes) -> bool:
        """One more piece; False once it is so much that nobody would listen further."""
        self._heard += len(piece)
        if piece and not self._is_over:
            try:
                for event in self._parser.parse(piece):
                    self._take(event)
            except MultipartError:
                self._broken = True
        return self._heard <= HEARD_OUT

    def form(self) -> Form | None:
        """The form as it was sent; None where it held too many words, and an empty one where it was none."""
        if self._left < 0:
            return None
        if self._broken or not self._is_whole():
            return Form()
        fields: dict[str, list[str]] = {}
        for name, value in self._fields[:MOST_FIELDS]:
            fields.setdefault(name, []).append(value.decode("utf-8", "replace"))
        return Form(fields, cut=len(self._fields) > MOST_FIELDS, files=self._files)

    def _is_whole(self) -> bool:
        try:
            self._parser.close()
        except MultipartError:
            return False
        return True

    @property
    def _is_over(self) -> bool:
        """Whether what still comes is only heard out."""
        return self._broken or self._left < 0

    def _take(self, event: MultipartSegment | bytes | bytearray | None) -> None:
        if self._is_over:
            return
        if isinstance(event, MultipartSegment):
            self._begin(event)
        elif event is None:
            self._end()
        elif self._file is None:
            self._left -= len(event)
            self._part += event
        else:
            self._go_on(self._file, event)

    def _begin(self, part: MultipartSegment) -> None:
        name = part.name or ""
        self._part = bytearray()
        self._left -= len(name) + 1
        # A field in which nothing was chosen is sent all the same: without a name, and empty.
        self._chosen = bool(part.filename)
        self._file = None if part.filename is None else Upload(name)
        if self._file is None and len(self._fields) <= MOST_FIELDS:
            self._fields.append((name, self._part))

    def _go_on(self, file: Upload, piece: bytes | bytearray) -> None:
        self._chosen = True
        if file.kept is Kept.WHOLE:
            file.kept = self._judged(len(self._part) + len(piece))
        if file.kept is Kept.WHOLE:
            self._part += piece
        else:
            self._part = bytearray()

    def _judged(self, size: int) -> Kept:
        if not self._room:
            return Kept.NO_ROOM
        if len(self._files) >= FILES:
            return Kept.TOO_MANY
        return Kept.TOO_LARGE if size > FILE_BYTES else Kept.WHOLE

    def _end(self) -> None:
        if self._file is not None and self._chosen and len(self._files) <= FILES:
            self._file.raw = bytes(self._part)
            self._files.append(self._file)
        self._file = None

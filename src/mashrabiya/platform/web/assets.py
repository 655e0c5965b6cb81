"""The house's own files: named by their content, compressed once, cached for ever."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import brotli

_TYPES = {
    ".css": b"text/css; charset=utf-8",
    ".js": b"text/javascript; charset=utf-8",
    ".png": b"image/png",
    ".svg": b"image/svg+xml",
    ".txt": b"text/plain; charset=utf-8",
}


_JOINED = {
    "keyed.js": ("core.js", "keys.js"),
    "answer.js": ("thread.js", "draft.js", "emoji.js"),
    "beginning.js": ("compose.js", "draft.js", "emoji.js"),
    "core-bell.js": ("core.js", "live.js", "marking.js"),
    "keyed-bell.js": ("core.js", "keys.js", "live.js", "marking.js"),
    "hearing.js": ("live.js", "arriving.js", "marking.js"),
    "talking.js": ("thread.js", "draft.js", "emoji.js", "live.js", "arriving.js", "marking.js"),
}
"""Scripts that a page needs together are one file, since each request costs a slow network more than its bytes."""


@dataclass(frozen=True)
class Asset:
    """One file in the forms a browser may accept, each made when it is first asked for: a start waits for none."""

    kind: bytes
    plain: bytes

    @cached_property
    def gzipped(self) -> bytes:
        return gzip.compress(self.plain, 9, mtime=0)

    @cached_property
    def brotlied(self) -> bytes:
        packed: bytes = brotli.compress(self.plain, quality=9)
        return packed

    def form_for(self, accepted: bytes) -> tuple[bytes, bytes]:
        """The body and the name of its encoding (empty for plain)."""
        if b"br" in accepted:
            return self.brotlied, b"br"
        if b"gzip" in accepted:
            return self.gzipped, b"gzip"
        return self.plain, b""


class Assets:
    """All files of the ``assets`` folders, found by the address ``/a/name.hash.ext``."""

    def __init__(self, root: Path) -> None:
        self._by_path: dict[str, Asset] = {}
        self._address: dict[str, str] = {}
        for folder in sorted(root.glob("*/assets")):
            for path in sorted(folder.iterdir()):
                if path.suffix in _TYPES:
                    self._add(path, self._with_addresses(path))
        for name, parts in _JOINED.items():
            found = [self.find(self._address[part]) for part in parts if part in self._address]
            self._add(Path(name), b"".join(part.plain for part in found if part))

    def _add(self, path: Path, plain: bytes) -> None:
        digest = hashlib.sha256(plain).hexdigest()[:10]
        address = f"/a/{path.stem}.{digest}{path.suffix}"
        self._address[path.name] = address
        self._by_path[address] = Asset(_TYPES[path.suffix], plain)

    def _with_addresses(self, path: Path) -> bytes:
        """The bytes; in a style sheet, names of pictures become their addresses."""
        plain = path.read_bytes()
        if path.suffix != ".css":
            return plain
        for picture in sorted(path.parent.glob("*.svg")):
            if picture.name.encode() in plain:
                if picture.name not in self._address:
                    self._add(picture, picture.read_bytes())
                address = self.address(picture.name).encode()
                plain = plain.replace(b"url(" + picture.name.encode() + b")", b"url(" + address + b")")
        return plain

    def address(self, name: str) -> str:
        """Where the file of this name is served. A name that no file has is a mistake of ours."""
        return self._address[name]

    def find(self, path: str) -> Asset | None:
        """The file behind an address."""
        return self._by_path.get(path)

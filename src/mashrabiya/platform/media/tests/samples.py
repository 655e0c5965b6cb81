"""Pictures made for tests, with everything in them that must not come out."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pillow_heif
from PIL import Image, ImageCms, PngImagePlugin

MARK = "ZZMARK"
"""Stands in every hidden part of a sample. It must stand in nothing that is kept."""
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF", "HEIF")
pillow_heif.register_heif_opener()


def plain(kind: str, size: tuple[int, int] = (1500, 1000)) -> bytes:
    """A picture with nothing hidden in it: red above on the left, blue below on the right."""
    return _saved(_scene(size), kind)


def laden(kind: str) -> bytes:
    """A picture with a place, a maker's note, a thumbnail, XMP, IPTC, a profile, comments, and an archive behind it."""
    extra: dict[str, object] = {"exif": exif(), "xmp": xmp(), "icc_profile": _profile()}
    if kind == "GIF":
        extra = {"comment": f"{MARK} comment".encode(), "xmp": xmp()}
    if kind == "PNG":
        notes = PngImagePlugin.PngInfo()
        notes.add_text("Comment", f"{MARK} text")
        notes.add_text("Hidden", f"{MARK} compressed " * 20, zip=True)
        notes.add_itxt("XML:com.adobe.xmp", xmp().decode())
        extra = {"exif": exif(), "icc_profile": _profile(), "pnginfo": notes}
    if kind == "JPEG":
        extra |= {
            "comment": f"{MARK} comment".encode(),
            "extra": _segment(0xED, b"Photoshop 3.0\0" + _iptc()),
        }
    return _saved(_scene((1500, 1000)), kind, **extra) + _archive()


def exif(orientation: int = 1) -> bytes:
    """Camera, place, owner, maker's note, and a thumbnail behind them."""
    data = Image.Exif()
    data[0x0112] = orientation
    data[0x010F], data[0x013B], data[0x010E] = f"{MARK} camera", f"{MARK} artist", f"{MARK} description"
    data.get_ifd(0x8769).update({0x927C: f"{MARK} maker".encode(), 0x9286: f"{MARK} user comment".encode()})
    data.get_ifd(0x8825).update({1: "N", 2: (31.0, 57.0, 15.0), 27: f"{MARK} gps".encode()})
    small = _saved(_scene((60, 40)), "JPEG", comment=f"{MARK} thumbnail".encode())
    return data.tobytes() + small


def xmp() -> bytes:
    """A packet as programs write it."""
    return (
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description dc:creator="{MARK} xmp"/></rdf:RDF>'
        "</x:xmpmeta>"
    ).encode()


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is huge, and is."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((width + 7) // 8 + 1) * min(height, 2000), 9)
    parts = [(b"IHDR", header), (b"IDAT", rows), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(png_part(name, body) for name, body in parts)


def png_part(name: bytes, body: bytes) -> bytes:
    """One chunk of a PNG."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _scene(size: tuple[int, int]) -> Image.Image:
    picture = Image.new("RGB", size, "red")
    picture.paste("blue", (size[0] // 2, size[1] // 2, *size))
    return picture


def _saved(picture: Image.Image, kind: str, **extra: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **extra)
    return file.getvalue()


def _profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes() + f"{MARK} profile".encode()


def _segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def _iptc() -> bytes:
    words = f"{MARK} iptc".encode()
    record = b"\x1c\x02\x19" + struct.pack(">H", len(words)) + words
    return b"8BIM\x04\x04\0\0" + struct.pack(">I", len(record)) + record


def _archive() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(f"{MARK}.html", f"<script>{MARK}</script>")
    return file.getvalue()

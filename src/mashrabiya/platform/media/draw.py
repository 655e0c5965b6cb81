"""The process that decodes one picture and draws it anew. It is started alone, with ``python -I``.

It reads a picture from standard input and writes sheets to standard output: four
numbers each (width, height, length of the file, a check), then the file. It exits
with one of the codes below. It knows nothing of the house and imports nothing of it.
"""

from __future__ import annotations

import ctypes
import importlib
import io
import os
import struct
import sys
from collections.abc import Iterator
from contextlib import suppress

from PIL import Image, ImageCms, ImageFile

# All that is ever loaded is loaded here: once confined, this process opens no file.
Image.preinit()
for _name in (
    "copy",
    "PIL.ImageColor",
    *(f"PIL.{kind}ImagePlugin" for kind in ("Avif", "Gif", "Jpeg", "Mpo", "Png", "WebP")),
):
    importlib.import_module(_name)

DRAWN, BROKEN, VAST = 0, 10, 11
HEADER = struct.Struct(">III")

MEMORY = 512 * 1024 * 1024
SECONDS = 10
MOST_PIXELS = 64_000_000
QUALITY = 80
BAND = 4_000_000  # pixels

_NO_NEW_PRIVILEGES, _NOT_DUMPABLE = (38, 1), (4, 0)
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_LANDLOCK_CREATE, _LANDLOCK_RESTRICT = 444, 446
_EVERY_USE_OF_FILES = (1 << 13) - 1


def main(kind: str, tiny_side: int, long_sides: tuple[int, ...]) -> int:
    """Confined from the first byte on: the sheets, or why there are none."""
    if kind == "HEIF":
        learn_heif()
    confine()
    raw = sys.stdin.buffer.read()
    try:
        with Image.open(io.BytesIO(raw), formats=[kind]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return VAST
            sheet = drawn(picture, max(long_sides))
        for file in files(sheet, tiny_side, long_sides):
            sys.stdout.buffer.write(file)
        sys.stdout.buffer.flush()
    except (MemoryError, Image.DecompressionBombError):
        return VAST
    except Exception:
        # Whatever a decoder does with a damaged or hostile file: it is not taken.
        return BROKEN
    return DRAWN


def learn_heif() -> None:
    """Load what opens HEIC, for a picture of that kind alone: it is the largest of the decoders, and the youngest here.

    One thread, no thumbnail, no depth, no second picture: each is more code that a stranger's file reaches.
    """
    heif = importlib.import_module("pillow_heif")
    heif.register_heif_opener(thumbnails=False)
    heif.options.DECODE_THREADS = 1
    heif.options.DEPTH_IMAGES = heif.options.AUX_IMAGES = False


def drawn(picture: Image.Image, side: int) -> Image.Image:
    """The picture, turned upright and no longer than a side, on a fresh white sheet in the colours of a screen."""
    profile = picture.info.get("icc_profile")
    if picture.format in {"JPEG", "MPO"}:
        picture.draft(None, (side, side))
    picture.load()
    # How to turn it is read from the picture as it came; the small one has forgotten it.
    orientation = int(picture.getexif().get(0x0112, 1))
    return on_screen(turned(shrunk(coarse(picture, side), side), orientation), profile)


def coarse(picture: Image.Image, side: int) -> Image.Image:
    """Nothing clear in it, and not much longer than a side. Made band by band: a large picture is never there twice."""
    factor = max(1, max(picture.size) * 2 // (3 * side))
    height = factor * max(1, BAND // (factor * picture.width))
    whole: Image.Image | None = None
    for top in range(0, picture.height, height):
        band = picture.crop((0, top, picture.width, min(top + height, picture.height)))
        part = opaque(band, picture).reduce(factor)
        if whole is None:
            whole = Image.new(part.mode, (part.width, -(-picture.height // factor)))
        whole.paste(part, (0, top // factor))
    assert whole is not None
    return whole


def opaque(band: Image.Image, picture: Image.Image) -> Image.Image:
    """On white what was clear; eight bits to a colour; what a palette named, by itself."""
    if band.mode.startswith("I;16"):
        return band.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if "transparency" in picture.info or band.mode in {"RGBA", "LA", "PA"}:
        clear = band.convert("RGBA")
        white = Image.new("RGB", clear.size, "white")
        white.paste(clear, mask=clear.getchannel("A"))
        return white
    return band if band.mode in {"RGB", "CMYK", "L"} else band.convert("RGB")


def shrunk(picture: Image.Image, side: int) -> Image.Image:
    """No longer than a side."""
    if max(picture.size) <= side:
        return picture
    share = side / max(picture.size)
    width, height = (max(1, round(length * share)) for length in picture.size)
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def turned(picture: Image.Image, orientation: int) -> Image.Image:
    """Upright, as the camera noted it."""
    ways = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }
    return picture.transpose(ways[orientation]) if orientation in ways else picture


def on_screen(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Its colours as a screen without its profile would show them; as they are where the profile is no help."""
    if profile:
        with suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
            given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            made = ImageCms.profileToProfile(picture, given, ImageCms.createProfile("sRGB"), outputMode="RGB")
            return made or picture
    return picture


def files(sheet: Image.Image, tiny_side: int, long_sides: tuple[int, ...]) -> Iterator[bytes]:
    """The blur, then every size that is not larger than the sheet, the smallest first."""
    yield written(shrunk(sheet, tiny_side))
    longest = max(sheet.size)
    for side in long_sides:
        if side < longest:
            yield written(shrunk(sheet, side))
    yield written(sheet)


def written(sheet: Image.Image) -> bytes:
    """The sheet as a WebP file with nothing in it but the picture."""
    fresh = Image.new("RGB", sheet.size)
    fresh.paste(sheet.convert("RGB"))
    file = io.BytesIO()
    fresh.save(file, "WEBP", quality=QUALITY, method=4, exif=b"", xmp=b"", icc_profile=b"")
    return HEADER.pack(fresh.width, fresh.height, file.tell()) + file.getvalue()


def confine() -> None:
    """Give up everything this process will not need. What the system does not offer is left; the rest holds."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    # Pillow warns at this many and refuses twice as many: for what a file says only later.
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS // 2
    with suppress(OSError, AttributeError):
        os.nice(10)
    # Where memory runs out, this is what goes, and not the house.
    with suppress(OSError):
        score = os.open("/proc/self/oom_score_adj", os.O_WRONLY)
        os.write(score, b"1000")
        os.close(score)
    with suppress(ImportError):
        _limit()
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            _shut_out(ctypes.CDLL(None, use_errno=True))


def _limit() -> None:
    import resource

    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 16),
    ):
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def _shut_out(libc: ctypes.CDLL) -> None:
    """No new rights, no network but an empty one, no file."""
    for what, value in (_NO_NEW_PRIVILEGES, _NOT_DUMPABLE):
        libc.prctl(what, value, 0, 0, 0)
    if libc.unshare(_NEW_USER | _NEW_NETWORK) != 0:
        libc.unshare(_NEW_NETWORK)
    rules = ctypes.c_uint64(_EVERY_USE_OF_FILES)
    ruleset = libc.syscall(_LANDLOCK_CREATE, ctypes.byref(rules), ctypes.c_size_t(8), 0)
    if ruleset >= 0:
        libc.syscall(_LANDLOCK_RESTRICT, ruleset, 0)
        os.close(ruleset)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), tuple(map(int, sys.argv[3:]))))

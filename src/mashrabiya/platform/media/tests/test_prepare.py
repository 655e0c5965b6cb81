"""What goes in and what comes out: nothing but the picture."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import threading
import tracemalloc
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from mashrabiya.platform.languages import catalogue
from mashrabiya.platform.media import MOST_BYTES, Picture, Prepared, Reason, Refused, prepare
from mashrabiya.platform.media.headers import kind_of, size_of
from mashrabiya.platform.media.tests import samples
from mashrabiya.platform.media.tests.samples import FORMATS, MARK


def taken(raw: bytes) -> Prepared:
    prepared = prepare(raw)
    assert isinstance(prepared, Prepared), prepared
    return prepared


def opened(picture: Picture) -> Image.Image:
    with Image.open(io.BytesIO(picture.webp)) as image:
        image.load()
        assert image.size == (picture.width, picture.height)
        return image


def every(prepared: Prepared) -> tuple[Picture, ...]:
    return (prepared.tiny, *prepared.shown)


@pytest.mark.parametrize("kind", FORMATS)
def test_nothing_hidden_comes_out_in_any_size(kind: str) -> None:
    laden = samples.laden(kind)
    assert MARK.encode() in laden
    for picture in every(taken(laden)):
        assert MARK.encode() not in picture.webp
        assert not {"exif", "xmp", "icc_profile", "comment"} & opened(picture).info.keys()
        assert picture.webp[12:16] == b"VP8 "
        assert int.from_bytes(picture.webp[4:8], "little") + 8 == len(picture.webp)


@pytest.mark.parametrize("kind", FORMATS)
def test_only_the_shown_sizes_and_the_blur(kind: str) -> None:
    prepared = taken(samples.plain(kind))
    assert [(picture.width, picture.height) for picture in prepared.shown] == [(480, 320), (1280, 853)]
    assert (prepared.tiny.width, prepared.tiny.height) == (24, 16)
    for picture in every(prepared):
        image = opened(picture).convert("RGB")
        red, _, blue = image.getpixel((1, 1))  # type: ignore[misc]
        assert red > 200 > 80 > blue
        red, _, blue = image.getpixel((picture.width - 2, picture.height - 2))  # type: ignore[misc]
        assert blue > 200 > 80 > red


def test_a_small_picture_is_not_made_larger() -> None:
    prepared = taken(samples.plain("PNG", (300, 200)))
    assert [(picture.width, picture.height) for picture in prepared.shown] == [(300, 200)]
    assert [(p.width, p.height) for p in taken(samples.plain("PNG", (1, 1))).shown] == [(1, 1)]
    assert [(p.width, p.height) for p in taken(samples.plain("PNG", (4000, 3))).shown] == [
        (480, 1),
        (1280, 1),
    ]


LYING = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


@pytest.mark.parametrize("orientation", range(1, 9))
def test_turned_upright_as_the_camera_noted(orientation: int) -> None:
    upright = Image.new("RGB", (60, 40), "red")
    upright.paste("blue", (0, 0, 30, 20))
    lying = upright.transpose(LYING[orientation]) if orientation in LYING else upright
    file = io.BytesIO()
    lying.save(file, "JPEG", exif=samples.exif(orientation), quality=95)
    (picture,) = taken(file.getvalue()).shown
    assert (picture.width, picture.height) == (60, 40)
    red, _, blue = opened(picture).convert("RGB").getpixel((8, 8))  # type: ignore[misc]
    assert blue > 200 > 80 > red


def test_what_was_under_clear_parts_is_gone() -> None:
    hidden = Image.new("RGBA", (200, 200), (255, 0, 0, 0))
    file = io.BytesIO()
    hidden.save(file, "PNG")
    (picture,) = taken(file.getvalue()).shown
    assert opened(picture).convert("RGB").getextrema() == ((255, 255), (255, 255), (255, 255))


def test_of_an_animation_the_first_frame_stays() -> None:
    frames = [Image.new("RGB", (100, 100), colour) for colour in ("red", "blue", "green")]
    for kind in ("GIF", "WEBP", "PNG"):
        file = io.BytesIO()
        frames[0].save(file, kind, save_all=True, append_images=frames[1:])
        (picture,) = taken(file.getvalue()).shown
        red, _, blue = opened(picture).convert("RGB").getpixel((50, 50))  # type: ignore[misc]
        assert red > 200 > 80 > blue


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_every_way_of_keeping_colours(mode: str) -> None:
    grey = Image.linear_gradient("L")
    picture = (
        grey.convert("I").point(lambda value: value * 257).convert("I;16")
        if mode == "I;16"
        else grey.convert(mode)
    )
    file = io.BytesIO()
    picture.save(file, "JPEG" if mode == "CMYK" else "PNG")
    seen = opened(taken(file.getvalue()).shown[0]).convert("L")
    assert seen.getpixel((5, 3)) < 40  # type: ignore[operator]
    assert seen.getpixel((5, 252)) > 200  # type: ignore[operator]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"MZ\x90\0" * 50,
        b"%PDF-1.7\n1 0 obj",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<?xml version='1.0'?><svg/>",
        b"PK\x03\x04" + bytes(50),
        b"BM" + bytes(60),
        b"II*\0" + bytes(60),
        b"\0\0\0\x18ftyphevc\0\0\0\0msf1hevc" + bytes(60),
        b"\0\0\0\x18ftypmif1\0\0\0\0mif1miaf" + bytes(60),
        b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(60),
    ],
)
def test_what_is_no_picture_of_ours_is_refused(raw: bytes) -> None:
    assert prepare(raw) == Refused(Reason.KIND)


@pytest.mark.parametrize("kind", FORMATS)
def test_half_a_picture_is_refused(kind: str) -> None:
    noise = Image.effect_noise((400, 300), 80).convert("RGB")
    file = io.BytesIO()
    noise.save(file, kind)
    raw = file.getvalue()
    for part in (12, 30, len(raw) // 2):
        assert prepare(raw[:part]) == Refused(Reason.BROKEN)


def test_a_polyglot_comes_out_a_picture() -> None:
    script = b"*/=1;alert('" + MARK.encode() + b"')//"
    raw = samples.plain("GIF", (100, 80)) + script
    page = (
        b"\xff\xd8\xff\xfe\x00\x40"
        + (b"<html><script>" + MARK.encode()).ljust(62)
        + samples.plain("JPEG", (100, 80))[2:]
    )
    for polyglot in (raw, page, samples.plain("JPEG", (100, 80)) + b"%PDF-1.7 " + MARK.encode()):
        for picture in every(taken(polyglot)):
            assert MARK.encode() not in picture.webp
            assert b"<html" not in picture.webp
            assert picture.webp.startswith(b"RIFF")


def test_too_many_bytes_are_not_even_looked_at() -> None:
    assert prepare(samples.plain("JPEG") + bytes(MOST_BYTES)) == Refused(Reason.HEAVY)


def test_a_vast_png_is_refused_from_its_head(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_child(*_arguments: object, **_options: object) -> None:
        raise AssertionError("no process is started for what its head refuses")

    raw = samples.bomb(30_000, 30_000)
    tracemalloc.start()
    monkeypatch.setattr("subprocess.Popen", no_child)
    assert prepare(raw) == Refused(Reason.VAST)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 50 * 1024 * 1024


def test_a_picture_that_says_it_is_small_and_is_vast_is_refused() -> None:
    frame = b"\x2c" + b"\0\0\0\0" + b"\xff\xff\xff\xff" + b"\0" + b"\x02\x02\x4c\x01\0"
    gif = b"GIF89a" + b"\x0a\0\x0a\0\x80\0\0" + bytes(6) + frame + b"\x3b"
    assert isinstance(prepare(gif), Refused)


def test_a_compressed_note_that_swells_is_refused() -> None:
    swelling = b"zTXt", b"Comment\0\0" + zlib.compress(bytes(200 * 1024 * 1024), 9)
    plain = samples.plain("PNG", (50, 50))
    raw = plain[:33] + samples.png_part(*swelling) + plain[33:]
    assert prepare(raw) == Refused(Reason.BROKEN)


@settings(max_examples=8)
@given(st.sampled_from(FORMATS), st.data())
def test_damage_anywhere_never_raises(kind: str, data: st.DataObject) -> None:
    raw = bytearray(samples.plain(kind, (64, 48)))
    for _ in range(data.draw(st.integers(1, 6))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    assert isinstance(prepare(bytes(raw)), (Prepared, Refused))


_STARTS = st.sampled_from(
    [
        b"",
        b"\xff\xd8\xff",
        b"\x89PNG\r\n\x1a\n",
        b"GIF89a",
        b"RIFF\0\0\0\0WEBPVP8X",
        b"\0\0\0\x1cftypavif",
        b"\0\0\0\x1cftypheic",
        b"ispe",
    ]
)


@given(_STARTS, st.binary(max_size=200))
def test_first_bytes_never_raise(start: bytes, rest: bytes) -> None:
    kind = kind_of(start + rest)
    size = size_of(start + rest, kind) if kind else None
    assert size is None or (size[0] > 0 and size[1] > 0)


@pytest.mark.parametrize("kind", FORMATS)
def test_first_bytes_tell_the_size(kind: str) -> None:
    for size in ((1, 1), (37, 911), (1500, 1000)) if kind != "HEIF" else ((64, 80), (1500, 1000)):
        assert kind_of(samples.plain(kind, size)) == kind
        assert size_of(samples.plain(kind, size), kind) == size
    assert size_of(samples.laden(kind), kind) == (1500, 1000)


class Counted(bytes):
    """Counts how often somebody looks."""

    looks = 0

    def __getitem__(self, place: Any) -> Any:
        self.looks += 1
        return super().__getitem__(place)


def test_first_bytes_of_a_long_file_are_looked_at_and_no_more() -> None:
    for raw in (b"\xff\xd8" + b"\xff" * MOST_BYTES, b"\0\0\0\x1cftypavif" + b"ispe" * (MOST_BYTES // 4)):
        counted = Counted(raw)
        size_of(counted, kind_of(raw) or "JPEG")
        assert counted.looks < 3 * 1024 * 1024


def test_four_at_once() -> None:
    pictures = [samples.laden(kind) for kind in ("JPEG", "PNG", "WEBP", "GIF")]
    before = threading.active_count()
    with ThreadPoolExecutor(4) as pool:
        assert all(isinstance(result, Prepared) for result in pool.map(prepare, pictures))
    assert threading.active_count() < before + 4


def test_every_reason_has_its_words() -> None:
    for language in ("ar", "en"):
        for reason in Reason:
            assert catalogue(language).texts[str(reason), "n"]


@pytest.mark.skipif(shutil.which("exiftool") is None, reason="exiftool is not installed")
@pytest.mark.parametrize("kind", FORMATS)
def test_a_second_reader_finds_nothing_either(kind: str, tmp_path: Path) -> None:
    given_ = tmp_path / f"given.{kind.lower()}"
    given_.write_bytes(samples.plain(kind))
    tags = (
        "GPSLatitude=31.95",
        "GPSLatitudeRef=N",
        f"XMP-dc:Creator={MARK}",
        f"IPTC:Keywords={MARK}",
        f"Comment={MARK}",
    )
    subprocess.run(["exiftool", "-q", "-q", "-m", *(f"-{tag}" for tag in tags), str(given_)], check=True)
    assert MARK.encode() in given_.read_bytes()
    for number, picture in enumerate(every(taken(given_.read_bytes()))):
        kept = tmp_path / f"{number}.webp"
        kept.write_bytes(picture.webp)
        told = subprocess.run(["exiftool", "-j", "-G", str(kept)], capture_output=True, check=True).stdout
        groups = {tag.partition(":")[0] for tag in json.loads(told)[0]} - {"SourceFile"}
        assert groups <= {"File", "RIFF", "Composite", "ExifTool"}
        assert MARK.encode() not in told

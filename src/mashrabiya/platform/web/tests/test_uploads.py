"""Forms that bring pictures: what is kept of them, from whom, and how much is listened to."""

from __future__ import annotations

import pytest

from mashrabiya.platform.web import uploads
from mashrabiya.platform.web.routes import Access, Routes
from mashrabiya.platform.web.uploads import Doors, Kept, Reader, Room
from mashrabiya.testing.browser import EDGE, parted


def read(body: bytes, *, room: bool = True, piece: int = 1000) -> Reader:
    reader = Reader(EDGE, room=room)
    for place in range(0, len(body), piece):
        reader.hear(body[place : place + piece])
    return reader


@pytest.mark.parametrize("piece", [1, 7, 1000])
def test_words_and_files_are_told_apart(piece: int) -> None:
    body = parted({"body": "سطر\r\nLine", "unnamed": ""}, {"picture_1": b"\x00\r\n--", "picture_2": b""})
    form = read(body, piece=piece).form()
    assert form is not None
    assert (form.raw("body"), form.raw("unnamed"), set(form.typed)) == (
        "سطر\nLine",
        "",
        {"body", "unnamed"},
    )
    assert [(file.field, file.raw, file.kept) for file in form.files] == [
        ("picture_1", b"\x00\r\n--", Kept.WHOLE)
    ]


def test_half_a_form_and_no_form_are_nothing() -> None:
    whole = parted({"body": "Words"}, {"picture_1": b"x" * 500})
    for body in (whole[:300], whole[:-8], b"not at all", b"--" + EDGE.encode() + b"\r\nRubbish"):
        form = read(body).form()
        assert form is not None
        assert (form.typed, form.files) == ({}, ())


def test_without_room_the_words_are_read_all_the_same() -> None:
    form = read(parted({"body": "Words"}, {"picture_1": b"x" * 500}), room=False).form()
    assert form is not None
    assert (form.raw("body"), form.files[0].raw, form.files[0].kept) == ("Words", b"", Kept.NO_ROOM)


def test_too_large_and_too_many_are_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "FILE_BYTES", 1000)
    form = read(
        parted({}, {"a": b"x" * 1001, "b": b"x" * 1000, "c": b"x", "d": b"x", "e": b"x", "f": b"x"})
    ).form()
    assert form is not None
    whole, large, many = Kept.WHOLE, Kept.TOO_LARGE, Kept.TOO_MANY
    assert [file.kept for file in form.files] == [large, whole, whole, whole, many]
    assert [len(file.raw) for file in form.files] == [0, 1000, 1, 1, 0]


def test_too_many_words_are_too_much() -> None:
    assert read(parted({"body": "x" * uploads.WORD_BYTES}, {}), piece=60_000).form() is None


def test_many_fields_are_cut() -> None:
    form = read(parted({f"f{n}": "" for n in range(300)}, {})).form()
    assert form is not None
    assert (form.cut, len(form.typed)) == (True, 200)


def test_nobody_is_listened_to_for_ever() -> None:
    reader = Reader(EDGE, room=False)
    piece = b"x" * (1 << 20)
    assert sum(reader.hear(piece) for _ in range(100)) == uploads.HEARD_OUT >> 20


def test_only_declared_doors_read_such_forms() -> None:
    routes = Routes()
    routes.post("/t/{tid:str}", access=Access.ACCOUNT, uploads=True)(lambda request, tid: None)
    routes.post("/t/{tid:str}/d", access=Access.ACCOUNT)(lambda request, tid: None)
    doors, kind = Doors(tuple(routes.all)), b"multipart/form-data; boundary=abc"
    assert doors.boundary("POST", "/t/1", kind) == "abc"
    for method, path, said in (
        ("GET", "/t/1", kind),
        ("POST", "/t/1/d", kind),
        ("POST", "/t/", kind),
        ("POST", "/t/1", b"application/x-www-form-urlencoded"),
        ("POST", "/t/1", b"multipart/form-data"),
    ):
        assert doors.boundary(method, path, said) == ""
    assert Doors(()).boundary("POST", "", kind) == ""


def test_there_is_room_for_a_few_and_for_each_once() -> None:
    room = Room()
    with room.taken(b"a") as first, room.taken(b"a") as again, room.taken(b"") as nobody:
        assert (first, again, nobody) == (True, False, False)
        with room.taken(b"b"), room.taken(b"c"), room.taken(b"d"), room.taken(b"e") as fifth:
            assert not fifth
    with room.taken(b"a") as later:
        assert later

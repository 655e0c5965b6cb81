"""The directory as a file that is sent: its letters, its size, and what was changed here since it was written."""

from __future__ import annotations

import csv
import io
from html import unescape

import pytest

from mashrabiya.library.services import files, queries
from mashrabiya.library.services.tests.scene import Scene, record
from mashrabiya.library.services.types import Record, Service, packed
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import TestHouse

IN = "/y/s/h/in"
TWO = "name_ar,name_en,countries,kind\nخط الليل,Night line,EG,crisis\n"


@pytest.fixture
def scene(house: TestHouse) -> Scene:
    return Scene(house)


def as_kept(one: Record) -> Service:
    return Service(
        one.name_en.encode().rjust(10, b"\0"), "unknown", "public", 0, "unknown", 0, "", "", 0, packed(one)
    )


def send(scene: Scene, raw: bytes, text: str = "") -> Page:
    fields = scene.hana.browser.get(IN).form(IN).fields | {"file": text}
    return scene.hana.browser.upload(IN, fields, {"sheet": raw})


@pytest.mark.parametrize(
    "raw",
    [
        TWO.encode(),
        TWO.encode("utf-8-sig"),
        TWO.replace("\n", "\r\n").encode(),
        TWO.replace(",", ";").encode("utf-8-sig"),
        TWO.replace(",", "\t").encode(),
    ],
)
def test_a_file_is_read_however_a_program_for_tables_wrote_it(scene: Scene, raw: bytes) -> None:
    done = send(scene, raw, text="name_en\nNot this one\n")
    assert done.status == 200
    with scene.house.database.read() as db:
        assert [one.name_ar for _, one in queries.everything(db, scene.hana.viewer)] == ["خط الليل"]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (TWO.encode("utf-16"), "UTF-16"),
        (TWO.encode("utf-16-le"), "UTF-16"),
        (TWO.encode("cp1256"), "not in UTF-8"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0 never a table of services, however long", "no file of text"),
        (b"name_en,countries\n" + b'"' + b"x" * 200_000 + b'",EG\n', "longer than fits"),
        (b"x" * 1_000_001, "longer than fits"),
        (b"x" * 11 * 1024 * 1024, "longer than fits"),
    ],
)
def test_what_is_no_such_file_is_said_and_what_was_pasted_stays(scene: Scene, raw: bytes, said: str) -> None:
    done = send(scene, raw, text="Pasted before")
    assert done.status == 422
    assert said in unescape(done.text)
    assert "Pasted before" in done.text
    assert scene.rows("service") == 0


def test_nobody_else_sends_one(scene: Scene) -> None:
    for who in (scene.alice, scene.caro):
        assert who.browser.upload(IN, {}, {"sheet": TWO.encode()}).status == 404
        made_up, sent = (who.browser.post(path, {"file": TWO}) for path in ("/y/s/h/made-up", IN))
        assert (sent.status, sent.body) == (made_up.status, made_up.body)
    assert scene.rows("service") == 0


def test_what_was_changed_here_since_is_left_and_told(scene: Scene) -> None:
    path, other = scene.add(), scene.add(record(name_en="Second"))
    before = scene.hana.browser.get("/y/s/h/csv").body.decode("utf-8-sig")
    page = f"{path}/h"
    assert scene.hana.browser.submit(page, page, name_en="Mended here").status == 303
    sheet = before.replace("Night line", "Written in the file").replace("Second", "Second too")
    done = send(scene, sheet.encode("utf-8-sig"))
    assert "changed here after the file was written" in unescape(done.text)
    assert "Mended here" in scene.text(path)
    assert "Second too" in scene.text(other)


def test_no_part_of_a_cell_is_a_formula() -> None:
    hostile = "=1+1", "a;=HYPERLINK(1)", "a\n@SUM(1)", "'=1", "a;'=1", "''-1", "＝1", "-", "a;=b;=c"
    made = [Record(name_en=f"{n}", countries=("EG",), happens_en=text) for n, text in enumerate(hostile)]
    text = files.written([(as_kept(one), one) for one in made])
    for sign in (",", ";", "\t"):
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=sign):
            assert not [cell for cell in line if cell[:1] in set("=+-@＝＋－＠") and cell]
    rows, faults = files.read_file(text)
    assert faults == []
    assert [row.record.happens_en for row in rows] == [text.strip() for text in hostile]

"""Pictures through the real doors: in with everything in them, out with nothing but what they show (T21)."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from mashrabiya.communities.types import Audience
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.thread_steps import article, ask
from mashrabiya.kernel.ids import new_id, show_id
from mashrabiya.platform import limits
from mashrabiya.platform.media import keeping
from mashrabiya.platform.media.tests import samples
from mashrabiya.platform.web import uploads
from mashrabiya.testing.browser import EDGE, Page, parted
from mashrabiya.testing.house import Person, TestHouse

PNG = samples.plain("PNG", (60, 40))


def bring(person: Person, path: str, *pictures: bytes, **fields: str) -> Page:
    """A reply, or a thread, with these pictures."""
    sheet = person.browser.get(path).form(path).fields
    files = {f"picture_{place}": raw for place, raw in enumerate(pictures, 1)}
    blank = {f"picture_{place}": b"" for place in range(len(pictures) + 1, 5)}
    return person.browser.upload(path, {**sheet, "body": "See.", **fields}, files | blank)


def kept(house: TestHouse) -> set[str]:
    return set(keeping.store_of(house.folder).names())


def shown(page: Page) -> list[str]:
    return re.findall(r'<img src="(/m/[^"]+)"', page.text)


@pytest.mark.parametrize("kind", samples.FORMATS)
def test_nothing_hidden_comes_out_of_any_door(
    house: TestHouse, alice: Person, kind: str, tmp_path: Path
) -> None:
    thread = ask(house, alice, open_place(house, alice)).address
    assert bring(alice, thread, samples.laden(kind), alt_1="Mint in a pot").status == 303
    (small,) = shown(alice.browser.get(thread))
    for size in ("tiny", "small", "large"):
        page = alice.browser.get(small.replace("small", size))
        assert (page.status, page.header("content-type")) == (200, "image/webp")
        assert samples.MARK.encode() not in page.body
        if shutil.which("exiftool"):
            file = tmp_path / f"{size}.webp"
            file.write_bytes(page.body)
            told = subprocess.run(
                ["exiftool", "-a", "-G1", "-s", file], capture_output=True, text=True, check=True, timeout=120
            )
            groups = set(re.findall(r"^\[(\S+)\]", told.stdout, re.MULTILINE))
            assert groups <= {"ExifTool", "System", "File", "RIFF", "Composite"}
    raw = b"".join(path.read_bytes() for path in house.folder.rglob("*") if path.is_file())
    assert samples.MARK.encode() not in raw


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Add a picture", "Hidden data, such as place and time"]),
        ("ar", ["إضافة صورة", "تُزال البيانات المخفيّة"]),
    ],
)
def test_a_thread_and_a_reply_may_have_up_to_four(house: TestHouse, language: str, words: list[str]) -> None:
    alice = house.person("Alice", language=language)
    address = f"/c/{show_id(open_place(house, alice))}/t"
    page = alice.browser.get(address).text
    assert [word for word in words if word not in page] == []
    opened = bring(alice, address, PNG, PNG, title="Mint", alt_1="A pot", alt_2="")
    assert opened.status == 303
    assert bring(alice, opened.location, PNG, PNG, PNG, PNG).status == 303
    found = alice.browser.get(opened.location)
    assert len(shown(found)) == 6
    first = article(found, 1)
    assert 'alt="A pot"' in first
    assert {"en": 'alt="Picture without a description"', "ar": 'alt="صورة دون وصف"'}[language] in first
    assert 'width="60" height="40"' in first
    assert 'loading="lazy"' in first
    assert not shown(alice.browser.get("/t"))


def test_what_is_served_can_be_nothing_but_a_picture(house: TestHouse, alice: Person) -> None:
    thread = ask(house, alice, open_place(house, alice)).address
    bring(alice, thread, PNG)
    (address,) = shown(alice.browser.get(thread))
    page = alice.browser.get(address)
    names = [name for name, _ in page.headers]
    assert len(names) == len(set(names))
    assert page.header("content-security-policy") == "sandbox; default-src 'none'"
    assert page.header("x-content-type-options") == "nosniff"
    assert page.header("cache-control") == "no-store"
    for made_up in ("", ".small", f"{show_id(new_id(16))}.small", "..%2Fhouse.db", address[3:] + "/x"):
        assert alice.browser.get(f"/m/{made_up}").status == 404
    for size in ("", ".webp", ".small.webp", "../small"):
        assert alice.browser.get(address.replace(".small", size)).status == 404


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Pictures only"),
        (b"%PDF-1.7", "Pictures only"),
        (samples.bomb(30_000, 30_000), "too large to be opened"),
        (samples.plain("JPEG")[:2000], "could not be opened"),
        (b"\x89PNG\r\n\x1a\n<script>alert(1)</script>" + bytes(200), "could not be opened"),
        (PNG + bytes(9 * 1024 * 1024), "The limit is 8 MB."),
    ],
)
def test_what_is_not_taken_is_said_beside_the_field_and_the_words_stay(
    house: TestHouse, alice: Person, raw: bytes, said: str
) -> None:
    thread = ask(house, alice, open_place(house, alice)).address
    back = bring(alice, thread, PNG, raw, body="Kept words", alt_2="Kept too")
    assert back.status == 422
    assert re.search(rf'id="picture-2-wrong" role="alert">[^<]*{said}', back.text)
    assert "have to be chosen again" in back.text
    fields = back.form(thread).fields
    assert (fields["body"].strip(), fields["alt_2"]) == ("Kept words", "Kept too")
    assert kept(house) == set()
    assert 'id="n2"' not in alice.browser.get(thread).text


def test_five_are_one_too_many(house: TestHouse, alice: Person) -> None:
    thread = ask(house, alice, open_place(house, alice)).address
    back = bring(alice, thread, *[PNG] * 5)
    assert (back.status, "At most four pictures" in back.text) == (422, True)
    assert kept(house) == set()


def test_what_a_picture_is_called_and_said_to_be_means_nothing(house: TestHouse, alice: Person) -> None:
    thread = ask(house, alice, open_place(house, alice)).address
    # The field says image/jpeg, and a name in .jpg, whatever is sent.
    assert bring(alice, thread, samples.plain("GIF", (30, 30))).status == 303
    assert bring(alice, thread, b"GIF89a" + PNG).status == 422


def test_sent_twice_it_is_there_once(house: TestHouse, alice: Person) -> None:
    thread = ask(house, alice, open_place(house, alice)).address
    fields = {**alice.browser.get(thread).form(thread).fields, "body": "Once"}
    answers = [alice.browser.upload(thread, fields, {"picture_1": PNG}) for _ in range(2)]
    assert {page.status for page in answers} == {303}
    found = alice.browser.get(thread)
    assert (len(shown(found)), len(kept(house)), 'id="n3"' in found.text) == (1, 1, False)


def test_a_second_look_keeps_no_picture(house: TestHouse, alice: Person) -> None:
    thread = ask(house, alice, open_place(house, alice)).address
    back = bring(alice, thread, PNG, body="Call 079 555 0142", alt_1="sara@example.org")
    assert (back.status, back.text.count("<mark>")) == (422, 2)
    assert "have to be chosen again" in back.text
    assert kept(house) == set()


def test_broken_off_half_way_nothing_happened(house: TestHouse, alice: Person) -> None:
    thread = ask(house, alice, open_place(house, alice)).address
    fields = {**alice.browser.get(thread).form(thread).fields, "body": "Half"}
    whole = parted(fields, {"picture_1": samples.plain("PNG", (900, 900)) + bytes(300_000)})
    headers = {"content-type": f"multipart/form-data; boundary={EDGE}"}
    scope = alice.browser.scope("POST", thread, whole, headers)
    heard: list[dict[str, Any]] = [
        {"type": "http.request", "body": whole[: len(whole) // 2], "more_body": True},
        {"type": "http.disconnect"},
    ]
    heard.reverse()
    answers: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return heard.pop() if len(heard) > 1 else heard[0]

    async def send(message: dict[str, Any]) -> None:
        answers.append(message)

    house.runner.run(house.app(scope, receive, send))
    assert answers[0]["status"] == 413
    assert kept(house) == set()
    assert 'id="n2"' not in alice.browser.get(thread).text


def test_signed_out_meanwhile_the_words_come_back_and_the_picture_does_not(
    house: TestHouse, alice: Person
) -> None:
    thread = ask(house, alice, open_place(house, alice)).address
    fields = {**alice.browser.get(thread).form(thread).fields, "body": "Kept words"}
    visitor = house.browser()
    for raw in (PNG, PNG + bytes(1 << 20)):
        page = visitor.upload(thread, fields, {"picture_1": raw})
        assert (page.status, "Kept words" in page.text) == (200, True)
    assert kept(house) == set()


def test_where_many_are_sending_she_is_told_and_keeps_her_words(
    house: TestHouse, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    thread = ask(house, alice, open_place(house, alice)).address
    monkeypatch.setattr(uploads, "AT_ONCE", 0)
    back = bring(alice, thread, samples.plain("PNG", (90, 90)) + bytes(1 << 20), body="Kept words")
    assert (back.status, "Many pictures are arriving now." in back.text) == (422, True)
    assert back.form(thread).fields["body"].strip() == "Kept words"


def test_pictures_have_a_budget_of_their_own(
    house: TestHouse, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    thread = ask(house, alice, open_place(house, alice)).address
    monkeypatch.setitem(limits.BUDGETS, "picture", limits.Budget(3, 3600))
    assert bring(alice, thread, PNG, PNG).status == 303
    assert bring(alice, thread, PNG, PNG, body="Kept words").status == 429
    assert bring(alice, thread, body="Without").status == 303
    assert len(kept(house)) == 2


def test_whoever_may_not_write_there_has_nothing_drawn(house: TestHouse, alice: Person, bob: Person) -> None:
    shut = ask(house, alice, open_place(house, alice)).address
    own = ask(house, bob, open_place(house, bob)).address
    fields = {**bob.browser.get(own).form(own).fields, "body": "See."}
    assert bob.browser.upload(shut, fields, {"picture_1": PNG}).status == 422
    hidden = ask(house, alice, open_place(house, alice, audience=Audience.HIDDEN)).address
    assert bob.browser.upload(hidden, fields, {"picture_1": PNG}).status == 404
    assert kept(house) == set()

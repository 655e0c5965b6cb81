"""Whatever is sent, the answer is a page or a word in the reader's language, and never our own failure."""

import pytest

from mashrabiya.platform.web.ask import MOST_FIELDS, Form
from mashrabiya.platform.web.shell import BODY_LIMIT, HEARD_OUT, read_body
from mashrabiya.testing.house import TestHouse

MEMBERS_ONLY, MADE_UP = "/me", "/there/is/none"
ABROAD = {"origin": "http://elsewhere.example"}


def test_more_fields_than_a_form_has_are_refused_and_do_nothing(house: TestHouse) -> None:
    fields = {f"field{number}": "words" for number in range(MOST_FIELDS + 1)}
    mallory = house.person("Mallory").browser
    for browser in (house.browser(), mallory):
        for path in (MEMBERS_ONLY, MADE_UP, "/in"):
            page = browser.post(path, fields)
            assert page.status == 413
            assert "more than fits in one form" in page.text


def test_a_form_keeps_the_fields_it_may_have() -> None:
    assert not Form.read(b"&".join([b"a=1"] * MOST_FIELDS)).cut
    cut = Form.read(b"&".join([b"a=1"] * (MOST_FIELDS + 1)))
    assert cut.cut
    assert len(cut.all("a")) == MOST_FIELDS


@pytest.mark.parametrize(("language", "words"), [("en", "more than fits"), ("ar", "أكثر ممّا")])
def test_too_long_is_said_in_the_readers_language(house: TestHouse, language: str, words: str) -> None:
    page = house.browser(language).send("/in", b"a" * (BODY_LIMIT + 1))
    assert page.status == 413
    assert words in page.text
    assert page.header("connection") == "close"


def test_too_long_says_nothing_about_what_is_there(house: TestHouse) -> None:
    long = b"a" * (BODY_LIMIT + 1)
    pages = [house.browser().send(path, long) for path in (MEMBERS_ONLY, MADE_UP)]
    assert pages[0].status == pages[1].status == 413
    assert len(pages[0].body) == len(pages[1].body)


def test_too_long_for_a_program(house: TestHouse) -> None:
    page = house.browser().send("/api/session", b"a" * (BODY_LIMIT + 1))
    assert (page.status, page.body) == (413, b'{"error":"too_large"}')


def received(house: TestHouse, *messages: dict[str, object]) -> bytes | None:
    async def read() -> bytes | None:
        left = list(messages)

        async def receive() -> dict[str, object]:
            return left.pop(0)

        return await read_body(receive, {b"content-length": b"9"})

    return house.runner.run(read())


def part(body: bytes, *, more: bool) -> dict[str, object]:
    return {"type": "http.request", "body": body, "more_body": more}


def test_half_a_text_is_never_taken_for_the_whole(house: TestHouse) -> None:
    assert received(house, part(b"half ", more=True), part(b"text", more=False)) == b"half text"
    assert received(house, part(b"half ", more=True), {"type": "http.disconnect"}) is None


def test_what_is_too_long_is_heard_out_up_to_a_bound(house: TestHouse) -> None:
    piece = b"a" * (HEARD_OUT // 2)
    assert received(house, part(piece, more=True), part(b"end", more=False)) is None
    assert received(house, part(piece, more=True), part(piece + b"a", more=True)) is None


@pytest.mark.parametrize("origin", ["http://[", "http://]", "//", "http://elsewhere.example"])
def test_a_form_from_elsewhere_meets_the_same_404_everywhere(house: TestHouse, origin: str) -> None:
    missing = house.browser().get(MADE_UP)
    for path in ("/in", MEMBERS_ONLY, MADE_UP):
        page = house.browser().post(path, {"body": "words"}, origin=origin)
        assert (page.status, page.body) == (404, missing.body)


def test_a_program_from_elsewhere_meets_the_same_word_everywhere(house: TestHouse) -> None:
    for path in ("/api/session", "/api/there-is-none"):
        page = house.browser().send(path, b"{}", **ABROAD)
        assert (page.status, page.body) == (404, b'{"error":"not_found"}')


@pytest.mark.parametrize(
    "host", ["localhost:80@elsewhere.example", "localhost, elsewhere", "[::1", "", "a:b:1"]
)
def test_a_name_that_is_not_ours_opens_nothing(house: TestHouse, host: str) -> None:
    assert house.browser().get("/", host=host).status == 421


@pytest.mark.parametrize("host", ["localhost", "LocalHost:8000", "127.0.0.1:1", "[::1]:8000"])
def test_a_name_that_is_ours_opens(house: TestHouse, host: str) -> None:
    assert house.browser().get("/", host=host).status == 200


@pytest.mark.parametrize("path", ["/openapi", "/openapi/", "/openapi/openapi.yaml", "/openapi.yaml"])
def test_beside_the_schema_there_is_nothing(house: TestHouse, path: str) -> None:
    assert house.browser().get(path).body == house.browser().get(MADE_UP).body
    assert house.browser().get("/openapi.json").status == 200


def test_a_head_request_leaves_the_servers_own_scope_alone(house: TestHouse) -> None:
    scopes = []

    async def ask() -> None:
        scope = house.browser().scope("HEAD", "/", b"", {})
        scopes.append(scope)

        async def receive() -> dict[str, object]:
            return {"type": "http.disconnect"}

        async def send(message: dict[str, object]) -> None:
            assert not message.get("body")

        await house.app(scope, receive, send)

    house.runner.run(ask())
    assert scopes[0]["method"] == "HEAD"
    assert "mash" not in scopes[0]


def test_a_program_that_is_signed_in_gets_words_and_no_page(house: TestHouse) -> None:
    page = house.browser().get("/api/there-is-none", authorization="Bearer x")
    assert page.body == b'{"error":"signed_out"}'


def test_words_sent_to_what_is_gone_come_back(house: TestHouse) -> None:
    alice = house.person("Alice").browser
    gone, made_up = "/t/" + "0" * 26, MADE_UP
    token = alice.get("/me/p/edit").form("/me/p/edit").fields["_f"]
    page = alice.post(made_up, {"body": "What took an hour", "_f": token})
    assert page.status == 404
    assert "What took an hour" in page.text
    assert alice.get(gone).body == house.browser().get(made_up).body

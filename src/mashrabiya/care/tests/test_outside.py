"""T5 by the pages: whom the whole house is closed to objects without a session, and a third person answers."""

from __future__ import annotations

import pytest

from mashrabiya.care.tests.staffed import accounts, with_role
from mashrabiya.care.tests.test_closing_pages import Closed
from mashrabiya.kernel import clock
from mashrabiya.people.types import Grant
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.testing.browser import Browser, Page
from mashrabiya.testing.house import Person, TestHouse

MINE, SAID = "Those names stood in the newspaper.", "Read again, by somebody else."
SAYS = {
    "en": ("Object to the decision", "Objection being read", "The decision stands"),
    "ar": ("الاعتراض على القرار", "الاعتراض ينتظر القراءة", "بقي القرار كما هو"),
}


def send(house: TestHouse, by: Person, browser: Browser | None = None, /, **changes: str) -> Page:
    browser = browser or house.browser()
    return browser.submit(
        "/in/o", "/in/o", **{"name": by.name, "pass": by.passphrase, "words": MINE, **changes}
    )


def objections(house: TestHouse) -> list[bytes]:
    rows = house.database.connection().execute("SELECT decision FROM appeal").fetchall()
    return [bytes(row[0]) for row in rows]


def account_ids(house: TestHouse) -> list[bytes]:
    rows = house.database.connection().execute("SELECT id FROM account").fetchall()
    return [bytes(row[0]) for row in rows]


def answer(house: TestHouse, act: str, language: str = "en") -> Browser:
    """Emma, the third of the care team, answers the one objection that waits."""
    emma = with_role(house.person("Emma", language=language), Grant.CARE).browser
    (link,) = [part for part in emma.get("/care/o").text.split('"') if part.startswith("/care/o/")]
    assert MINE in emma.get(link).text
    assert emma.submit(link, link, act=act, words=SAID).status == 303
    return emma


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("unnamed", [False, True])
def test_t5_from_the_page_of_the_closed_house_to_the_answer(
    house: TestHouse, language: str, *, unnamed: bool
) -> None:
    closed = Closed(house, language)
    closed.close(unnamed=unnamed)
    way, waits, stands = SAYS[language]
    first = closed.sign_in()
    assert 'href="/in/o"' in first.text
    assert way in first.text
    before = accounts(house)
    sent = send(house, closed.mallory, house.browser(language))
    assert sent.status == 200
    assert waits in sent.text
    assert SESSION not in sent.header("set-cookie")
    # By signing in, and by the session that was open before.
    for shown in (closed.sign_in(), closed.mallory.browser.get("/")):
        assert shown.status == 403
        assert MINE in shown.text
        assert waits in shown.text
        assert 'href="/in/o"' not in shown.text
    assert accounts(house) == before
    answer(house, "stands")
    read = closed.sign_in()
    assert read.status == 403
    for words in (SAID, stands, MINE):
        assert words in read.text


def test_taken_back_everything_is_open_and_the_answer_stands_there(house: TestHouse) -> None:
    closed = Closed(house)
    closed.close()
    send(house, closed.mallory)
    answer(house, "reverse")
    assert closed.sign_in().status == 303
    mine = closed.mallory.browser
    assert mine.get("/").status == 200
    (path,) = {part for part in mine.get("/me/o").text.split('"') if part.startswith("/me/o/")}
    assert SAID in mine.get(path).text
    # What she wrote there, and may write, is as it was.
    placed = closed.scene.reply("mallory", closed.scene.thread("alice").tid, "Back again.")
    assert placed.n == 2


def test_neither_of_the_two_answers_it(house: TestHouse) -> None:
    closed = Closed(house)
    closed.close()
    send(house, closed.mallory)
    for carer in (closed.carla, closed.dana):
        listed = carer.browser.get("/care/o").text
        assert "Another person answers" in listed
        assert "/care/o/" not in listed
    # Nor does a host of the community in which it was written find it.
    assert MINE not in closed.scene["mona"].browser.get(f"{closed.scene.desk}/o").text


def test_sent_twice_it_is_one_and_other_words_are_refused_and_kept(house: TestHouse) -> None:
    closed = Closed(house)
    closed.close()
    assert send(house, closed.mallory).status == 200
    assert send(house, closed.mallory).status == 200
    again = send(house, closed.mallory, words="Others, and many more of them.")
    assert again.status == 403
    assert "One objection can be made" in again.text
    assert "Others, and many more of them." in again.text
    assert len(objections(house)) == 1


def test_what_was_typed_wrong_comes_back_with_the_words(house: TestHouse) -> None:
    closed = Closed(house)
    closed.close()
    wrong = send(house, closed.mallory, **{"pass": "not these words at all"})
    assert wrong.status == 422
    assert MINE in wrong.text
    assert closed.mallory.passphrase not in wrong.text
    assert send(house, closed.mallory, words=" ").status == 422
    long = "x" * 1001
    assert long in send(house, closed.mallory, words=long).text
    assert objections(house) == []


def test_t5_nobody_else_is_told_anything_there(house: TestHouse) -> None:
    """A wrong passphrase, no such name, and a member whom nothing is closed to are one answer."""
    closed = Closed(house)
    closed.close()
    bob, browser = closed.scene["bob"], house.browser()
    told = [
        send(house, closed.mallory, browser, **{"pass": "not these words at all"}),
        send(house, bob, browser, name=f"{bob.name}x"),
        send(house, bob, browser),
    ]
    plain = [page.text.replace(f'value="{page.form("/in/o").fields["name"]}"', "") for page in told]
    fields = [page.form("/in/o").fields["_f"] for page in told]
    plain = [text.replace(token, "") for text, token in zip(plain, fields, strict=True)]
    assert [page.status for page in told] == [422] * 3
    assert len(set(plain)) == 1
    assert objections(house) == []


def test_t5_guesses_there_are_slowed(house: TestHouse) -> None:
    closed = Closed(house)
    closed.close()
    answers = [
        send(house, closed.mallory, house.browser(), **{"pass": "wrong words"}).status for _ in range(12)
    ]
    assert (answers[0], answers[-1]) == (422, 429)


def test_t29_an_objection_names_neither_account_nor_persona(house: TestHouse) -> None:
    closed = Closed(house)
    closed.close()
    before = accounts(house)
    send(house, closed.mallory)
    assert accounts(house) == before
    (row,) = house.database.connection().execute("SELECT * FROM appeal").fetchall()
    viewer = closed.mallory.viewer
    for value in (bytes(cell) for cell in row if isinstance(cell, bytes)):
        for own in (*viewer.siblings, *account_ids(house)):
            assert own not in value


def test_when_it_ended_by_itself_the_door_is_an_open_one(house: TestHouse) -> None:
    closed = Closed(house)
    closed.close()
    clock.offset = 31.0 * clock.DAY
    house.site.held.refresh()
    assert send(house, closed.mallory).status == 422
    assert objections(house) == []


def test_no_page_of_the_closed_house_asks_more_than_six_times(house: TestHouse) -> None:
    closed = Closed(house)
    closed.close()
    send(house, closed.mallory)
    for shown in ("/", "/in/o"):
        trace: list[str] = []
        house.site.held.refresh()
        house.database.trace = trace
        closed.mallory.browser.get(shown)
        house.database.trace = None
        assert len(trace) <= 6, shown

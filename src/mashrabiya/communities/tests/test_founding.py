"""Founding, editing, joining and leaving by hand, in both languages, also with a heavy hand."""

from __future__ import annotations

from html import unescape

import pytest

from mashrabiya.communities import commands
from mashrabiya.communities.tests.factories import MONA
from mashrabiya.communities.tests.naughty import NAUGHTY
from mashrabiya.communities.tests.test_pages import SAID, found
from mashrabiya.communities.types import Audience, NewCommunity, Topic
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import read_id, show_id
from mashrabiya.platform import limits
from mashrabiya.testing.house import TestHouse


@pytest.fixture
def open_house(house: TestHouse) -> TestHouse:
    house.change(open=True)
    return house


@pytest.mark.parametrize(("language", "title"), [("en", "Start a community"), ("ar", "تأسيس مجتمع")])
def test_a_member_founds_a_community(open_house: TestHouse, language: str, title: str) -> None:
    browser = open_house.person("Alice", language=language).browser
    assert title in browser.get("/c").text
    assert title in browser.get("/c/new").text
    answer = browser.submit(
        "/c/new",
        "/c/new",
        **{**SAID, "agreements": "", "tick_agree.2": "1", "tick_topic.food": "1", "language": language},
    )
    assert answer.status == 303
    page = browser.get(answer.location).text
    assert {"en": "What is said here is not carried elsewhere.", "ar": "ما يُقال هنا لا يُنقل إلى مكان آخر."}[
        language
    ] in page
    assert {"en": "Cooking and food", "ar": "طبخ وطعام"}[language] in page


def test_picked_agreements_are_written_in_the_communitys_language(open_house: TestHouse) -> None:
    browser = open_house.person("Alice").browser
    form = {**SAID, "language": "ar", "tick_agree.1": "1", "agreements": "خبز كل يوم."}
    page = browser.get(browser.submit("/c/new", "/c/new", **form).location).text
    assert page.index("كلام باحترام") < page.index("خبز كل يوم.")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": ""}, "A name is needed."),
        ({"name": "…"}, "A name needs letters"),
        ({"name": "Nіght"}, "mixes two alphabets"),
        ({"name": "Night\u202ekitchen"}, "cannot be shown"),
        ({"name": "x" * 61}, "too long"),
        ({"about": ""}, "what the community is for"),
        ({"agreements": " \n "}, "At least one agreement"),
        ({"audience": "0"}, "A public page needs the tick"),
        ({f"tick_topic.{topic.code}": "1" for topic in list(Topic)[:5]}, "Four topics at most."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stands(
    open_house: TestHouse, typed: dict[str, str], said: str
) -> None:
    browser = open_house.person("Alice").browser
    form = {**SAID, "about": "Recipes & talk.", "tick_agree.3": "1", "tick_topic.faith": "1", **typed}
    if "agreements" in typed:
        del form["tick_agree.3"]
    answer = browser.submit("/c/new", "/c/new", **form)
    assert answer.status == 422
    assert said in unescape(answer.text)
    again = answer.form("/c/new").fields
    kept = {name: text for name, text in form.items() if text.strip() and name != "agreements"}
    assert {name: unescape(again[name]).strip() for name in kept} == kept


def test_a_taken_name_is_shown_as_a_link(open_house: TestHouse) -> None:
    path = found(open_house, Audience.SIGNED_IN)
    answer = open_house.person("Alice").browser.submit(
        "/c/new", "/c/new", **{**SAID, "name": "NIGHT kitchen"}
    )
    assert answer.status == 422
    assert f'href="{path}"' in answer.text
    assert "NIGHT kitchen" in answer.text


def test_a_hidden_namesake_is_not_told(open_house: TestHouse) -> None:
    cid = read_id(found(open_house, Audience.SIGNED_IN).removeprefix("/c/"), 16)
    with open_house.database.write() as uow:
        commands.edit(uow, MONA, cid, NewCommunity(name="Night kitchen", audience=Audience.HIDDEN))
    assert open_house.person("Alice").browser.submit("/c/new", "/c/new", **SAID).status == 303


def test_slips_and_repeats_cost_nothing_of_the_days_few(
    open_house: TestHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(limits.BUDGETS, "found", limits.Budget(1, clock.DAY))
    browser = open_house.person("Alice").browser
    for _ in range(3):
        assert browser.submit("/c/new", "/c/new", **{**SAID, "name": ""}).status == 422
    form = {**browser.get("/c/new").form("/c/new").fields, **SAID}
    assert [browser.post("/c/new", form).status for _ in range(3)] == [303] * 3
    refused = browser.submit("/c/new", "/c/new", **{**SAID, "name": "Roof plants"})
    assert refused.status == 429
    assert "Roof plants" in refused.text
    assert "Roof plants" not in browser.get("/c").text


def test_the_fourth_is_refused_with_its_words(open_house: TestHouse) -> None:
    alice = open_house.person("Alice")
    form = {**alice.browser.get("/c/new").form("/c/new").fields, **SAID, "about": "Fresh herbs."}
    for number in range(3):
        with open_house.database.write() as uow:
            commands.found(uow, alice.viewer, NewCommunity(name=f"Place {number}"))
    for page in (alice.browser.get("/c/new"), alice.browser.post("/c/new", form)):
        assert page.status == 403
        assert "three communities" in page.text
    assert "Fresh herbs." in page.text


@pytest.mark.parametrize("words", NAUGHTY)
def test_no_words_break_founding(open_house: TestHouse, words: str) -> None:
    browser = open_house.person("Alice").browser
    answer = browser.submit(
        "/c/new", "/c/new", name=words, about=words, agreements=words, **{"tick_want.x": words}
    )
    assert answer.status in {303, 422}
    shown = browser.get(answer.location) if answer.status == 303 else answer
    assert shown.status in {200, 422}
    assert "<script>alert" not in shown.text
    assert "<img src=x" not in shown.text


def test_an_edit_keeps_what_was_typed_and_is_saved_once(open_house: TestHouse) -> None:
    browser = open_house.person("Alice").browser
    path = browser.submit("/c/new", "/c/new", **SAID).location
    wrong = browser.submit(f"{path}/edit", f"{path}/edit", name="", about="Bread.")
    assert (wrong.status, wrong.form(f"{path}/edit").fields["about"].strip()) == (422, "Bread.")
    form = {**browser.get(f"{path}/edit").form(f"{path}/edit").fields, "about": "Bread."}
    later = {**browser.get(f"{path}/edit").form(f"{path}/edit").fields, "about": "Salt."}
    assert [browser.post(f"{path}/edit", sent).status for sent in (form, form, later, form)] == [303] * 4
    assert "Salt." in browser.get(path).text


def test_leaving_and_joining_sent_twice_never_err(open_house: TestHouse) -> None:
    path, browser = found(open_house, Audience.SIGNED_IN), open_house.person("Alice").browser
    form = browser.get(path).form(f"{path}/in").fields
    assert [browser.post(f"{path}/in", form).status for _ in range(2)] == [303, 303]
    form = browser.get(f"{path}/out").form(f"{path}/out").fields
    assert [browser.post(f"{path}/out", form).status for _ in range(2)] == [303, 303]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_before_joining_one_reads_what_was_agreed_and_what_the_place_is_like(
    open_house: TestHouse, language: str
) -> None:
    host = open_house.person("Mona", language=language)
    new = NewCommunity(
        name="Night kitchen",
        about="Recipes.",
        language="en",
        agreements="Be kind.",
        topics=int(Topic.FOOD),
        wants=1,
    )
    with open_house.database.write() as uow:
        path = f"/c/{show_id(commands.found(uow, host.viewer, new))}"
    alice = open_house.person("Alice", language=language)
    page = unescape(alice.browser.get(path).text)
    button = page.index(f'action="{path}/in"')
    said = {
        "en": ("Be kind.", "Those with an account", "Open to join", "12 months", "Neither members nor the care team",
               "Cooking and food", "Just listening", "Mona"),
        "ar": ("Be kind.", "لمن لديه حساب", "انضمام مفتوح", "١٢ شهرًا", "لا يرى الأعضاء ولا فريق الرعاية",
               "طبخ وطعام", "إصغاء فقط", "Mona"),
    }[language]  # fmt: skip
    assert all(page.index(words) < button for words in said)
    means = {"en": "I have read what we agreed", "ar": "قرأتُ ما اتفقنا عليه"}[language]
    assert button < page.index(means) < page.index("Alice", button)


def test_hosts_are_links_only_where_their_page_opens(open_house: TestHouse) -> None:
    mona, alice = open_house.person("Mona"), open_house.person("Alice")
    with open_house.database.write() as uow:
        path = f"/c/{show_id(commands.found(uow, mona.viewer, NewCommunity(name='Night kitchen')))}"
    link = f"/p/{mona.viewer.face.pub}" if mona.viewer.face else ""
    assert link not in alice.browser.get(path).text
    alice.browser.submit(path, f"{path}/in")
    assert f'href="{link}"' in alice.browser.get(path).text
    assert alice.browser.get(link).status == 200
    mona.browser.submit("/me/p/edit", "/me/p/edit", seen="nobody")
    assert link not in alice.browser.get(path).text


def test_the_landing_page_shows_public_places_alone(open_house: TestHouse) -> None:
    for audience in (Audience.PUBLIC, Audience.SIGNED_IN):
        found(open_house, audience, f"Place {audience.name}")
    page = open_house.browser().get("/").text
    assert ("Place PUBLIC" in page, "Place SIGNED_IN" in page) == (True, False)

"""The hosts' page about the server: what a guess costs, and the cookie on an onion name."""

from __future__ import annotations

import pytest

from mashrabiya.kernel.errors import Invalid, NotFound, Refused
from mashrabiya.people.flows import sign_in
from mashrabiya.stewardship import commands
from mashrabiya.stewardship.tests.test_pages import host
from mashrabiya.testing.house import TestHouse

SAID = {
    "ar": ("حتى ٢٤ شهرًا", "ذاكرة كل محاولة: <bdi>١٢٨</bdi> MiB", "حماية أقلّ"),
    "en": ("for up to 24 months", "Memory for each attempt: <bdi>128</bdi> MiB", "Less protection"),
}


def cost(house: TestHouse) -> tuple[int, int]:
    return house.site.house.argon_memory, house.site.house.argon_time


@pytest.mark.parametrize("language", list(SAID))
def test_a_host_raises_the_cost_and_nobody_is_shut_out(house: TestHouse, language: str) -> None:
    alice = house.person("Alice")
    browser = host(house, language=language).browser
    text = browser.get("/o/t").text
    assert all(sentence in text for sentence in SAID[language])
    assert 'href="/o/t"' in browser.get("/o").text.replace("&#x2f;", "/")
    answer = browser.submit("/o/t", "/o/t", cost="64", slower="1")
    assert (answer.status, answer.location) == (303, "/o/t?s=1")
    assert cost(house) == (65536, 3)
    assert house.site.house.argon_former[0][:2] == (8192, 1)
    assert 'value="64" checked' in browser.get("/o/t?s=1").text
    assert sign_in(house.site, alice.name, alice.passphrase)


@pytest.mark.parametrize(
    "typed", [{"cost": "128"}, {"cost": "8", "slower": "1"}, {"cost": "", "slower": "1"}, {"cost": "1e9"}, {}]
)
def test_without_the_tick_or_cheaper_than_usual_nothing_changes(
    house: TestHouse, typed: dict[str, str]
) -> None:
    browser = host(house).browser
    fields = {"_f": browser.get("/o/t").form("/o/t").fields["_f"]}
    answer = browser.post("/o/t", {**fields, **typed})
    assert answer.status == 422
    if typed.get("cost") == "128":
        assert 'value="128" checked' in answer.text, "what was chosen stands again"
    assert cost(house) == (8192, 1)


def test_a_sample_stays_cheap(house: TestHouse) -> None:
    browser = host(house).browser
    fields = browser.get("/o/t").form("/o/t").fields
    mona = host(house, "Second").viewer
    house.change(sample=True)
    assert 'name="cost"' not in browser.get("/o/t").text
    assert browser.post("/o/t", {**fields, "cost": "128", "slower": "1"}).status in {403, 409, 422}
    with pytest.raises(Refused), house.database.write() as uow:
        commands.change_cost(uow, mona, 128)
    assert cost(house) == (8192, 1)


@pytest.mark.parametrize("path", ["/o/t", "/o/t/onion"])
def test_for_others_the_page_is_not_there(house: TestHouse, path: str) -> None:
    alice = house.person("Alice")
    fields = host(house).browser.get("/o/t").form(path).fields
    made_up = alice.browser.get("/o/made/up").body
    assert (alice.browser.get("/o/t").status, alice.browser.get("/o/t").body) == (404, made_up)
    for who in (alice.browser, house.browser()):
        assert who.post(path, {**fields, "cost": "128", "slower": "1", "plain": "1"}).status != 303
    assert cost(house) == (8192, 1)
    assert not house.site.house.onion_cookie_plain
    with pytest.raises(NotFound), house.database.write() as uow:
        commands.change_cost(uow, alice.viewer, 128)
    with pytest.raises(NotFound), house.database.write() as uow:
        commands.keep_onion_cookie_plain(uow, alice.viewer, plain=True)


def test_what_is_no_choice_is_refused_by_the_command_too(house: TestHouse) -> None:
    mona = host(house).viewer
    for memory in (0, 8, 63, 1 << 40):
        with pytest.raises(Invalid), house.database.write() as uow:
            commands.change_cost(uow, mona, memory)

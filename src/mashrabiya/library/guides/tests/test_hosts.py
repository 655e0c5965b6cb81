"""What hosts decide: which guides can be read, and whether search engines may have them. To others the page is not there."""

from __future__ import annotations

import pytest
from msgspec import structs

from mashrabiya.kernel.ids import new_id, show_id
from mashrabiya.library.guides import commands, queries
from mashrabiya.library.guides.tests.scene import Shelf
from mashrabiya.library.guides.types import NewEdition, Role, State
from mashrabiya.platform import audit
from mashrabiya.testing.house import TestHouse

SLUG, LEGAL = "questioning", "law-and-arrest"


@pytest.fixture
def shelf(house: TestHouse) -> Shelf:
    return Shelf(house)


def _acts(shelf: Shelf) -> list[str]:
    with shelf.house.database.read() as db:
        return [one.entry.action for one in audit.entries(db, before=1 << 40, most=9)]


def test_to_others_there_is_no_such_page(shelf: Shelf) -> None:
    door = f"/o/y/{shelf.guide(LEGAL).shown}"
    alice = shelf.house.person("Alice").browser
    assert alice.get("/o/y").body == alice.get("/o/made/up").body
    for path in ("/o/y", door):
        assert alice.post(path, {"on": "1", "has_read": "1"}).status == 404
        shelf.house.browser().post(path, {"on": "1", "has_read": "1"})
    assert not shelf.guide(LEGAL).open
    assert not shelf.house.site.house.index_library


def test_a_host_reads_what_is_closed_and_opens_it(shelf: Shelf) -> None:
    hanna = shelf.host().browser
    address, door = shelf.guide(LEGAL).address, f"/o/y/{shelf.guide(LEGAL).shown}"
    assert address in hanna.get("/o/y").text
    text = hanna.get(address).text
    assert "Closed: only those who run this site see it." in text
    assert hanna.submit(address, door, has_read="1").location == "/o/y?s=1"
    assert shelf.house.browser().get(address).status == 200
    assert "Legal" in shelf.house.browser().get("/y").text
    assert _acts(shelf)[0] == "guide:opened"


def test_medical_and_legal_are_opened_by_whoever_read_them(shelf: Shelf) -> None:
    hanna = shelf.host().browser
    page = hanna.submit("/o/y", f"/o/y/{shelf.guide(LEGAL).shown}")
    assert page.status == 422
    assert "the tick is missing" in page.text
    assert not shelf.guide(LEGAL).open


def test_other_words_than_those_she_read_are_not_opened(shelf: Shelf) -> None:
    hanna, guide = shelf.host().browser, shelf.guide(LEGAL)
    door = f"/o/y/{guide.shown}"
    for page in (guide.address, "/o/y"):
        sheet = hanna.get(page).form(door)
        with shelf.house.database.write() as uow:
            (before,) = [one for one in queries.editions(uow, guide.id) if one.lang == "en"][:1]
            new = NewEdition("en", before.text + "- One more?\n", Role.EDITOR)
            commands.publish(uow, commands.add_edition(uow, guide.id, new))
        answer = hanna.post(door, {**sheet.fields, "has_read": "1"})
        assert answer.status == 422
        assert "changed meanwhile" in answer.text
        assert not shelf.guide(LEGAL).open
    assert hanna.submit(guide.address, door, has_read="1").status == 303
    assert shelf.guide(LEGAL).open


def test_any_guide_can_be_closed_and_opened_again(shelf: Shelf) -> None:
    hanna, door = shelf.host().browser, f"/o/y/{shelf.guide(SLUG).shown}"
    for wish, status in (("0", 404), ("0", 404), ("1", 200)):
        sheet = hanna.get("/o/y").form(door)
        assert hanna.post(door, {**sheet.fields, "on": wish}).status == 303
        assert shelf.get(SLUG).status == status
    assert _acts(shelf)[:2] == ["guide:opened", "guide:closed"]
    assert _acts(shelf).count("guide:closed") == 1


def test_a_draft_is_not_opened(shelf: Shelf) -> None:
    hanna = shelf.host().browser
    shelf.change(SLUG, state=int(State.DRAFT), open=0)
    assert hanna.submit("/o/y", f"/o/y/{shelf.guide(SLUG).shown}").status == 422
    assert not shelf.guide(SLUG).open


def test_another_id_is_not_found(shelf: Shelf) -> None:
    hanna = shelf.host().browser
    sheet = hanna.get("/o/y").form(f"/o/y/{shelf.guide(SLUG).shown}")
    assert hanna.post("/o/y/" + "7" * 26, {**sheet.fields, "on": "0"}).status == 404


def test_without_the_hidden_field_nothing_changes(shelf: Shelf) -> None:
    hanna = shelf.host().browser
    assert hanna.post(f"/o/y/{shelf.guide(SLUG).shown}", {"on": "0"}).status == 303 or shelf.guide(SLUG).open
    assert shelf.guide(SLUG).open


def _robots(shelf: Shelf, path: str, *, member: bool = False) -> tuple[str, bool]:
    browser = shelf.house.person("Alice").browser if member else shelf.house.browser()
    page = browser.get(path)
    return page.header("x-robots-tag"), 'content="noindex,noarchive"' in page.text


def test_search_engines_have_nothing_by_themselves(shelf: Shelf) -> None:
    assert _robots(shelf, shelf.guide(SLUG).address) == ("noindex, noarchive, nosnippet", True)


def test_hosts_let_them_have_open_guides_and_nothing_else(shelf: Shelf) -> None:
    hanna, address = shelf.host().browser, shelf.guide(SLUG).address
    assert hanna.submit("/o/y", "/o/y", on="1").status == 303
    page = shelf.house.browser().get(address)
    assert [value for name, value in page.headers if name == "x-robots-tag"] == ["noarchive"]
    assert 'content="noarchive"' in page.text
    for path in ("/y", f"{address}/p", f"{address}/x", "/", "/t", shelf.guide(LEGAL).address):
        assert _robots(shelf, path)[0] == "noindex, noarchive, nosnippet", path
    assert _robots(shelf, address, member=True) == ("noindex, noarchive, nosnippet", True)
    sheet = hanna.get("/o/y").form("/o/y")
    hanna.post("/o/y", {name: value for name, value in sheet.fields.items() if name != "on"})
    assert _robots(shelf, address) == ("noindex, noarchive, nosnippet", True)


def test_a_guide_that_nobody_has_put_out_is_called_so_and_not_by_a_row_of_letters(shelf: Shelf) -> None:
    """Twenty-six letters without a place to break are wider than the narrowest phone."""
    hanna, which = shelf.host().browser, new_id()
    begun = structs.replace(shelf.guide(SLUG), id=which, slug=show_id(which), state=int(State.DRAFT), open=0)
    with shelf.house.database.write() as uow:
        commands.add_guide(uow, begun)
    shelf.house.site.held.refresh()
    page = hanna.get("/o/y").text
    assert "Still being written" in page
    assert f">{show_id(which)}<" not in page

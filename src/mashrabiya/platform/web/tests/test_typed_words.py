"""A session that ended while somebody wrote: her words stand in the answer, her choices go along."""

import re

import pytest

from mashrabiya.platform.db import turn
from mashrabiya.testing.house import TestHouse


def test_words_are_shown_and_choices_go_along_unseen(house: TestHouse) -> None:
    typed = {"body": "no", "kind": "0", "unnamed": "1"}
    page = house.browser("en").post("/t/" + "0" * 26, typed)
    assert re.findall(r'<textarea[^>]* name="(\w+)"', page.text) == ["kept_body"]
    assert set(re.findall(r'type="hidden" name="(kept_\w+)"', page.text)) == {
        "kept_kind",
        "kept_unnamed",
        "kept_path",
    }


def test_a_form_that_was_open_too_long_leads_back_to_its_page(house: TestHouse) -> None:
    browser = house.person("Alice").browser
    secrets = browser.post("/me/k", {"_f": "", "name": "Alice", "pass": "something"})
    assert secrets.status == 403
    assert "still here" not in secrets.text
    # To this very address, without a word of it: see communities' test of what is hidden.
    assert '<a class="btn" href="">' in secrets.text
    words = browser.post("/me/notes", {"_f": "", "text": "Kept."})
    assert "still here" in words.text
    assert "Kept." in words.text


def test_the_code_of_an_invitation_never_stands_in_an_answer(house: TestHouse) -> None:
    typed = {"_f": "", "name": "somebody", "invitation": "abcde-fghij", "answer": "Roses"}
    page = house.browser().post("/join", typed)
    assert page.status == 403
    assert "Roses" in page.text
    assert "abcde-fghij" not in page.text


def test_a_busy_house_says_so_and_gives_the_words_back(
    house: TestHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = house.person("Alice").browser
    fields = browser.get("/me/notes/new").form("/me/notes").fields | {"text": "Kept while another writes."}
    monkeypatch.setattr(turn, "PATIENCE", 0.0)
    assert house.database._turn._taken.acquire(timeout=60)
    try:
        page = browser.post("/me/notes", fields)
        bare = browser.post("/me/p/tile", browser.get("/me/p/edit").form("/me/p/tile").fields)
    finally:
        house.database._turn._taken.release()
    assert (page.status, bare.status) == (503, 503)
    assert "Kept while another writes." in page.text
    assert "still here" in page.text
    assert "still here" not in bare.text
    assert browser.post("/me/notes", fields).status == 303

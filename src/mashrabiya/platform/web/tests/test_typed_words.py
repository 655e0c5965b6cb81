"""A session that ended while somebody wrote: her words stand in the answer, her choices go along."""

import re

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

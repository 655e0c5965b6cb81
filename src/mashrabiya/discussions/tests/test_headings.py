"""What a reader of screens jumps by on a thread's page."""

from __future__ import annotations

import re

import pytest

from mashrabiya.discussions.tests.factories import answer, begin
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.kernel.ids import show_id
from mashrabiya.testing.house import TestHouse

HEADED = {"en": "Post", "ar": "المشاركة"}


@pytest.mark.parametrize("language", list(HEADED))
def test_each_reply_begins_with_a_heading_also_where_it_folds(house: TestHouse, language: str) -> None:
    alice, bob = house.person("Alice"), house.person("Bob", language=language)
    cid = open_place(house, alice, bob)
    tid = begin(house.database, alice.viewer, cid).tid
    for _ in range(3):
        answer(house.database, alice.viewer, tid)
    text = bob.browser.get(f"/t/{show_id(tid)}").text
    replies = text[text.index('id="replies"') : text.index('id="write"')]
    assert replies.count("<h2") == 1
    for number in re.findall(r'<article class="reply" id="n(\d)">', replies):
        begun = replies[replies.index(f'id="n{number}"') :]
        assert re.match(rf'id="n{number}"><h3 class="vh">{HEADED[language]} <bdi>.</bdi></h3>', begun)
    bob.browser.submit("/me", "/me/look", discreet="1")
    assert "<h3" not in bob.browser.get(f"/t/{show_id(tid)}").text, "there each stands under its number"

"""``What we keep`` is the whole truth: no table of the house goes unmentioned."""

from __future__ import annotations

import re
from html import unescape

import pytest

from mashrabiya import main
from mashrabiya.home.court import answer
from mashrabiya.platform.db import metadata
from mashrabiya.platform.languages import catalogue
from mashrabiya.testing.house import TestHouse

# Which words of the page speak of which table. A new table needs its line on the page first.
SAID = {
    "account": "keep.account",
    "agreement": "keep.agreed",
    "amendment": "keep.amendment",
    "anon_credit": "keep.trust",
    "answerable": "keep.answerable",
    "appeal": "keep.appeal",
    "aside": "keep.claim",
    "asking": "keep.asking",
    "asking_voucher": "keep.asking",
    "audit": "keep.log",
    "audit_detail": "keep.log",
    "ballot": "keep.ballot",
    "wish": "keep.wish",
    "block": "keep.blocks",
    "care_key": "keep.care_key",
    "claim": "keep.claim",
    "community": "keep.communities",
    "decision": "keep.decisions",
    "due": "keep.tasks",
    "guard": "keep.decisions",
    "desk_duty": "keep.duty",
    "desk_hand": "keep.hand",
    "guide_helped": "keep.guide_helped",
    "guide_wrong": "keep.guide_wrong",
    "held": "keep.deleted",
    "indexed": "keep.index",
    "invitation": "keep.invitations",
    "invited": "keep.invitations",
    "job": "keep.tasks",
    "law_mistake": "keep.laws",
    "leaf": "keep.index",
    "leaf_word": "keep.index",
    "mark": "keep.marks",
    "membership": "keep.belonging",
    "notice": "keep.notices",
    "stir": "keep.notices",
    "once": "keep.twice",
    "panic": "keep.freeze",
    "parted": "keep.parted",
    "outbox": "keep.tasks",
    "passkey": "keep.passkeys",
    "pending": "keep.index",
    "persona": "keep.persona",
    "picture": "keep.pictures",
    "planned": "keep.planned",
    "post": "keep.posts",
    "place_invitation": "keep.links",
    "posting": "keep.index",
    "precept": "keep.precepts",
    "precept_change": "keep.precepts",
    "proposal": "keep.proposal",
    "pulled": "keep.pulled",
    "push": "keep.push",
    "reaction": "keep.helped",
    "tag_name": "keep.communities",
    "tagged": "keep.posts",
    "tally": "keep.tally",
    "trust_day": "keep.trust",
    "trust_vote": "keep.trust",
    "recovery": "keep.codes",
    "report": "keep.reports",
    "room_line": "keep.room",
    "save": "keep.own",
    "service": "keep.services",
    "service_check": "keep.services",
    "service_doubt": "keep.lived",
    "service_lived": "keep.lived",
    "session": "keep.session",
    "spent": "keep.deleted",
    "seen": "keep.seen",
    "story": "keep.stories",
    "story_mark": "keep.stories",
    "story_quote": "keep.stories",
    "sub": "keep.subs",
    "submission": "keep.twice",
    "thread": "keep.posts",
    "told": "keep.told",
    "version": "keep.versions",
    "voucher": "keep.voucher",
    "way_count": "keep.tally",
    "welcome": "keep.welcome",
}
# Of no person: what the hosts chose, and counters of changes.
OF_NOBODY = {"alembic_version", "generation", "house", "law", "schedule", "trust_measure"}
# Of no person either: what the library says.
OF_NOBODY |= {"desk_answer", "desk_withdrawn", "guide", "guide_edition", "guide_shelf", "guide_source"}
OF_NOBODY |= {"term", "term_rest", "term_version"}


def test_every_table_is_spoken_of() -> None:
    assert main.ROUTES, "importing main has declared every table"
    assert set(metadata.tables) - SAID.keys() - OF_NOBODY == set()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_each_line_is_on_the_page(house: TestHouse, language: str) -> None:
    text = unescape(house.browser(language).get("/k").text)
    for key in set(SAID.values()):
        assert catalogue(language).texts[key, "n"] in text, key


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_answer_to_a_court_is_on_the_page_word_for_word(house: TestHouse, language: str) -> None:
    page = unescape(re.sub(r"<[^>]*>", "", house.browser(language).get("/k").text))
    said = answer(house.site.templates, house.site.house, language)
    assert len(said.splitlines()) > 10
    for line in said.splitlines():
        assert line in page, line


def test_no_figure_stands_fast_in_the_words_of_the_page() -> None:
    for language in ("ar", "en"):
        texts = catalogue(language).texts
        said = {key: text for (key, _), text in texts.items() if key.startswith(("keep.", "court."))}
        # Of the age group the border itself is the word.
        fixed = [key for key, text in said.items() if re.search(r"\d|[٠-٩]", text) and key != "keep.age"]
        assert fixed == [], language


def test_every_figure_follows_what_is_in_force(house: TestHouse) -> None:
    text = house.browser("en").get("/k").text
    for words in (
        "At most 14 days",
        "24 months without use at most",
        "90 days after the decision",
        "30 days",
    ):
        assert words in text, words
    house.change(retention_days=30, backup_days=5)
    changed = house.browser("en").get("/k").text
    assert changed.count("1 month after its last reply") == 4
    assert "Deleted text leaves our copies within 5 days." in changed

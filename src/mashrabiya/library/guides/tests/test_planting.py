"""The shelf fills a new house, and asks an old one: nothing that a house changed is written over."""

from __future__ import annotations

import pytest
from msgspec import structs

from mashrabiya.library.guides import commands, flows, queries, shelf
from mashrabiya.library.guides.reading import read
from mashrabiya.library.guides.types import EditionState, Kind, NewEdition, Role, State
from mashrabiya.platform.db import Database

SLUG = "coming-out"


@pytest.fixture
def planted(database: Database) -> Database:
    assert flows.furnish(database) == 66
    return database


def _later(monkeypatch: pytest.MonkeyPatch, slug: str, lang: str) -> str:
    """The shelf says something else in one text from now on."""
    was = shelf.text_of
    text = was(slug, lang) + "- One question more?\n"
    monkeypatch.setattr(shelf, "text_of", lambda s, at: text if (s, at) == (slug, lang) else was(s, at))
    return text


def _editions(database: Database, slug: str = SLUG) -> list[tuple[str, int, EditionState, Role]]:
    with database.read() as db:
        found = queries.editions(db, queries.names(db)[slug])
    return [(one.lang, one.n, one.what, Role(one.role)) for one in found]


def test_a_new_house_has_the_whole_shelf_as_first_editions(planted: Database) -> None:
    with planted.read() as db:
        stock = queries.stock(db)
    assert len(stock.entries) == 33
    assert {entry.guide.state for entry in stock.entries.values()} == {State.FIRST}
    assert all(set(entry.titles) == {"ar", "en"} for entry in stock.entries.values())
    closed = {entry.guide.kind for entry in stock.entries.values() if not entry.guide.open}
    assert closed == {Kind.MEDICAL, Kind.LEGAL}
    assert all(entry.guide.kind == Kind.PLAIN for entry in stock.shown.values())
    assert len(stock.shown) == 24
    assert _editions(planted) == [
        ("ar", 1, EditionState.PUBLISHED, Role.SHELF),
        ("en", 1, EditionState.PUBLISHED, Role.SHELF),
    ]


def test_ids_are_of_this_house_alone(planted: Database) -> None:
    with planted.read() as db:
        ids = queries.names(db)
    assert len(set(ids.values())) == 33
    assert all(len(one) == 16 for one in ids.values())


def test_english_says_of_which_arabic_it_is_the_translation(planted: Database) -> None:
    with planted.read() as db:
        en = queries.get_edition(db, queries.names(db)[SLUG], "en", 1)
        ar = queries.get_edition(db, queries.names(db)[SLUG], "ar", 1)
    assert ((en.of_lang, en.of_n), (ar.of_lang, ar.of_n)) == (("ar", 1), ("", 0))


def test_again_it_brings_nothing(planted: Database) -> None:
    with planted.read() as db:
        before = queries.stock(db)
    assert flows.furnish(planted) == 0
    with planted.read() as db:
        assert queries.stock(db) == before


def test_a_later_text_lies_with_the_desk(planted: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    text = _later(monkeypatch, SLUG, "en")
    assert flows.furnish(planted) == 1
    assert flows.furnish(planted) == 0
    assert _editions(planted) == [
        ("ar", 1, EditionState.PUBLISHED, Role.SHELF),
        ("en", 2, EditionState.DRAFT, Role.SHELF),
        ("en", 1, EditionState.PUBLISHED, Role.SHELF),
    ]
    with planted.read() as db:
        draft = queries.get_edition(db, queries.names(db)[SLUG], "en", 2)
    assert (draft.text, draft.of_lang, draft.of_n) == (text, "ar", 1)


def test_what_the_house_wrote_itself_stays(planted: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    with planted.write() as uow:
        own = shelf.text_of(SLUG, "en").replace("# ", "# Our own ", 1)
        guide = queries.names(uow)[SLUG]
        commands.publish(uow, commands.add_edition(uow, guide, NewEdition("en", own, Role.EDITOR)))
        commands.change_guide(uow, queries.get_guide(uow, guide), open=0, months=3)
    _later(monkeypatch, SLUG, "en")
    flows.furnish(planted)
    with planted.read() as db:
        stock = queries.stock(db)
        entry = stock.entries[guide]
    assert entry.titles["en"].startswith("Our own ")
    assert (entry.guide.open, entry.guide.months) == (0, 3)
    assert _editions(planted)[1] == ("en", 3, EditionState.DRAFT, Role.SHELF)


def test_a_draft_put_aside_does_not_come_again(planted: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    _later(monkeypatch, SLUG, "en")
    flows.furnish(planted)
    with planted.write() as uow:
        commands.put_aside(uow, queries.get_edition(uow, queries.names(uow)[SLUG], "en", 2))
    assert flows.furnish(planted) == 0
    assert _editions(planted)[1] == ("en", 2, EditionState.OLD, Role.SHELF)


def test_a_guide_the_house_never_had_comes_whole(planted: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    new = structs.replace(shelf.guides()[0], slug="newer")
    was = shelf.text_of
    monkeypatch.setattr(shelf, "text_of", lambda s, lang: was("questioning" if s == "newer" else s, lang))
    monkeypatch.setattr(shelf, "guides", lambda: (*_guides, new))
    assert flows.furnish(planted) == 2
    assert [one[2] for one in _editions(planted, "newer")] == [EditionState.PUBLISHED] * 2


_guides = shelf.guides()


def test_a_source_the_house_describes_itself_stays(
    planted: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, *rest = shelf.sources()
    with planted.write() as uow:
        commands.put_source(uow, structs.replace(first, publisher="As we say it"))
    later = [structs.replace(one, title="A later title") for one in (first, second)]
    monkeypatch.setattr(shelf, "sources", lambda: (*later, *rest))
    flows.furnish(planted)
    flows.furnish(planted)
    with planted.read() as db:
        found = queries.stock(db).sources
    assert (found[first.code].publisher, found[first.code].title) == ("As we say it", first.title)
    assert found[second.code].title == "A later title"


def test_publishing_keeps_what_was_there(planted: Database) -> None:
    with planted.write() as uow:
        guide = queries.names(uow)[SLUG]
        edition = commands.add_edition(uow, guide, NewEdition("en", shelf.text_of(SLUG, "en"), Role.EDITOR))
        commands.publish(uow, edition)
        commands.publish(uow, queries.get_edition(uow, guide, "en", 2))
    assert _editions(planted)[1:] == [
        ("en", 2, EditionState.PUBLISHED, Role.EDITOR),
        ("en", 1, EditionState.OLD, Role.SHELF),
    ]


def test_leads_of_lists_are_plain_words(planted: Database) -> None:
    with planted.read() as db:
        stock = queries.stock(db)
    for entry in stock.entries.values():
        assert not any("](" in lead or "**" in lead for lead in entry.leads.values())
    assert any("](" in read(shelf.text_of(one.slug, "en")).lead for one in shelf.guides())

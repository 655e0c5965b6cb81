"""Changing the glossary: who may, what is kept of it, and what a later shelf never overwrites."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from mashrabiya.communities.tests.factories import ALICE, BOB, MONA, VISITOR, person
from mashrabiya.communities.tests.factories import found as found_place
from mashrabiya.communities.types import Audience
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Conflict, Invalid, NotFound
from mashrabiya.kernel.ids import new_id
from mashrabiya.kernel.viewer import CARE, Viewer
from mashrabiya.library.terms import commands, flows, queries
from mashrabiya.library.terms.glossary import Glossary
from mashrabiya.library.terms.tests.shelved import shelf
from mashrabiya.library.terms.types import Body, Concept, Use, Word
from mashrabiya.platform import retention
from mashrabiya.platform.db import Database, Write

BODY = Body(
    topic="identity",
    meaning={"ar": "كلمة للتجربة.", "en": "A word to try."},
    words=(
        Word("ar", "تجربة"),
        Word("en", "trial"),
        Word("en", "test rag", Use.AVOID, "It is cold.", ("rag",)),
    ),
)
FEW = {key: shelf()[key] for key in ("gay", "coming-out", "trans")}


def known(database: Database) -> Glossary:
    with database.read() as db:
        return queries.load(db)


def add(database: Database, body: Body = BODY, submission: str = "") -> bytes:
    with database.write() as uow:
        return commands.add(uow, MONA, body, submission)


def get(database: Database, which: bytes) -> Concept:
    return known(database).all[which]


def change(database: Database, which: bytes, body: Body, seen: int = 1) -> None:
    with database.write() as uow:
        commands.change(uow, MONA, which, body, seen=seen)


def test_a_host_adds_a_concept_and_it_is_looked_up(database: Database) -> None:
    which = add(database)
    found = known(database).look_up("trial").matches
    assert [one.concept.id for one in found] == [which]
    assert get(database, which).changed


def test_the_same_form_twice_makes_one(database: Database) -> None:
    sent = "a" * 32
    assert add(database, submission=sent) == add(database, submission=sent)
    assert len(known(database).all) == 1


@pytest.mark.parametrize("viewer", [VISITOR, ALICE, BOB, person("Cara", CARE), Viewer.system("job")])
def test_nobody_else_may(database: Database, viewer: Viewer) -> None:
    which = add(database)
    tries: list[Callable[[Write], object]] = [
        lambda uow: commands.add(uow, viewer, BODY),
        lambda uow: commands.change(uow, viewer, which, replace(BODY, topic="law"), seen=1),
        lambda uow: commands.hide(uow, viewer, which, on=True),
        lambda uow: commands.put_word(uow, viewer, which, Word("en", "x y"), at=9, seen=1),
        lambda uow: commands.drop_word(uow, viewer, which, at=2, seen=1),
        lambda uow: commands.bring_back(uow, viewer, which, v=1, seen=1),
        lambda uow: queries.versions(uow, viewer, which),
    ]
    for attempt in tries:
        with pytest.raises(NotFound), database.write() as uow:
            attempt(uow)
    assert get(database, which).body == BODY


def test_a_change_keeps_what_stood_before_for_ninety_days(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    which = add(database)
    change(database, which, replace(BODY, topic="law"))
    assert (get(database, which).topic, get(database, which).v) == ("law", 2)
    with database.read() as db:
        assert [(one.v, one.body) for one in queries.versions(db, MONA, which)] == [(1, BODY)]
    monkeypatch.setattr(clock, "offset", 89 * clock.DAY)
    with database.read() as db:
        assert len(queries.versions(db, MONA, which)) == 1
    monkeypatch.setattr(clock, "offset", 92 * clock.DAY)
    retention.sweep(database)
    with database.read() as db:
        assert queries.versions(db, MONA, which) == []


def test_an_earlier_wording_comes_back_as_a_change(database: Database) -> None:
    which = add(database)
    change(database, which, replace(BODY, topic="law"))
    with database.write() as uow:
        commands.bring_back(uow, MONA, which, v=1, seen=2)
    assert (get(database, which).body, get(database, which).v) == (BODY, 3)
    with pytest.raises(NotFound), database.write() as uow:
        commands.bring_back(uow, MONA, which, v=9, seen=3)


def test_saying_the_same_changes_nothing(database: Database) -> None:
    which = add(database)
    change(database, which, BODY, seen=7)
    assert get(database, which).v == 1


def test_from_an_old_page_nothing_is_overwritten(database: Database) -> None:
    which = add(database)
    change(database, which, replace(BODY, topic="law"))
    with pytest.raises(Conflict):
        change(database, which, replace(BODY, topic="health"), seen=1)
    assert get(database, which).topic == "law"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (replace(BODY, topic="gossip"), "topic"),
        (replace(BODY, meaning={"ar": "نعم", "en": " "}), "meaning_en"),
        (replace(BODY, meaning={"ar": "ن" * 601, "en": "yes"}), "meaning_ar"),
        (replace(BODY, meaning={"ar": "ن", "en": "a\x00b"}), "meaning_en"),
        (replace(BODY, words=BODY.words[:1]), "words_en"),
        (replace(BODY, words=(*BODY.words, Word("en", "x" * 81))), "words_en"),
        (replace(BODY, words=(*BODY.words, Word("en", "،"))), "words_en"),
        (replace(BODY, words=(*BODY.words, Word("ar", "كلمة", Use.AVOID))), "words_ar"),
        (replace(BODY, words=(*BODY.words, Word("ar", "كلمة", spellings=("ك",) * 25))), "words_ar"),
        (replace(BODY, words=(*BODY.words, *(Word("en", f"w {n}") for n in range(16)))), "words_en"),
    ],
)
def test_what_a_concept_cannot_be(database: Database, body: Body, field: str) -> None:
    with pytest.raises(Invalid) as wrong, database.write() as uow:
        commands.add(uow, MONA, body)
    assert field in wrong.value.fields


def test_words_are_put_changed_and_dropped(database: Database) -> None:
    which = add(database)
    with database.write() as uow:
        commands.put_word(uow, MONA, which, Word("en", "tryout"), at=3, seen=1)
        commands.put_word(uow, MONA, which, Word("en", "tryout"), at=3, seen=1)
    assert [one.text for one in get(database, which).body.words] == ["تجربة", "trial", "test rag", "tryout"]
    with database.write() as uow:
        commands.put_word(uow, MONA, which, Word("en", "attempt"), at=1, seen=2)
        commands.drop_word(uow, MONA, which, at=2, seen=3)
    assert [one.text for one in get(database, which).body.words] == ["تجربة", "attempt", "tryout"]
    with pytest.raises(Invalid), database.write() as uow:
        commands.drop_word(uow, MONA, which, at=0, seen=4)
    with pytest.raises(NotFound), database.write() as uow:
        commands.drop_word(uow, MONA, which, at=9, seen=4)


def test_a_hidden_concept_is_in_no_list_text_or_answer(database: Database) -> None:
    which = add(database)
    with database.write() as uow:
        commands.hide(uow, MONA, which, on=True)
        commands.hide(uow, MONA, which, on=True)
    glossary = known(database)
    assert glossary.look_up("trial").matches == ()
    assert glossary.by_subject("en") == []
    assert glossary.same("trial") == ()


def test_the_shelf_comes_once_and_a_later_one_spares_what_the_house_wrote(database: Database) -> None:
    with database.write() as uow:
        assert commands.shelve(uow, FEW, "first") == 3
        assert commands.shelve(uow, FEW, "first") == 0
    ids = {one.key: one.id for one in known(database).all.values()}
    own = replace(FEW["gay"], topic="law")
    change(database, ids["gay"], own)
    with database.write() as uow:
        commands.hide(uow, MONA, ids["trans"], on=True)
        later = {key: replace(body, topic="health") for key, body in FEW.items()} | {"new": BODY}
        assert commands.shelve(uow, later, "second") == 3
    now = {one.key: one for one in known(database).all.values()}
    assert {key: one.id for key, one in now.items() if key != "new"} == ids
    assert {key: one.topic for key, one in now.items()} == {
        "gay": "law", "trans": "health", "coming-out": "health", "new": "identity",
    }  # fmt: skip
    assert now["trans"].hidden


def test_a_house_is_furnished_once(database: Database) -> None:
    assert flows.furnish(database) == 176
    assert flows.furnish(database) == 0
    first = {one.key: one.id for one in known(database).all.values()}
    assert len(set(first.values())) == 176


def test_a_place_rests_until_it_is_woken_or_closes(database: Database) -> None:
    cid = found_place(database, Audience.PUBLIC)
    for on in (True, True, False, True):
        with database.write() as uow:
            commands.rest(uow, MONA, cid, on=on)
        assert (cid in known(database).rests) == on
    with database.write() as uow:
        commands.forget_place(uow, cid)
        commands.forget_place(uow, cid)
    assert known(database).rests == frozenset()


@pytest.mark.parametrize("viewer", [ALICE, BOB])
def test_only_who_runs_a_place_lets_it_rest(database: Database, viewer: Viewer) -> None:
    cid = found_place(database, Audience.PUBLIC)
    with pytest.raises(NotFound), database.write() as uow:
        commands.rest(uow, viewer, cid, on=True)
    with pytest.raises(NotFound), database.write() as uow:
        commands.rest(uow, MONA, new_id(), on=True)

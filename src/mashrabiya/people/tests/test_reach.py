"""Blocks, mutes and hidden words: what one persona keeps of them, and how it grows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Busy, Invalid, NotFound, Refused
from mashrabiya.kernel.keys import Work
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people import commands, flows, queries
from mashrabiya.people.commands import private
from mashrabiya.people.queries.private import MOST
from mashrabiya.people.sealed.blocks import NOBODY, made_tag, met_tags
from mashrabiya.people.sealed.persona import PRIVATE_SIZE, PRIVATE_STEP, block_public
from mashrabiya.people.sealed.private import (
    EMPTY,
    Blocked,
    Lists,
    Muted,
    entry_mark,
    open_lists,
    readable_lists,
    seal_lists,
)
from mashrabiya.people.tests.factories import account, person
from mashrabiya.people.types import Kept, Voice
from mashrabiya.testing.house import TestHouse

HERS, HIS = Work(b"a" * 32), Work(b"b" * 32)
PID = HERS.persona_id(0)


@pytest.fixture(autouse=True)
def _time() -> Iterator[None]:
    yield
    clock.offset = 0.0


# --- what is kept ------------------------------------------------------------------


def test_lists_come_back_as_they_were_kept() -> None:
    lists = Lists(
        blocks=(Blocked(b"p" * 16, b"t" * 16, True),),
        mutes=(Muted(tid=b"d" * 16, label=3, until=20000), Muted(pid=b"q" * 16, shared=True)),
        words=("كلمة", "word*"),
        words_shared=True,
    )
    assert open_lists(HERS, 0, seal_lists(HERS, 0, lists, PID), PID) == lists


def test_nothing_kept_looks_like_something_kept() -> None:
    little = Lists(words=("one",), blocks=(Blocked(b"p" * 16, b"t" * 16),))
    sizes = {len(seal_lists(HERS, 0, lists, PID)) for lists in (EMPTY, little)}
    assert sizes == {PRIVATE_SIZE}


def test_the_fullest_lists_fit_in_steps() -> None:
    full = Lists(
        blocks=tuple(Blocked(bytes([n]) * 16, b"t" * 16, True) for n in range(MOST)),
        mutes=tuple(Muted(b"p" * 16, b"t" * 16, 10**6, 30000, True) for _ in range(MOST)),
        words=tuple("ك" * 40 for _ in range(MOST)),
    )
    sealed = seal_lists(HERS, 0, full, PID)
    assert (len(sealed) - 28) % PRIVATE_STEP == 0
    assert len(sealed) < 6 * PRIVATE_STEP
    assert open_lists(HERS, 0, sealed, PID) == full


def test_another_persona_of_the_same_person_opens_nothing() -> None:
    sealed = seal_lists(HERS, 0, Lists(words=("one",)), PID)
    assert readable_lists(HERS, 1, sealed, PID) == EMPTY
    assert readable_lists(HERS, 0, sealed, HERS.persona_id(1)) == EMPTY
    assert readable_lists(HERS, 0, b"", PID) == EMPTY


def test_both_sides_compute_the_same_tag_and_each_direction_has_its_own() -> None:
    hers, his = block_public(HERS, 0), block_public(HIS, 2)
    pid, other = HERS.persona_id(0), HIS.persona_id(2)
    assert [made_tag(HERS, 0, other, his)] == met_tags(HIS, 2, [(pid, hers)])
    assert made_tag(HERS, 0, other, his) != made_tag(HIS, 2, pid, hers)
    assert met_tags(HIS, 1, [(pid, hers)]) != met_tags(HIS, 2, [(pid, hers)])


def test_a_public_half_that_is_none_blocks_nobody() -> None:
    assert made_tag(HERS, 0, PID, bytes(32)) != made_tag(HIS, 0, PID, bytes(32))
    assert [len(tag) for tag in met_tags(HERS, 0, [(bytes(16), NOBODY)])] == [16]


def test_a_mark_says_nothing_and_is_another_under_each_name() -> None:
    muted = Muted(pid=b"p" * 16)
    assert entry_mark(HERS, 0, muted) != entry_mark(HERS, 1, muted)
    assert entry_mark(HERS, 0, muted) == entry_mark(HERS, 0, replace(muted, until=5, shared=True))


# --- changing it ---------------------------------------------------------------------


def test_what_somebody_else_wrote_meanwhile_is_merged(house: TestHouse) -> None:
    alice = person(house, "Alice")
    viewer = alice.viewer
    met: list[Lists] = []

    def slowly(lists: Lists) -> Lists:
        if not met:
            met.append(lists)
            # The other tab is quicker: the bytes are others when this one wants to write.
            commands.hide_words(uow, viewer, ["quick"], shared=False)
        return replace(lists, words=(*lists.words, "slow"))

    with house.database.write() as uow:
        private.change_lists(uow, viewer, slowly)
    with house.database.read() as db:
        assert private.read_lists(db, viewer, viewer.slot).words == ("quick", "slow")


def test_whoever_is_always_too_late_is_told(house: TestHouse) -> None:
    viewer = person(house, "Alice").viewer

    def never(lists: Lists) -> Lists:
        commands.hide_words(uow, viewer, [f"word{len(lists.words)}"], shared=False)
        return replace(lists, words=(*lists.words, "mine"))

    with pytest.raises(Busy), house.database.write() as uow:
        private.change_lists(uow, viewer, never)


def test_without_a_persona_nothing_is_kept(house: TestHouse) -> None:
    nobody = account(house, "nobody").viewer
    with pytest.raises(NotFound), house.database.write() as uow:
        commands.mute(uow, nobody, Voice(pid=b"p" * 16))
    with pytest.raises(NotFound):
        flows.block(house.site, nobody, b"p" * 16, shared=False)
    with pytest.raises(NotFound), house.database.write() as uow:
        commands.mute(uow, Viewer(), Voice(pid=b"p" * 16))


def test_a_mute_ends_by_itself(house: TestHouse) -> None:
    alice = person(house, "Alice")
    voice = Voice(tid=b"t" * 16, label=2)
    with house.database.write() as uow:
        commands.mute(uow, alice.viewer, voice, days=7)
    assert queries.kept_of(alice.viewer, voice) == Kept(muted=True, days=7)
    assert queries.kept_of(alice.viewer, Voice(tid=b"t" * 16, label=3)) == Kept()
    viewer = alice.viewer
    clock.offset += 7 * clock.DAY
    assert queries.kept_of(viewer, voice).days == 0
    clock.offset += clock.DAY
    assert queries.kept_of(viewer, voice) == Kept()


def test_lists_are_not_longer_than_they_may_be(house: TestHouse) -> None:
    alice = person(house, "Alice")
    viewer = alice.viewer
    with house.database.write() as uow:
        for number in range(MOST):
            commands.mute(uow, viewer, Voice(tid=number.to_bytes(16, "big"), label=1))
        commands.mute(uow, viewer, Voice(tid=bytes(16), label=1), days=1)
        with pytest.raises(Refused):
            commands.mute(uow, viewer, Voice(tid=b"n" * 16, label=1))
        commands.hide_words(uow, viewer, [f"word{number}" for number in range(MOST)], shared=False)
        with pytest.raises(Invalid):
            commands.hide_words(uow, viewer, ["more"], shared=False)
        commands.hide_words(uow, viewer, ["word1"], shared=False)


@pytest.mark.parametrize(
    ("word", "why"), [("a", "too_short"), ("abcdefgh" * 6, "too_long"), ("x" * 300, "too_long")]
)
def test_why_it_is_no_word_is_said(house: TestHouse, word: str, why: str) -> None:
    viewer = person(house, "Alice").viewer
    with pytest.raises(Invalid) as refused, house.database.write() as uow:
        commands.hide_words(uow, viewer, [word], shared=False)
    assert refused.value.fields == {"words": f"hidden.{why}"}


@pytest.mark.parametrize("word", ["", "*", "a", "ـَ", "two words", "x" * 41])
def test_what_is_no_word_is_not_hidden(house: TestHouse, word: str) -> None:
    viewer = person(house, "Alice").viewer
    with pytest.raises(Invalid), house.database.write() as uow:
        commands.hide_words(uow, viewer, ["fine", word], shared=False)
    with house.database.read() as db:
        assert private.read_lists(db, viewer, viewer.slot) == EMPTY

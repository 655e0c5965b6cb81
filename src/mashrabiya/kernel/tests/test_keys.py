"""Keys derived from keys."""

from mashrabiya.kernel.keys import SLOTS, Work, mac

ALICE, BOB = Work.of_seed(b"a" * 32), Work.of_seed(b"b" * 32)
THREAD, OTHER = b"t" * 16, b"u" * 16


def test_parts_do_not_run_into_one_another() -> None:
    assert mac(b"k", b"ab", b"c") != mac(b"k", b"a", b"bc")


def test_sixteen_personas_have_nothing_in_common() -> None:
    ids = ALICE.persona_ids()
    assert len(set(ids)) == SLOTS
    assert {len(one) for one in ids} == {16}


def test_an_unnamed_person_is_the_same_in_one_thread_and_another_in_the_next() -> None:
    assert ALICE.token(THREAD) == ALICE.token(THREAD)
    assert ALICE.token(THREAD) != ALICE.token(OTHER)
    assert ALICE.token(THREAD) != BOB.token(THREAD)


def test_one_mark_per_person_and_target() -> None:
    assert ALICE.nullifier(b"vote", THREAD) == ALICE.nullifier(b"vote", THREAD)
    assert ALICE.nullifier(b"vote", THREAD) != ALICE.nullifier(b"react", THREAD)


def test_a_session_group_lasts_one_day() -> None:
    assert ALICE.session_group(1) != ALICE.session_group(2)


def test_the_secret_is_not_printed() -> None:
    assert "secret" not in repr(ALICE)

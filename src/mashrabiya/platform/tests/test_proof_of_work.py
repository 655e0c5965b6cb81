"""Work and tickets: fresh, ours, right, and good once."""

from collections.abc import Iterator
from hashlib import sha256

import pytest

from mashrabiya.kernel import clock
from mashrabiya.platform import proof_of_work as work

KEY = b"\x01" * 32
BITS = 8


@pytest.fixture(autouse=True)
def still_clock() -> Iterator[None]:
    yield
    clock.offset = 0.0


def test_solved_work_is_taken_once() -> None:
    challenge = work.challenge(KEY, BITS)
    nonce = work.solve(challenge, BITS)
    digest = sha256(bytes.fromhex(challenge) + bytes.fromhex(nonce)).digest()
    assert digest[0] == 0
    assert work.accept_work(KEY, challenge, nonce, BITS)
    assert not work.accept_work(KEY, challenge, nonce, BITS)


def test_a_challenge_has_the_layout_of_the_design() -> None:
    raw = bytes.fromhex(work.challenge(KEY))
    assert len(raw) == 4 + 8 + 16
    assert abs(int.from_bytes(raw[:4], "big") * 10 - clock.now()) < 20


@pytest.mark.parametrize("nonce", ["", "0", "zz" * 8, "00" * 7, "é" * 16])
def test_what_is_no_nonce_is_not_taken(nonce: str) -> None:
    assert not work.accept_work(KEY, work.challenge(KEY, 0), nonce, 0)


def test_less_work_than_asked_is_not_taken() -> None:
    easy = work.challenge(KEY, 1)
    assert not work.accept_work(KEY, easy, work.solve(easy, 1), BITS)


def test_a_foreign_or_changed_challenge_is_not_taken() -> None:
    challenge = work.challenge(b"\x02" * 32, BITS)
    assert not work.accept_work(KEY, challenge, work.solve(challenge, BITS), BITS)
    mine = work.challenge(KEY, BITS)
    changed = ("0" if mine[0] != "0" else "1") + mine[1:]
    assert not work.accept_work(KEY, changed, work.solve(changed, BITS), BITS)


def test_old_work_is_not_taken() -> None:
    challenge = work.challenge(KEY, BITS)
    nonce = work.solve(challenge, BITS)
    clock.offset = 1200
    assert not work.accept_work(KEY, challenge, nonce, BITS)


def test_a_ticket_is_good_after_two_minutes_and_once() -> None:
    ticket = work.ticket(KEY)
    assert not work.accept_ticket(KEY, ticket)
    assert 118 <= (work.ticket_wait(KEY, ticket) or 0) <= 120
    clock.offset = 121
    assert work.ticket_wait(KEY, ticket) == 0
    assert work.accept_ticket(KEY, ticket)
    assert not work.accept_ticket(KEY, ticket)


@pytest.mark.parametrize("text", ["", "x", "00" * 28, "é", "0" * 55])
def test_what_is_no_ticket_has_no_wait(text: str) -> None:
    assert work.ticket_wait(KEY, text) is None
    assert not work.accept_ticket(KEY, text)


def test_a_ticket_is_no_challenge() -> None:
    ticket = work.ticket(KEY, wait=-1)
    assert not work.accept_work(KEY, ticket, work.solve(ticket, 0), 0)
    assert not work.accept_ticket(KEY, work.challenge(KEY, 0))


def test_an_old_ticket_is_none() -> None:
    ticket = work.ticket(KEY)
    clock.offset = 2 * clock.DAY
    assert work.ticket_wait(KEY, ticket) is None


def test_other_processes_are_asked_too() -> None:
    taken: set[bytes] = set()

    def shared(tag: bytes, _hour: int) -> bool:
        fresh = tag not in taken
        taken.add(tag)
        return fresh

    one, other = work.Spent(shared), work.Spent(shared)
    assert one.take(b"tag")
    assert not other.take(b"tag")


def test_however_much_was_used_it_is_gone_through_rarely(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "_FEW", 4)
    seen, held = work.Spent(), list[dict[bytes, float]]()
    for number in range(1000):
        assert seen.take(number.to_bytes(2, "big"))
        if not held or held[-1] is not seen._until:
            held.append(seen._until)
    assert len(held) < 12
    clock.offset = 2.0 * work.REMEMBERED
    for number in range(2000, 4000):
        assert seen.take(number.to_bytes(2, "big"))
    assert len(seen._until) <= 2000

"""Seals and slow hashes."""

import os
import sys
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mashrabiya.kernel.errors import Busy
from mashrabiya.platform import crypto
from mashrabiya.platform.crypto import Cost, SlowHash, Unopenable, padded, seal, unpadded, unseal

KEY = b"\x01" * 32


@given(st.binary(max_size=200), st.binary(max_size=40))
def test_what_is_sealed_opens_in_its_place(plain: bytes, bound: bytes) -> None:
    sealed = seal(KEY, plain, bound)
    assert len(sealed) == len(plain) + crypto.OVERHEAD
    assert unseal(KEY, sealed, bound) == plain
    with pytest.raises(Unopenable):
        unseal(KEY, sealed, bound + b"x")


@pytest.mark.parametrize("change", [0, 11, 12, 20, -1])
def test_one_changed_byte_does_not_open(change: int) -> None:
    sealed = bytearray(seal(KEY, b"plain words", b"here"))
    sealed[change] ^= 1
    with pytest.raises(Unopenable):
        unseal(KEY, bytes(sealed), b"here")


@pytest.mark.parametrize("short", [b"", b"x" * 12, b"x" * 27])
def test_what_is_too_short_does_not_open(short: bytes) -> None:
    with pytest.raises(Unopenable):
        unseal(KEY, short, b"")


@given(st.binary(max_size=62))
def test_padding_hides_the_length_and_gives_it_back(plain: bytes) -> None:
    assert len(padded(plain, 64)) == 64
    assert unpadded(padded(plain, 64)) == plain


def test_what_does_not_fit_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="63 bytes"):
        padded(bytes(63), 64)


def test_the_hash_is_argon2id_with_the_given_cost() -> None:
    slow, cheap = SlowHash(), Cost(256, 1)
    one = slow(b"words", b"salt" * 4, cheap)
    assert len(one) == 32
    assert slow(b"words", b"salt" * 4, cheap) == one
    assert slow(b"words", b"salt" * 4, Cost(512, 1)) != one
    assert slow(b"words", b"salt" * 4, Cost(256, 2)) != one
    assert slow.calls == 4


def test_the_live_cost_is_the_one_that_was_decided() -> None:
    assert Cost() == Cost(memory_kib=65536, passes=3)


def test_a_crowd_is_told_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    inside, release = threading.Semaphore(0), threading.Event()

    def wait(*_: object, **__: object) -> bytes:
        inside.release()
        assert release.wait(120)
        return bytes(32)

    monkeypatch.setattr(crypto, "hash_secret_raw", wait)
    slow = SlowHash(at_once=2, waiting=3)
    crowd = [threading.Thread(target=slow, args=(b"", b"", Cost())) for _ in range(5)]
    for one in crowd:
        one.start()
    for _ in range(2):
        assert inside.acquire(timeout=60)
    until = time.monotonic() + 60
    while slow._places._value:
        assert time.monotonic() < until
        time.sleep(0.01)
    assert not inside.acquire(blocking=False)
    with pytest.raises(Busy):
        slow(b"", b"", Cost())
    release.set()
    for one in crowd:
        one.join(10)
    assert slow(b"", b"", Cost()) == bytes(32)


@pytest.mark.parametrize(("processes", "each"), [(1, 2), (2, 1), (5, 1)])
def test_several_processes_hash_as_few_at_once_as_one(processes: int, each: int) -> None:
    slow = SlowHash(at_once=2)
    before = slow(b"words", b"salt" * 4, Cost(256, 1))
    slow.give_way(processes)
    assert slow._running._value == each
    assert slow(b"words", b"salt" * 4, Cost(256, 1)) == before


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a thread has no priority of its own")
def test_hashes_of_a_served_house_stand_behind_whoever_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def watched(*_: object, **__: object) -> bytes:
        seen.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))
        return bytes(32)

    monkeypatch.setattr(crypto, "hash_secret_raw", watched)
    slow, usual = SlowHash(), os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    slow(b"", b"", Cost())
    slow.give_way(1)
    slow(b"", b"", Cost())
    assert seen == [usual, crypto._BEHIND]
    assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) == usual, "nobody else steps back"


def test_panic_and_recovery_do_not_stand_behind_sign_ins() -> None:
    lines = (crypto.sign_in_hash, crypto.recovery_hash, crypto.return_hash, crypto.panic_hash)
    assert len({id(line) for line in lines}) == 4

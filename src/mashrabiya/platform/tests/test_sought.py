"""What is asked of a list lies sealed in an address: it says nothing, opens for two days, and for its own list alone."""

from __future__ import annotations

import pytest

from mashrabiya.kernel import clock
from mashrabiya.platform.keys import ServerKeys
from mashrabiya.platform.sought import open_asked, opened, seal_asked, sealed

KEYS, OTHER = ServerKeys(b"\x07" * 32), ServerKeys(b"\x08" * 32)


def test_it_opens_for_its_own_list_and_house_alone() -> None:
    shown = seal_asked(KEYS, b"mint", purpose=b"services", size=128)
    assert open_asked(KEYS, shown, purpose=b"services", size=128) == b"mint"
    assert open_asked(KEYS, shown, purpose=b"experiences", size=128) is None
    assert open_asked(OTHER, shown, purpose=b"services", size=128) is None
    assert open_asked(KEYS, shown, purpose=b"services", size=256) is None
    assert opened(KEYS, shown) == ""


def test_it_opens_today_and_tomorrow() -> None:
    shown = sealed(KEYS, "mint")
    clock.offset += clock.DAY
    assert opened(KEYS, shown) == "mint"
    clock.offset += clock.DAY
    assert opened(KEYS, shown) == ""


def test_its_length_tells_nothing() -> None:
    assert len({len(sealed(KEYS, words)) for words in ("", "x", "نعناع", "m" * 80, "ن" * 200)}) == 1


@pytest.mark.parametrize("made_up", ["", "x", "ن", "A" * 379, "-_" * 190, sealed(KEYS, "mint")[:-2] + "AA"])
def test_what_was_made_up_opens_nothing(made_up: str) -> None:
    assert opened(KEYS, made_up) == ""

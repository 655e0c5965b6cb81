"""Ids and cursors as they stand in addresses."""

import pytest

from mashrabiya.kernel.cursors import Cursor
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.ids import new_id, read_id, show_id, shown_length


@pytest.mark.parametrize("size", [8, 10, 16, 24])
def test_an_id_comes_back_from_its_address(size: int) -> None:
    raw = new_id(size)
    assert read_id(show_id(raw), size) == raw
    assert len(show_id(raw)) == shown_length(size)


@pytest.mark.parametrize("shown", ["", "x", "u" * 26, "z" * 26, "A" * 26, "../../etc/passwd", "٣" * 26])
def test_what_is_no_id_is_not_found(shown: str) -> None:
    with pytest.raises(NotFound):
        read_id(shown, 16)


def test_a_cursor_comes_back_from_its_address() -> None:
    cursor = Cursor(1_760_000_400, new_id())
    assert Cursor.read(cursor.show()) == cursor


@pytest.mark.parametrize("shown", ["", "nonsense", "z" * 39])
def test_a_made_up_cursor_is_no_cursor(shown: str) -> None:
    assert Cursor.read(shown) is None

"""What a page says it knows, and what is said to it."""

from __future__ import annotations

import pytest

from mashrabiya.kernel.ids import new_id, show_id
from mashrabiya.platform.live.streams import STEP, farewell, padded
from mashrabiya.platform.live.topics import MOST, read_topics, say_topics

SIZES = {"t": 16}


def test_what_is_said_is_read_again() -> None:
    known = {("t", new_id(16)): number for number in (4, 999_999_999)}
    assert read_topics(say_topics(known.items()), SIZES) == known


@pytest.mark.parametrize(
    "said",
    [
        "",
        " , ",
        "t",
        "t.",
        "t..1",
        "t.x.1",
        "t.{id}",
        "t.{id}.",
        "t.{id}.-1",
        "t.{id}.٣",
        "x.{id}.1",
        "t.{id}.1234567890",
    ],
)
def test_what_is_no_topic_is_passed_over(said: str) -> None:
    assert read_topics(said.replace("{id}", show_id(new_id(16))), SIZES) == {}


def test_nobody_watches_more_than_a_few() -> None:
    said = " ".join(f"t.{show_id(new_id(16))}.1" for _ in range(MOST * 3))
    assert len(read_topics(said, SIZES)) == MOST


@pytest.mark.parametrize("letters", [0, 1, STEP - 3, STEP - 2, STEP - 1, STEP, 3 * STEP])
def test_whatever_is_said_is_as_long_as_anything_else(letters: int) -> None:
    said = padded("x" * letters)
    assert len(said) % STEP == 0
    assert said.endswith(b"\n" + b"x" * letters)
    assert said.startswith(b":")  # a comment to every browser


def test_a_beat_and_a_farewell_are_of_one_length() -> None:
    assert len(padded(":\n\n")) == len(farewell()) == len(padded("data: t.0.1\n\n")) == STEP

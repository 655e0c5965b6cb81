"""The second look: when it is asked for, and when the author's word stands."""

from __future__ import annotations

from mashrabiya.safety.screening import Kind, find_traces, marked, needs_second_look, without
from mashrabiya.safety.screening.types import Segment

NUMBER = "رقمي 079 555 0142، أي وقت"


def test_nothing_found_asks_nothing() -> None:
    assert needs_second_look("لا أحد يعرف بعد", "") is None


def test_found_is_shown_once() -> None:
    hint = needs_second_look(NUMBER, "")
    assert hint is not None
    assert hint.kinds == (Kind.PHONE,)
    assert hint.keys == ("guard.phone",)
    assert needs_second_look(NUMBER, hint.shown) is None


def test_words_changed_around_it_ask_nothing_new() -> None:
    hint = needs_second_look(NUMBER, "")
    assert hint is not None
    assert needs_second_look("تغيّر النص. 079 555 0142", hint.shown) is None


def test_another_number_is_shown_again() -> None:
    hint = needs_second_look(NUMBER, "")
    assert hint is not None
    again = needs_second_look("رقمي 079 555 0143", hint.shown)
    assert again is not None
    assert again.shown != hint.shown


def test_one_of_two_taken_out_asks_nothing_new() -> None:
    both = needs_second_look(f"{NUMBER} sara@example.org", "")
    assert both is not None
    assert both.kinds == (Kind.PHONE, Kind.EMAIL)
    assert needs_second_look(NUMBER, both.shown) is None
    only = needs_second_look(NUMBER, "")
    assert only is not None
    assert needs_second_look(f"{NUMBER} sara@example.org", only.shown) is not None


def test_made_up_proof_proves_nothing() -> None:
    for shown in ("yes", ".", "." * 100_000, "00000000", "\ud800", "\0"):
        assert needs_second_look(NUMBER, shown) is not None


def test_what_was_shown_does_not_hold_what_was_found() -> None:
    hint = needs_second_look(NUMBER, "")
    assert hint is not None
    assert "0142" not in hint.shown
    assert len(hint.shown) == 8


def test_marked_gives_the_whole_text_in_order() -> None:
    assert marked(NUMBER, find_traces(NUMBER)) == [
        Segment("رقمي "),
        Segment("079 555 0142", Kind.PHONE),
        Segment("، أي وقت"),
    ]
    assert marked("نص", []) == [Segment("نص")]
    assert marked("", []) == []


def test_a_long_text_is_shown_around_what_was_found() -> None:
    hint = needs_second_look(
        "كلمة " * 400 + NUMBER + " كلمة" * 400 + " sara@example.org " + "كلمة " * 400, ""
    )
    assert hint is not None
    shown = "".join(segment.text for segment in hint.segments)
    assert len(shown) < 300
    assert "رقمي 079 555 0142، أي وقت" in shown
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert shown.count("…") == 3


def test_without_leaves_no_gap() -> None:
    for text, left in (
        (NUMBER, "رقمي، أي وقت"),
        ("call 079 555 0142 tonight", "call tonight"),
        ("079 555 0142", ""),
        ("one\nsara@example.org\ntwo", "one\n\ntwo"),
    ):
        assert without(text, find_traces(text)) == left

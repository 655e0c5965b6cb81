"""Texts compared, taken apart and put together: pure, and bounded."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mashrabiya.library.desk import rules
from mashrabiya.library.desk.tests.scene import AR, EN
from mashrabiya.library.desk.types import Piece
from mashrabiya.library.guides import shelf
from mashrabiya.library.guides.types import LANGS

TEXTS = st.text("ab# -\n:ا", max_size=120)


def said(lines: list[list[Piece]], without: str) -> str:
    """One of the two texts, out of what became of both."""
    kept = ["".join(piece.text for piece in line if piece.kind != without) for line in lines]
    return "\n".join(text for text in kept if text.strip())


def tidy(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if line.strip())


@given(TEXTS, TEXTS)
def test_what_is_compared_holds_both_texts_whole(before: str, after: str) -> None:
    lines = rules.lines_of(before, after)
    assert said(lines, "ins").split() == before.split() or tidy(before.strip()) == said(lines, "ins")
    assert said(lines, "del").split() == after.split() or tidy(after.strip()) == said(lines, "del")


@given(TEXTS)
def test_blocks_put_together_are_the_text_again(text: str) -> None:
    blocks = rules.blocks_of(text)
    assert rules.joined([block.text for block in blocks]).split() == text.split()
    assert len({block.name for block in blocks}) == len(blocks)


def test_a_heading_that_is_called_like_a_later_block_takes_no_words_away() -> None:
    text = EN + "\n## steps_1: Another\nKept.\n\n## steps 1: And one\nKept too.\n"
    assert len({block.name for block in rules.blocks_of(text)}) == len(rules.blocks_of(text))
    typed = [block.text for block in rules.beside(AR, AR, text)]
    assert sorted(rules.joined(typed).split()) == sorted(text.split())


def test_two_languages_of_the_shelf_stand_block_beside_block() -> None:
    for one in shelf.guides():
        ar, en = (rules.blocks_of(one.text(lang)) for lang in LANGS)
        assert [block.name for block in ar] == [block.name for block in en], one.slug


def test_a_step_more_in_the_original_has_an_empty_field() -> None:
    longer = EN.replace("### Stand up", "### Wait\nA while.\n### Stand up")
    blocks = rules.beside(longer, EN, AR)
    assert [block.heading for block in blocks if not block.text] == ["steps 3"]
    assert any(block.changed for block in blocks)


def test_nothing_changed_marks_nothing() -> None:
    assert not any(block.changed for block in rules.beside(EN, EN, AR))
    assert not rules.changed(rules.lines_of(EN, EN))


def test_headings_are_drawn_without_their_marks() -> None:
    rows = rules.rows_of(EN, EN.replace("## before: Is it safe here?", "## before: Is this place safe?"))
    kinds = {row.kind for row in rows}
    assert kinds == {"h2", "h3", "li", "p"}
    assert not any("##" in piece.text or "before:" in piece.text for row in rows for piece in row.pieces)
    assert [row.change for row in rows if row.change] == [1]


def test_a_point_whose_first_word_changed_stays_a_point() -> None:
    (row,) = [row for row in rules.rows_of("- What now?", "- Also: What now?") if row.change]
    assert row.kind == "li"
    assert not row.pieces[0].text.startswith("-")
    (row,) = [row for row in rules.rows_of("### Sit down", "### Please sit down") if row.change]
    assert row.kind == "h3"


def test_of_two_texts_that_are_too_long_one_went_and_the_other_came() -> None:
    lines = rules.lines_of("a\n" * 20_000, "a\n" * 20_001)
    assert {piece.kind for line in lines for piece in line} == {"del", "ins"}
    (one,) = rules.lines_of("a " * 20_000, "a " * 20_001)
    assert [piece.kind for piece in one] == ["del", "ins"]

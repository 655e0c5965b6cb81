"""A guide is read strictly: whatever is not its small markup is a fault, with its line."""

from __future__ import annotations

import re

import pytest

from mashrabiya.kernel.ids import new_id, show_id
from mashrabiya.library.guides import drawing, shelf
from mashrabiya.library.guides.reading import NEEDED, Known, Unreadable, Written, cited, read

WHOLE = """# A title
What it is for.

## before: A question?
Something. [WHO]

## steps: Two steps
### One
Do this [WHO, UN-1].
- a point **strong**
- [words](guide:other), [help](help:arrested), [law](country:)

### Two
And that [UN-1].

## unknown: What nobody knows
Nothing.

## think: For oneself
- Who?
- When?
"""
KNOWN = Known(frozenset({"WHO", "UN-1"}), frozenset({"other"}))


def _shape(written: Written) -> list[tuple[object, ...]]:
    """What has to be the same in both languages: sections, steps, points, sources of each."""
    shape: list[tuple[object, ...]] = []
    for part in written.parts:
        for blocks in (part.blocks, *(step.blocks for step in part.steps)):
            lines = [line for block in blocks for line in block.lines]
            points = sum(len(block.lines) for block in blocks if block.points)
            shape.append((part.key, points, frozenset(code for line in lines for code in cited(line))))
    return shape


def _known() -> Known:
    return Known({one.code for one in shelf.sources()}, {one.slug for one in shelf.guides()})


@pytest.mark.parametrize("slug", [one.slug for one in shelf.guides()])
def test_each_guide_of_the_shelf_says_the_same_in_both_languages(slug: str) -> None:
    ar, en = (read(shelf.text_of(slug, lang), _known()) for lang in ("ar", "en"))
    assert _shape(ar) == _shape(en)
    assert len(ar.parts) == len(en.parts) >= len(NEEDED)
    for written in (ar, en):
        assert not re.search("!", " ".join(written.words))


def test_the_shelf_is_whole() -> None:
    assert len(shelf.guides()) == 33
    texts = {path.name for path in (shelf.FOLDER / "guides").iterdir()}
    assert texts == {f"{one.slug}.{lang}.md" for one, lang in shelf.texts()}
    assert all(one.reviewers and one.months for one in shelf.guides())
    assert all(one.supports_ar and one.supports_en and one.publisher for one in shelf.sources())


def test_no_two_titles_are_the_same() -> None:
    for lang in ("ar", "en"):
        titles = [read(shelf.text_of(one.slug, lang)).title for one in shelf.guides()]
        assert len(set(titles)) == len(titles)


def test_a_guide_is_read_and_drawn() -> None:
    other = new_id()
    parts = drawing.draw(read(WHOLE, KNOWN), "en", {"other": other})
    assert [section.key for section in parts.sections] == ["before", "steps", "unknown"]
    assert parts.think == ("Who?", "When?")
    assert parts.sources == ("WHO", "UN-1")
    assert parts.links == (f"/y/{show_id(other)}", "/y/w")
    first = parts.sections[1].steps[0].html
    assert '<a href="/h?s=1">help</a>' in first
    assert "<strong>strong</strong>" in first
    assert '<sup><a href="#s1">[1]</a> <a href="#s2">[2]</a></sup>' in first
    assert drawing.unpack(drawing.pack(parts)) == parts


def test_digits_of_sources_are_those_of_the_language() -> None:
    assert "[١]" in drawing.draw(read(WHOLE, KNOWN), "ar", {"other": new_id()}).sections[0].html


def test_links_that_lead_nowhere_are_plain_words() -> None:
    html = '<p><a href="/y/w">law</a> and <a href="/h?s=1">help</a></p>'
    assert drawing.without(html, lambda _address: False) == '<p>law and <a href="/h?s=1">help</a></p>'


@pytest.mark.parametrize(
    ("was", "now", "line", "why"),
    [
        ("# A title", "A title", 1, "title"),
        ("# A title", "# " + "a" * 161, 1, "title_long"),
        ("What it is for.\n", "", 3, "lead"),
        ("What it is for.", "One.\n\nTwo.", 6, "lead"),
        ("## before: A question?", "## first: A question?", 4, "section"),
        ("## before: A question?", "## before", 4, "section"),
        ("## before: A question?", "#### before: A question?", 4, "section"),
        ("Something. [WHO]", "", 4, "empty"),
        ("Something. [WHO]", "Something. [NOBODY]", 5, "source"),
        ("Something. [WHO]", "Something <b>bold</b>", 5, "markup"),
        ("Something. [WHO]", "See https://elsewhere.example", 5, "markup"),
        ("Something. [WHO]", "See [this](https://elsewhere.example)", 5, "link"),
        ("Something. [WHO]", "See [this](javascript:alert)", 5, "link"),
        ("Something. [WHO]", "See [this](guide:nothing)", 5, "link"),
        ("Something. [WHO]", "See [this](help:nothing)", 5, "link"),
        ("Something. [WHO]", "One **strong", 5, "markup"),
        ("Something. [WHO]", "a" * 2001, 5, "line_long"),
        ("## steps: Two steps", "## steps: Two steps\nBefore them.", 7, "steps"),
        ("### Two\nAnd that [UN-1].", "### Two", 13, "empty"),
        ("- Who?\n- When?", "Who?", 19, "think"),
        ("## unknown: What nobody knows\nNothing.\n", "", 1, "order"),
        ("# A title", "# A title" + "\n" * 20_000, 1, "long"),
    ],
)
def test_each_fault_is_told_with_its_line(was: str, now: str, line: int, why: str) -> None:
    assert was in WHOLE
    with pytest.raises(Unreadable) as caught:
        read(WHOLE.replace(was, now, 1), KNOWN)
    assert (line, f"library.guides.fault_{why}") in [(fault.line, fault.why) for fault in caught.value.faults]


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(Unreadable) as caught:
        read(WHOLE.replace("[WHO]", "[NOBODY]").replace("Nothing.", "`x`"), KNOWN)
    assert [fault.line for fault in caught.value.faults] == [5, 17]


@pytest.mark.parametrize(
    "text", ["", "\n", "#", "## ", "\x00", "# x\n\n# x", "# ش\n\u202e\n## before: x", "- [" * 4000]
)
def test_what_is_no_guide_never_breaks_the_reader(text: str) -> None:
    with pytest.raises(Unreadable):
        read(text)


def test_nothing_typed_becomes_markup() -> None:
    written = read(WHOLE.replace("Something.", 'Fish & "chips" \' here.'), KNOWN)
    assert 'Fish &amp; "chips" \' here.' in drawing.draw(written, "en", {"other": new_id()}).sections[0].html

"""References stand in a text without being typed, and nothing but their place in plain words shows them."""

from __future__ import annotations

import pytest

from mashrabiya.platform import markdown
from mashrabiya.platform.markdown.text import harmless

WHO = bytes(range(16))
IT = markdown.reference(WHO)


def test_a_reference_cannot_be_typed() -> None:
    assert harmless(IT) == f"@{WHO.hex()}"
    assert not markdown.holds_reference(harmless(IT))


@pytest.mark.parametrize("text", [IT, f"**{IT}**", f"> {IT} نور", f"- a\n- {IT}", f"# {IT}", f"a_{IT}_ b"])
def test_in_plain_words_it_passes_both_walls(text: str) -> None:
    assert markdown.render(text).count(IT) == 1
    assert markdown.drawn(markdown.render(text), lambda who: "x" if who == WHO else "").count("x") == 1


@pytest.mark.parametrize(
    "text", [f"`{IT}`", f"    {IT}", f"[{IT}](/t)", f"<b title='{IT}'>", f"![{IT}](https://a.example/x)"]
)
def test_elsewhere_it_is_nobody(text: str) -> None:
    html = markdown.render(text, seal_link=lambda address: f"/l?{len(address)}")
    assert IT not in html
    assert WHO.hex() not in html
    assert "@…" in html


@pytest.mark.parametrize(
    "text", [f"[a](/{IT})", f"https://a.example/{IT} b", f"[a](https://a.example/?{IT})"]
)
def test_no_address_has_one(text: str) -> None:
    html = markdown.render(text, seal_link=lambda address: f"/l?{address}")
    assert all(WHO.hex() not in part.split('"')[0] for part in html.split('href="')[1:])


def test_words_and_excerpts_say_nobody() -> None:
    assert markdown.plain(f"So *says* {IT}, **{IT}**") == "So says @…, @…"
    assert markdown.excerpt(f"{IT} said that mint grows in the shade", 20) == "@… said that mint…"
    assert markdown.nameless(f"a {IT}") == "a @…"


def test_references_are_read_in_order() -> None:
    other = markdown.reference(markdown.NOBODY)
    text = f"{IT} {other} {IT}"
    assert markdown.each_reference(text) == [WHO, markdown.NOBODY, WHO]
    assert markdown.referred([text, "a"]) == {WHO, markdown.NOBODY}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("a @b \\@c", [("a @b ", False), ("@c", False)]),
        ("نعم @b é\n> @q `c`\nlazy", [("نعم @b é", False), ("@q ", True), ("lazy", True)]),
        ("[@a](/t) b\n\n    @code\n\n😀 @d", [(" b", False), ("😀 @d", False)]),
        ("a_b_c & d", [("a_b_c & d", False)]),
        ("\ud800 @a", [("\ud800 @a", False)]),
        ("", []),
    ],
)
def test_plain_words_are_found_where_they_stand(source: str, found: list[tuple[str, bool]]) -> None:
    assert [(source[run.start : run.stop], run.quoted) for run in markdown.runs(source)] == found

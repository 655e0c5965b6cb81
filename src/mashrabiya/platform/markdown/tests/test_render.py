"""T28: what a post may show, and what it must never do to its readers."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mashrabiya.platform.markdown import LONGEST, excerpt, plain
from mashrabiya.platform.markdown.render import _events
from mashrabiya.platform.markdown.renderer import Renderer
from mashrabiya.platform.markdown.tests.seen import ATTRIBUTES, TAGS, Seen, seal, shown
from mashrabiya.platform.markdown.wall import clean


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("word", '<p dir="auto">word</p>\n'),
        (
            "*a* **b** ~~c~~ `d`",
            '<p dir="auto"><em>a</em> <strong>b</strong> <del>c</del> <code>d</code></p>\n',
        ),
        ("one\ntwo", '<p dir="auto">one<br>\ntwo</p>\n'),
        ("one\r\ntwo", '<p dir="auto">one<br>\ntwo</p>\n'),
        ("# title", '<h3 dir="auto">title</h3>\n'),
        ("###### title", '<h6 dir="auto">title</h6>\n'),
        ("- a\n- b", '<ul dir="ltr">\n<li>a</li>\n<li>b</li>\n</ul>\n'),
        ("3. a", '<ol start="3" dir="ltr">\n<li>a</li>\n</ol>\n'),
        ("> مرحبا", '<blockquote dir="rtl">\n<p dir="auto">مرحبا</p>\n</blockquote>\n'),
        ("- 1\n- ب\n- c", '<ul dir="rtl">\n<li>1</li>\n<li>ب</li>\n<li>c</li>\n</ul>\n'),
        ("- 1", '<ul dir="auto">\n<li>1</li>\n</ul>\n'),
        ("```\na < b\n```", '<pre dir="auto"><code>a &lt; b\n</code></pre>\n'),
        ("---", "<hr>\n"),
        ("", ""),
        ("a & b", '<p dir="auto">a &amp; b</p>\n'),
    ],
)
def test_what_is_typed_reads_as_meant(text: str, html: str) -> None:
    assert shown(text) == html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "a <b onmouseover=alert(1)>b</b>",
        "<a href='javascript:alert(1)'>x</a>",
        "<iframe srcdoc='<script>alert(1)</script>'>",
        "<math><mtext></mtext><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
        "<style>*{color:red}</style>",
        "<form action=//evil.example><input name=pass>",
        "<base href=//evil.example>",
        "<meta http-equiv=refresh content='0;url=//evil.example'>",
        "<!-- --><!--><script>alert(1)</script>-->",
        "<![CDATA[<script>alert(1)</script>]]>",
        "<?php echo 1 ?>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "`<script>`",
        "```<script>\n</code></pre><script>alert(1)</script>\n```",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    ],
)
def test_typed_html_is_shown_as_typed_and_never_lives(text: str) -> None:
    html = shown(text)
    seen = Seen(html)
    assert set(seen.tags) <= {"p", "br", "code", "pre"}
    assert {name for name, _ in seen.attributes} <= {"dir"}
    assert plain(text) in " ".join(seen.text.split()) or "`" in text


@pytest.mark.parametrize(
    "mark", ["\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069"]
)
def test_nobody_turns_the_words_of_others(mark: str) -> None:
    for text in (f"a{mark}b", f"a&#x{ord(mark):x};b", f"`a{mark}b`", f"<i{mark}>", f"[a{mark}](/h)"):
        assert mark not in shown(text)
        assert mark not in plain(text)


@pytest.mark.parametrize("mark", ["\u200c", "\u200d", "\u200e", "\u200f"])
def test_joiners_and_direction_marks_stay(mark: str) -> None:
    assert mark in shown(f"می{mark}خواهم")


def test_no_control_character_passes() -> None:
    typed = "".join(map(chr, range(32))) + "\x7f\x85\ud800x"
    assert (
        set(shown(typed + "&#1;&#27;")) & {*map(chr, [*range(9), *range(11, 32), 0x7F, 0x85]), "\ud800"}
        == set()
    )


WORST = ["[", "*", "`", "> ", "![", "<", "**a ", "_a ", "[a](", "~~", "- ", "1. ", "#", "&", "http://", "\\"]
WORST += [
    "https://a.b/(",
    "<!--",
    "[a]: b\n",
    "[[]]",
    "*_",
    "a\n",
    "```\n",
    "> - ",
    "<a>\n\n",
    "\u202e",
    "😀",
    "ب",
]


@pytest.mark.parametrize("piece", WORST)
def test_the_worst_texts_nest_little(piece: str) -> None:
    html = shown((piece * LONGEST)[:LONGEST])
    assert Seen(html).deepest < 40


def test_work_grows_with_the_text_and_not_faster() -> None:
    for piece in WORST:
        half, whole = (
            min(_cost((piece * LONGEST)[:size]) for _ in range(3)) for size in (LONGEST // 2, LONGEST)
        )
        assert whole < 4 * half + 0.002, piece


def _cost(text: str) -> float:
    began = time.process_time()
    shown(text)
    return time.process_time() - began


def test_longer_texts_are_refused() -> None:
    with pytest.raises(ValueError, match="20001"):
        shown("x" * (LONGEST + 1))


_MARKS = [
    "[",
    "](",
    ")",
    "*",
    "_",
    "`",
    "~~",
    "<",
    ">",
    "\n",
    "\n\n",
    "- ",
    "1. ",
    "> ",
    "    ",
    "#",
    "&",
    ";",
    "![",
]
_MARKS += [
    "https://a.b/",
    "//x",
    "javascript:",
    "/h",
    "\\",
    '"',
    "'",
    "<script>",
    "<a href=",
    "</p>",
    "<!--",
    "-->",
]
_MARKS += [
    "x",
    "ب",
    "\u202e",
    "\u00a0",
    "\x00",
    "[a]: https://b.c\n",
    "```",
    "&#x202e;",
    "&lt;",
    "&quot;",
    "|",
]


@given(st.lists(st.sampled_from(_MARKS), max_size=40).map("".join) | st.text(max_size=200))
def test_the_second_wall_finds_nothing_to_take_away(text: str) -> None:
    html = Renderer(seal).run(_events(text))
    assert clean(html) == html
    seen = Seen(html)
    assert set(seen.tags) <= TAGS
    assert {name for name, _ in seen.attributes} <= ATTRIBUTES
    assert all(link.startswith("/") and not link.startswith("//") for link in seen.links)
    assert all("://" not in link for link in seen.links)


@given(st.text(max_size=200))
def test_the_second_wall_stands_alone(text: str) -> None:
    seen = Seen(
        clean(text + "<a href='https://a.example'>x</a><a href='//b.example'>y</a><img src=/z onload=x>")
    )
    assert set(seen.tags) <= TAGS
    assert not [link for link in seen.links if not link.startswith("/") or link.startswith("//")]


def test_plain_words() -> None:
    assert plain("# A *b*c\n\n- d [e](https://f.example)\n\n`g` <i>h</i>") == "A bc d e g <i>h</i>"


@pytest.mark.parametrize(
    ("text", "cut"),
    [("one two three", "one two three"), ("one two three four", "one two…"), ("x" * 40, "x" * 12 + "…")],
)
def test_an_excerpt_ends_after_a_word(text: str, cut: str) -> None:
    assert excerpt(text, 13) == cut

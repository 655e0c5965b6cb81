"""What a post may show, and what it must never do to its readers."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mashrabiya.platform.markdown import LONGEST, excerpt, links_lead_through, plain, render
from mashrabiya.platform.markdown.render import _events, _seal
from mashrabiya.platform.markdown.renderer import Renderer
from mashrabiya.platform.markdown.wall import REL, clean

TAGS = {"p", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "em", "strong", "del"}
TAGS |= {"a", "br", "hr"}
ATTRIBUTES = {"dir", "href", "rel", "start"}


def seal(address: str) -> str:
    return "/away?u=" + address.replace(":", "%3A").replace("/", "%2F") + "&m=ab"


def shown(text: str) -> str:
    return render(text, seal_link=seal)


class Seen(HTMLParser):
    """What a browser would make of it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.depth = self.deepest = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        self.depth += tag not in {"br", "hr"}
        self.deepest = max(self.deepest, self.depth)

    def handle_endtag(self, tag: str) -> None:
        self.depth -= 1

    def handle_data(self, data: str) -> None:
        self.text += data

    @property
    def links(self) -> list[str]:
        return [value for name, value in self.attributes if name == "href"]


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
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java&#10;script:alert(1)",
        "&#106;avascript:alert(1)",
        "java\\script:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://a.example/x",
        "mailto:a@b.example",
        "tel:+962791234567",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/&#9;/evil.example",
        "https:evil.example",
        "https:///evil.example",
        "https:/evil.example",
        "https://bank.example@evil.example",
        "https://bank.example:pass@evil.example/",
        "https://evil.example\\@bank.example",
        "https://127.0.0.1/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://[::1]/",
        "https://localhost/",
        "https://-/",
        "https://a.example:99999/",
        "https://a..example/",
        "https://exa&#x202e;mple.com/",
        "https://exa&#x200b;mple.com/",
        "blob:https://a.example/1",
        "relative/path",
        "?query",
        "#part",
    ],
)
def test_what_is_no_address_of_the_web_or_path_of_ours_is_no_link(address: str) -> None:
    for text in (f"[words]({address})", f"[words](<{address}>)", f"<{address}>", f"![words]({address})"):
        assert Seen(shown(text)).links == []


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://a.example", "https://a.example"),
        ("HTTP://A.Example/P", "http://a.example/P"),
        ("https://a.example:8443/x?y=1&z=2#w", "https://a.example:8443/x?y=1&z=2#w"),
        ("https://مثال.إختبار/صفحة", "https://xn--mgbh0fb.xn--kgbechtv/%D8%B5%D9%81%D8%AD%D8%A9"),
        ("https://аррӏе.com", "https://xn--80ak6aa92e.com"),
        ("https://a.example/%2e%2e", "https://a.example/%2e%2e"),
        ("https://a.example/&quot;&gt;&lt;img&gt;", "https://a.example/%22%3E%3Cimg%3E"),
        ("https://ａ.example", "https://a.example"),
        ("http://abc.onion/", "http://abc.onion/"),
    ],
)
def test_a_link_outside_goes_through_the_leaving_page(address: str, link: str) -> None:
    html = shown(f"[words](<{address}>)")
    seen = Seen(html)
    assert seen.links == [seal(link)]
    assert ("rel", REL) in seen.attributes


def test_a_path_of_this_house_stays_as_it_is() -> None:
    assert Seen(shown("[w](/t/abc?n=3#x)")).links == ["/t/abc?n=3#x"]


def test_without_a_seal_no_link_leads_out() -> None:
    text = "[w](https://a.example) https://a.example [own](/h)"
    with unsealed():
        assert Seen(render(text)).links == ["/h"]


def test_the_seal_said_at_start_is_used() -> None:
    with unsealed():
        links_lead_through(seal)
        assert Seen(render("https://a.example")).links == [seal("https://a.example")]


@contextmanager
def unsealed() -> Iterator[None]:
    said, _seal[:] = list(_seal), []
    yield
    _seal[:] = said


def test_titles_of_links_are_dropped() -> None:
    assert "title" not in shown('[w](https://a.example "onload=alert(1)")')


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("see https://a.example/x.", "."),
        ("(https://a.example/x)", ")"),
        ("https://a.example/x، ثم", "، ثم"),
        ("«https://a.example/x»", "»"),
        ("وhttps://a.example/x؟", "؟"),
        ("<b>https://a.example/x</b>", "</b>"),
        ("**https://a.example/x**", ""),
    ],
)
def test_a_bare_address_becomes_a_link_without_the_marks_of_its_sentence(text: str, rest: str) -> None:
    seen = Seen(shown(text))
    assert seen.links == [seal("https://a.example/x")]
    assert seen.text.strip().endswith("https://a.example/x" + rest)


def test_brackets_that_opened_in_an_address_belong_to_it() -> None:
    assert Seen(shown("https://a.example/x_(y)")).links == [seal("https://a.example/x_(y)")]


def test_a_picture_is_a_link_to_it() -> None:
    seen = Seen(shown("![a cat](https://a.example/cat.png)"))
    assert (seen.tags, seen.text.strip()) == (["p", "a"], "a cat")


def test_a_link_without_words_shows_its_address() -> None:
    assert Seen(shown("[](https://a.example) ![](https://a.example)")).text.count("https://a.example") == 2


@pytest.mark.parametrize(
    "text",
    [
        "[a [b](https://b.example) c](https://a.example)",
        "[![[x](https://b.example)](https://c.example)](https://a.example)",
        "[https://b.example](https://a.example)",
        "![https://b.example](https://a.example)",
    ],
)
def test_links_never_nest(text: str) -> None:
    assert len(re.findall(r"<a [^>]*>(?:(?!</a>).)*<a ", shown(text))) == 0


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
def test_the_worst_texts_take_little_time_and_nest_little(piece: str) -> None:
    began = time.process_time()
    html = shown((piece * LONGEST)[:LONGEST])
    assert time.process_time() - began < 0.25
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

"""T28: where a link of a post may lead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from mashrabiya.platform.markdown import links_lead_through, render
from mashrabiya.platform.markdown.render import _seal
from mashrabiya.platform.markdown.tests.seen import Seen, seal, shown
from mashrabiya.platform.markdown.wall import REL


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

"""T28: the leaving page says where a link leads, and leads nowhere that we did not seal."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import quote

import pytest

from mashrabiya.platform.leaving import sealer
from mashrabiya.platform.markdown import render
from mashrabiya.testing.house import TestHouse


@pytest.mark.parametrize("language", ["ar", "en"])
def test_it_shows_the_host_and_leads_on(house: TestHouse, language: str) -> None:
    path = sealer(house.keys)("https://example.org/a?b=1&c=2")
    found = house.browser(language).get(path)
    assert found.status == 200
    assert '<bdi dir="ltr">example.org</bdi>' in found.text
    assert 'href="https://example.org/a?b=1&c=2" rel="nofollow noopener noreferrer"' in unescape(found.text)
    assert ("referrer-policy", "no-referrer") in found.headers
    assert "example" not in found.text.partition("</title>")[0]


def test_a_host_in_other_letters_is_shown_in_both_ways(house: TestHouse) -> None:
    text = house.browser().get(sealer(house.keys)("https://xn--80ak6aa92e.com")).text
    assert "xn--80ak6aa92e.com" in text
    assert "аррӏе.com" in text


def test_an_open_line_is_named(house: TestHouse) -> None:
    seal = sealer(house.keys)
    assert "not encrypted" in house.browser().get(seal("http://example.org")).text
    assert "not encrypted" not in house.browser().get(seal("https://example.org")).text
    assert "not encrypted" not in house.browser().get(seal("http://example.onion")).text


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "//evil.example", "https://a@evil.example", "/h", "HTTPS://a.example"]
)
def test_even_sealed_it_leads_to_plain_web_addresses_only(house: TestHouse, address: str) -> None:
    missing = house.browser().get("/away")
    found = house.browser().get(sealer(house.keys)(address))
    assert (found.status, found.body) == (404, missing.body)


def test_what_we_did_not_seal_does_not_exist(house: TestHouse) -> None:
    path = sealer(house.keys)("https://example.org")
    other = path.replace("example.org", "evil.example")
    for wrong in [
        "/away",
        other,
        path[:-1],
        path + "0",
        path[:-32] + "é" * 4,
        "/away?u=" + quote("https://a.example"),
    ]:
        found = house.browser().get(wrong)
        assert (found.status, found.body) == (404, house.browser().get("/nothing").body)


def test_the_links_of_posts_lead_there(house: TestHouse) -> None:
    (path,) = re.findall(r'href="([^"]+)"', render("see https://example.org/a?b=1&c=2"))
    found = house.browser().get(unescape(path))
    assert found.status == 200
    assert "example.org" in found.text

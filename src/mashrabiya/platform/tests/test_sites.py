"""Names by which a house is reached: taken in one form, and refused with a reason."""

from __future__ import annotations

import pytest

from mashrabiya.platform.sites import NotASite, address_of, site_of

# The Tor Project's own, so that somebody else's arithmetic is held against ours.
TOR = "2gzyxa5ihm7nsggfxnu52rck2vv4rvmdlkiu3zzui5du4xyclen53wid.onion"


@pytest.mark.parametrize(
    ("typed", "site"),
    [
        ("house.example", "house.example"),
        (" House.Example. ", "house.example"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("بيت.example", "xn--ngbe9g.example"),
        ("xn--ngbe9g.example", "xn--ngbe9g.example"),
        (TOR, TOR),
        (TOR.upper(), TOR),
        (f"www.{TOR}", f"www.{TOR}"),
    ],
)
def test_a_name_is_kept_as_browsers_send_it(typed: str, site: str) -> None:
    assert site_of(typed) == site


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("https://house.example", "more"),
        ("house.example/in", "more"),
        ("house.example:443", "more"),
        ("alice@house.example", "more"),
        ("[::1]", "more"),
        ("192.0.2.7", "number"),
        ("", "wrong"),
        (".", "wrong"),
        ("house", "wrong"),
        ("*.example", "wrong"),
        ("two words.example", "wrong"),
        ("a..example", "wrong"),
        ("-house.example", "wrong"),
        ("house_.example", "wrong"),
        ("xn--a.example", "wrong"),
        (f"{'a' * 64}.example", "wrong"),
        ("a." * 200 + "example", "wrong"),
        ("house.example\r\nx: y.example", "more"),
        ("house\x00.example", "wrong"),
        ("facebookcorewwwi.onion", "onion"),
        (f"{TOR[1:]}", "onion"),
        (f"a{TOR[1:]}", "onion"),
        (f"{TOR[:-8]}1ad.onion", "onion"),
    ],
)
def test_what_is_no_name_is_refused_with_its_reason(typed: str, why: str) -> None:
    with pytest.raises(NotASite, match=f"^{why}$"):
        site_of(typed)


def test_an_onion_is_reached_without_https() -> None:
    assert address_of("house.example") == "https://house.example"
    assert address_of(TOR) == f"http://{TOR}"

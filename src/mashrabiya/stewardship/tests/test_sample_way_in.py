"""The way into a sample, and that it stays one: everybody can sign in, and nothing makes it real."""

from __future__ import annotations

import re

import pytest

from mashrabiya.kernel.viewer import CARE, HOST
from mashrabiya.people.flows import recover, sign_in
from mashrabiya.stewardship.sample import Sample, credentials
from mashrabiya.stewardship.tests.sampled import SMALL, sampled
from mashrabiya.testing.house import TestHouse


@pytest.fixture
def small(house: TestHouse) -> Sample:
    return sampled(house, SMALL, decided=False)


def test_everybody_can_sign_in(house: TestHouse, small: Sample) -> None:
    known = credentials(house.database, small)["members"]
    assert len(known) == SMALL.members
    for one in known:
        assert sign_in(house.site, one["sign_in_name"], one["passphrase"])


def test_a_code_of_the_file_leads_back(house: TestHouse, small: Sample) -> None:
    known = credentials(house.database, small)["members"][4]
    recover(house.site, known["recovery_codes"][3], "somebody", "a new lamp behind the bread")
    assert sign_in(house.site, "somebody", "a new lamp behind the bread")


def test_the_file_names_every_role(house: TestHouse, small: Sample) -> None:
    known = credentials(house.database, small)["members"]
    roles = {(one["role"], one["standing"]) for one in known}
    assert roles >= {
        ("host", "established"),
        ("carer", "established"),
        ("member", "established"),
        ("member", "new"),
    }
    assert small.personas["lantern"].roles == {HOST, CARE}


def test_its_paths_open_to_those_it_says(house: TestHouse, small: Sample) -> None:
    known = credentials(house.database, small)
    alice = known["members"][0]
    browser = house.browser("ar")
    assert browser.get(known["threads"]["public"]).status == 200
    assert browser.get(known["threads"]["hidden"]).status == 404
    signed = house.browser("ar")
    signed.cookies["__Host-v"] = sign_in(house.site, alice["sign_in_name"], alice["passphrase"]).text
    for path in (
        *alice["personas"][0]["communities"],
        alice["personas"][0]["path"],
        known["threads"]["fresh"],
    ):
        assert signed.get(path).status == 200


def test_no_form_of_its_hosts_makes_it_real(house: TestHouse, small: Sample) -> None:
    mona = house.browser("en")
    known = next(one for one in credentials(house.database, small)["members"] if one["role"] == "host")
    mona.cookies["__Host-v"] = sign_in(house.site, known["sign_in_name"], known["passphrase"]).text
    sent = 0
    for path in sorted({"/o", *re.findall(r'href="(/o/[a-z0-9/_-]+)"', mona.get("/o").text)}):
        for sheet in mona.get(path).forms:
            if sheet.action.startswith("/o"):
                wishes = {"sample": "", "open": "1", "argon_memory": "65536"}
                assert mona.post(sheet.action, {**sheet.fields, **wishes}).status < 500
                sent += 1
    assert sent > 3
    house.site.held.refresh()
    assert house.site.house.sample


def test_it_can_never_become_a_real_house(house: TestHouse, small: Sample) -> None:
    with pytest.raises(ValueError, match="never become a real house"):
        house.change(sample=False)
    assert house.site.house.sample


def test_every_page_says_that_it_is_a_sample(house: TestHouse, small: Sample) -> None:
    browser = house.browser("ar")
    for path in ("/", "/c", "/t", "/in", "/k"):
        assert 'class="sample"' in browser.get(path).text, path

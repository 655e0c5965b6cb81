"""T14 and T24 for every route there is: who may not, finds nothing; what is not ours, changes nothing."""

from __future__ import annotations

import pytest

from mashrabiya import main
from mashrabiya.platform.web import tokens
from mashrabiya.platform.web.routes import Access, Route
from mashrabiya.testing.browser import Browser, Page
from mashrabiya.testing.house import TestHouse
from tests.addresses import filled
from tests.furnished import Furnished

POSTS = [route for route in main.ROUTES if route.method == "POST"]
OF_DESK = {("GET", "/o/d", Access.HOST), ("POST", "/o/d", Access.HOST)}
OF_LIBRARY = {
    ("GET", "/o/y", Access.HOST),
    ("POST", "/o/y", Access.HOST),
    ("POST", "/o/y/{guide:str}", Access.HOST),
}
FOREIGN = (
    {"origin": "https://evil.example"},
    {"origin": "http://localhost.evil"},
    {"sec_fetch_site": "cross-site"},
    {"sec_fetch_site": "same-site"},
)
WORDS = {
    "body": "typed words",
    "title": "typed",
    "name": "typed",
    "text": "typed",
    "about": "typed",
    "note": "typed",
}


@pytest.fixture
def furnished(house: TestHouse) -> Furnished:
    house.site.rooms["limits"].on = False
    return Furnished(house)


def addresses(furnished: Furnished, route: Route) -> list[str]:
    """One that is there, or every one of them where the route is for what belongs to somebody."""
    return list(filled(route.path, furnished.known()))


def hers(who: str) -> list[Route]:
    """A host tries what is for hosts; everything else is tried by a member to whom more of it opens."""
    return [route for route in main.ROUTES if (route.access is Access.HOST) == (who == "host")]


def programs(furnished: Furnished, who: str) -> dict[str, str]:
    """What a program of hers sends with everything it asks."""
    person = furnished.people[who]
    browser = furnished.house.browser()
    opening = b'{"sign_in_name":"%s","passphrase":"%s"}' % (person.name.encode(), person.passphrase.encode())
    told = browser.send("/api/session", opening, content_type="application/json").text
    return {"authorization": "Bearer " + told.split('"token":"')[1].split('"')[0]}


def send(
    furnished: Furnished, who: str, route: Route, path: str, bearer: dict[str, str], **headers: str
) -> Page:
    """As she sends it, with the right token of the form: all of it but where it comes from."""
    browser = furnished.browser(who)
    if route.api:
        return browser.send(path, b'{"body":"typed words"}', method=route.method, **bearer, **headers)
    token = tokens.make(furnished.house.keys, furnished.people[who].viewer, route.path)
    return browser.post(path, {"_f": token, **WORDS}, **headers)


@pytest.mark.parametrize("who", ["alice", "host"])
def test_t14_nothing_is_taken_from_another_site(furnished: Furnished, who: str) -> None:
    bearer, before = programs(furnished, who), furnished.rows()
    for route in (route for route in hers(who) if route.method != "GET"):
        for path in addresses(furnished, route):
            for headers in FOREIGN:
                answer = send(furnished, who, route, path, bearer, **headers)
                assert answer.status == 404, (path, headers)
        assert furnished.rows() == before, route.path


@pytest.mark.parametrize("who", ["alice", "host"])
def test_t14_a_form_without_its_own_token_changes_nothing(furnished: Furnished, who: str) -> None:
    """Neither without one, nor with a made-up one, that of another form, of another person, of a visitor."""
    viewer, keys, before = furnished.people[who].viewer, furnished.house.keys, furnished.rows()
    for route in hers(who):
        if route.method != "POST" or route.api or route.tokenless:
            continue
        wrong = [
            "",
            "0" * 64,
            tokens.make(keys, viewer, "/me/out" if route.path != "/me/out" else "/me"),
            tokens.make(keys, furnished.people["bob"].viewer, route.path),
            tokens.make(keys, furnished.house.visitor(), route.path),
        ]
        for path in addresses(furnished, route):
            for token in wrong:
                answer = furnished.browser(who).post(path, {**WORDS, "_f": token})
                # Whoever may not enter is told so before anybody looks at the form.
                expected = 403 if may_enter(who, route) else 404
                assert answer.status == expected, (path, token)
                assert "typed words" in answer.text
        assert furnished.rows() == before, route.path


@pytest.mark.parametrize("who", ["alice", "host"])
def test_t14_a_session_opens_no_door_of_programs_and_a_token_no_page(furnished: Furnished, who: str) -> None:
    """A cookie that a browser sends by itself does nothing at the doors where no form is asked for its token."""
    bearer, before = programs(furnished, who), furnished.rows()
    for route in main.ROUTES:
        path = addresses(furnished, route)[0]
        if route.api and route.access is not Access.ANYONE:
            answer = furnished.browser(who).send(path, b'{"body":"words"}', method=route.method)
            assert answer.status == 401, path
        elif not route.api and route.access is not Access.ANYONE and route.method == "GET":
            assert furnished.house.browser().get(path, **bearer).status == 404, path
    assert furnished.rows() == before


def test_t14_the_doors_without_a_token_are_these(furnished: Furnished) -> None:
    """Each does nothing that could be done to somebody: it ends, freezes, or changes this browser's look."""
    assert {route.path for route in POSTS if route.tokenless} == {
        "/x",
        "/v",
        "/u",
        "/s",
        "/join/to",
        "/c",
        "/y/w",
        "/h",
        "/y/s",
        "/y/e",
        "/y/v",
        "/q",
    }


ROLES = {
    "visitor": set[Access](),
    "nobody yet": {Access.ACCOUNT},
    "bob": {Access.ACCOUNT, Access.PERSONA},
    "mona": {Access.ACCOUNT, Access.PERSONA},
    "carer": {Access.ACCOUNT, Access.PERSONA, Access.CARE},
    "host": {Access.ACCOUNT, Access.PERSONA, Access.HOST},
}


def may_enter(who: str, route: Route) -> bool:
    return route.access is Access.ANYONE or route.access in ROLES.get(who, ROLES["bob"])


@pytest.mark.parametrize("who", ROLES)
def test_t24_every_route_opens_to_its_roles_alone(furnished: Furnished, who: str) -> None:
    """To everybody else it is as if it did not exist."""
    browser = furnished.browser(who)
    bearer = programs(furnished, who) if who != "visitor" else {}
    for route in (route for route in main.ROUTES if not may_enter(who, route)):
        # Where everybody has a tab, an address of nothing stands under it too.
        nowhere = "/y/nowhere" if route.path.startswith("/y/") else "/nowhere"
        nothing = browser.get(nowhere)
        for path in addresses(furnished, route):
            answer = ask(browser, route, path, bearer)
            if route.api:
                assert answer.status == (401 if who == "visitor" else 403), path
            elif route.access is Access.PERSONA and who != "visitor":
                assert (answer.status, answer.location) in {(303, "/me/p/new"), (403, "")}, path
            elif route.method == "POST" and who == "visitor":
                assert "typed words" in answer.text, path
                assert told_of(answer) == told_of(ask(browser, route, nowhere, bearer)), path
            elif route.method == "POST":
                assert told_of(answer) == told_of(ask(browser, route, nowhere, bearer)), path
            else:
                assert (answer.status, answer.headers, answer.body) == (404, nothing.headers, nothing.body), (
                    path
                )


def ask(browser: Browser, route: Route, path: str, bearer: dict[str, str]) -> Page:
    if route.api:
        return browser.send(
            path, b'{"body":"typed words"}' * (route.method == "POST"), method=route.method, **bearer
        )
    return browser.get(path) if route.method == "GET" else browser.post(path, WORDS)


def told_of(page: Page) -> tuple[int, str]:
    """What stands on it, one-time names and the very address that was asked apart."""
    import re

    return page.status, re.sub(r'name="(_f|kept_path)" value="[^"]*"', "", page.text)


OF_THE_LIBRARY = {
    ("GET", "/y/v/new", Access.HOST),
    ("POST", "/y/v/new", Access.HOST),
    ("GET", "/y/v/{concept:str}/edit", Access.HOST),
    ("POST", "/y/v/{concept:str}/edit", Access.HOST),
    ("POST", "/y/v/{concept:str}/hide", Access.HOST),
    ("GET", "/y/v/{concept:str}/w/{n:str}", Access.HOST),
    ("POST", "/y/v/{concept:str}/w/{n:str}", Access.HOST),
    ("POST", "/y/v/{concept:str}/w/{n:str}/d", Access.HOST),
    ("GET", "/y/v/{concept:str}/old", Access.HOST),
    ("POST", "/y/v/{concept:str}/old", Access.HOST),
    ("GET", "/o/d", Access.HOST),
    ("POST", "/o/d", Access.HOST),
    ("GET", "/y/s/h/csv", Access.HOST),
    ("GET", "/y/s/h/in", Access.HOST),
    ("POST", "/y/s/h/in", Access.HOST),
    ("GET", "/y/s/h/new", Access.HOST),
    ("POST", "/y/s/h/new", Access.HOST),
    ("GET", "/y/s/{service:str}/h", Access.HOST),
    ("POST", "/y/s/{service:str}/h", Access.HOST),
    ("POST", "/y/s/{service:str}/p", Access.HOST),
}


OF_THE_MACHINE = {
    ("GET", "/o/u", Access.HOST),
    ("POST", "/o/u", Access.HOST),
    ("GET", "/o/c", Access.HOST),
    ("POST", "/o/c", Access.HOST),
    ("GET", "/o/t", Access.HOST),
    ("POST", "/o/t", Access.HOST),
    ("POST", "/o/t/onion", Access.HOST),
    ("POST", "/o/t/sites", Access.HOST),
}


def test_t24_what_is_for_the_house_alone_is_this(furnished: Furnished) -> None:
    """A door that is opened wider is read here first."""
    narrow = {(r.method, r.path, r.access) for r in main.ROUTES if r.access in {Access.CARE, Access.HOST}}
    assert narrow - OF_DESK - OF_LIBRARY - OF_THE_LIBRARY - OF_THE_MACHINE == {
        ("GET", "/care", Access.CARE),
        ("GET", "/care/o", Access.CARE),
        ("GET", "/care/log", Access.CARE),
        ("GET", "/care/v", Access.CARE),
        ("POST", "/care/v", Access.CARE),
        ("GET", "/care/m", Access.CARE),
        ("POST", "/care/m", Access.CARE),
        ("POST", "/care/m/{line:str}", Access.CARE),
        ("GET", "/care/w", Access.CARE),
        ("POST", "/care/w", Access.CARE),
        ("GET", "/care/{report:str}/x", Access.CARE),
        ("POST", "/care/{report:str}/x", Access.CARE),
        ("GET", "/o", Access.HOST),
        ("GET", "/o/{number:int}", Access.HOST),
        ("POST", "/o/{number:int}", Access.HOST),
        ("GET", "/o/i", Access.HOST),
        ("POST", "/o/i", Access.HOST),
        ("POST", "/o/i/end", Access.HOST),
        ("POST", "/o/i/members", Access.HOST),
        ("GET", "/o/r", Access.HOST),
        ("GET", "/o/r/new", Access.HOST),
        ("POST", "/o/r/new", Access.HOST),
        ("GET", "/o/r/{precept:str}", Access.HOST),
        ("POST", "/o/r/{precept:str}", Access.HOST),
        ("POST", "/o/r/{precept:str}/on", Access.HOST),
        ("POST", "/o/r/{precept:str}/d", Access.HOST),
    }
    assert narrow > OF_THE_LIBRARY


@pytest.mark.parametrize("who", ["visitor", "mona", "carer", "host"])
def test_t24_no_route_lists_people(furnished: Furnished, who: str) -> None:
    """Who has said nothing anywhere stands on no page of anybody, whatever her role: there is no list of people."""
    quiet = [furnished.house.person(f"Quietname{number}") for number in range(3)]
    for one in quiet[:2]:
        assert one.browser.submit(f"/c/{place(furnished)}", f"/c/{place(furnished)}/in").status == 303
    bearer = programs(furnished, who) if who != "visitor" else {}
    browser = furnished.browser(who)
    asked = 0
    for route in (route for route in main.ROUTES if route.method == "GET" and "{pub:" not in route.path):
        for path in addresses(furnished, route):
            for more in ("", "?q=Quietnam", "?name=Quietnam&after=0"):
                answer = ask(browser, route, path + more, bearer)
                asked += answer.status == 200
                assert b"quietname" not in answer.body.lower(), path + more
    assert asked > 20


def place(furnished: Furnished) -> str:
    return furnished.known().others["cid"][0]

"""T24, who may do what: the page of it is in date, and a real house answers each cell as it stands there."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from mashrabiya import main
from mashrabiya.care.tests.factories import Scene
from mashrabiya.care.tests.seeing import MADE_UP
from mashrabiya.communities.tables import MEMBERSHIP
from mashrabiya.communities.types import Audience, Role
from mashrabiya.communities.types.roles import ENDLESS
from mashrabiya.kernel.ids import new_id, show_id
from mashrabiya.people import commands as people
from mashrabiya.people.queries.guards import COMMUNITY
from mashrabiya.people.types import Grant
from mashrabiya.platform.db import Statement
from mashrabiya.platform.web import tokens
from mashrabiya.testing.browser import Browser, Page
from mashrabiya.testing.house import Person, TestHouse
from tests.furnished import somebody
from tests.test_every_door import told_of
from tools import permissions
from tools.permissions import HIDDEN, NO, YES, Who

# Nothing stands behind these for somebody to whom nothing happened, or their own rule says so; after leaving, nothing opens at all.
NOTHING_BEHIND = {"/me/closed", "/away", "/protect", "/care/roles", "/g", "/y/w/d", "/y/s/h"}
# The desk is found by those with an editorial role, who are no role of the house.
NOTHING_BEHIND |= {"/y/d", "/y/d/new", "/y/d/s"}


def test_the_page_is_in_date() -> None:
    assert permissions.PAGE.read_text(encoding="utf-8") == permissions.document(), (
        "write it anew: python -m tools.permissions"
    )


def everybody(house: TestHouse, scene: Scene) -> dict[Who, Person | None]:
    """Each of them as a real person, and nobody for the visitor."""
    raised: Statement[None] = Statement(
        update(MEMBERSHIP)
        .where(MEMBERSHIP.c.cid == scene.cid, MEMBERSHIP.c.pid == scene["alice"].viewer.pid)
        .values(role=int(Role.CARER), until_day=ENDLESS)
    )
    with house.database.write() as uow:
        uow.run(raised)
        people.set_guard(uow, COMMUNITY, scene["mallory"].viewer.pid, scope=scene.cid, days=7, case=new_id())
    house.site.held.refresh()
    return {
        permissions.VISITOR: None,
        permissions.NAMELESS: somebody(house, "nameless", persona=False),
        permissions.OUTSIDE: scene["charlie"],
        permissions.MEMBER: scene["bob"],
        permissions.CARES: scene["alice"],
        permissions.RUNS: scene["mona"],
        permissions.EXCLUDED: scene["mallory"],
        permissions.CARER: somebody(house, "Caro", Grant.CARE),
        permissions.OPERATOR: somebody(house, "hostess", Grant.HOST),
    }


def go(house: TestHouse, person: Person | None, method: str, template: str, path: str) -> Page:
    browser = person.browser if person else house.browser()
    if method == "GET":
        return browser.get(path)
    viewer = person.viewer if person else house.visitor()
    return browser.post(path, {"_f": tokens.make(house.keys, viewer, template), "body": "typed words"})


def answered(page: Page, nothing: Page, turned_to: str) -> str:
    """What an answer says, in the words of the table."""
    if page.status == 403:
        return NO
    if page.status != 303 and told_of(page) == told_of(nothing):
        return HIDDEN
    if page.status == 303:
        return NO if page.location in {"/me/p/new", turned_to} else YES
    return YES if page.status == 200 else NO


@pytest.mark.parametrize("audience", list(Audience))
def test_every_cell_of_a_community(house: TestHouse, audience: Audience) -> None:
    house.site.rooms["limits"].on = False
    house.change(open=True)
    scene = Scene(house, audience)
    place = f"/c/{show_id(scene.cid)}"
    found, told = {}, {}
    for who, person in everybody(house, scene).items():
        for act in permissions.ACTS:
            path = act.path.replace("/c/{cid:str}", place)
            page = go(house, person, act.method, act.path, path)
            made_up = act.path.replace("/c/{cid:str}", f"/c/{MADE_UP}")
            nothing = go(house, person, act.method, act.path, made_up)
            # Whoever may not begin a thread is led back to the place, and whoever joins into it.
            found[who.name, act.name] = answered(page, nothing, place if act.method == "GET" else "")
            told[who.name, act.name] = act.cell(who, audience)
    assert found == told


@pytest.mark.parametrize("who", permissions.IN_THE_HOUSE, ids=lambda who: who.name)
def test_every_door_of_the_site(house: TestHouse, who: Who) -> None:
    """Each door that names nothing; those that do are walked in ``test_every_door.py``."""
    house.site.rooms["limits"].on = False
    house.change(open=True)
    grant = {permissions.CARER: Grant.CARE, permissions.OPERATOR: Grant.HOST}.get(who, Grant.NONE)
    person = somebody(house, "somebody", grant, persona=who.persona) if who.account else None
    for route in main.ROUTES:
        if route.method != "GET" or route.api or "{" in route.path or route.path in NOTHING_BEHIND:
            continue
        browser: Browser = person.browser if person else house.browser()
        cookies = dict(browser.cookies)
        page, nothing = browser.get(route.path), browser.get("/nowhere")
        browser.cookies = cookies
        said = who.may_enter(route.access)
        if said == NO:
            assert (page.status, page.location) == (303, "/me/p/new"), route.path
        else:
            assert (page.body == nothing.body) == (said == HIDDEN), (route.path, said)

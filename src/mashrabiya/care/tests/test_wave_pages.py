"""The doors of cleaning up, as people without JavaScript go through them."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest

from mashrabiya.care.tests.factories import Scene
from mashrabiya.care.tests.raided import BAIT, NEW, WHY
from mashrabiya.care.tests.staffed import accounts
from mashrabiya.care.tests.test_pages import a_carer
from mashrabiya.communities import commands as communities
from mashrabiya.communities.types import Audience, NewCommunity
from mashrabiya.discussions import commands as discussions
from mashrabiya.discussions.types import NewReply, Placed
from mashrabiya.kernel.ids import new_id, show_id
from mashrabiya.testing.browser import Browser, Page
from mashrabiya.testing.house import TestHouse

NAMES = ("alice", "bob", "mallory", "charlie")
SAYS = {
    "en": ("Clean up after a wave", "4 are hidden still.", "Everything is shown again."),
    "ar": ("تنظيف بعد موجة", "٤ منها ما زالت مخفيّة.", "عاد كل شيء إلى الظهور."),
}


def raid(scene: Scene) -> Placed:
    """Four who are new, and one name of them all in one thread of Mona's."""
    thread = scene.thread("mona")
    browser: Browser = scene["charlie"].browser
    join = f"/c/{show_id(scene.cid)}/in"
    browser.post(join, browser.get(f"/c/{show_id(scene.cid)}").form(join).fields)
    for name in NAMES:
        new = NewReply(body=BAIT, unnamed=False, submission=new_id().hex())
        with scene.house.database.write() as uow:
            discussions.reply(uow, scene[name].viewer, thread.tid, new, allowed=NEW)
    return thread


def ticked(page: Page) -> list[str]:
    return re.findall(r'name="pick_([^"]+)" value="1" checked', page.text)


def press(browser: Browser, page: Page, path: str, picked: list[str], **more: str) -> Page:
    """Send the form of a page as a browser does, with these ticked."""
    fields = {name: said for name, said in page.form(path).fields.items() if not name.startswith("pick_")}
    fields |= {"words": WHY, **more, **{f"pick_{one}": "1" for one in picked}}
    kind = {"content-type": "application/x-www-form-urlencoded"}
    return browser.send(path, urlencode(fields, doseq=True).encode(), **kind)


def send(browser: Browser, path: str, *, without: int = 0, asked: str = "", **more: str) -> str:
    """Press the button, with so many unticked; answers where it leads."""
    page = browser.get(path + asked)
    answer = press(browser, page, path, ticked(page)[without:], **more)
    assert answer.status == 303, answer.text
    return answer.location


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("by", ["words", "links"])
def test_from_the_desk_to_what_was_hidden_and_back(house: TestHouse, language: str, by: str) -> None:
    scene = Scene(house, language=language)
    thread, path = raid(scene), f"{scene.desk}/w"
    mona, (title, hidden, back) = scene["mona"].browser, SAYS[language]
    assert f'href="{path}"' in mona.get(scene.desk).text
    assert f'href="{path}"' in mona.get(f"/c/{show_id(scene.cid)}/protect").text
    assert title in mona.get(path).text
    before = scene.page("bob", thread)
    assert before.count("Win a phone") == 4
    batch = send(mona, path, asked=f"?by={by}&hours=48")
    assert hidden in mona.get(batch).text
    assert scene.page("mona", thread).count("Win a phone") == 0
    # Its author reads why, beside the post and among what concerns her.
    assert WHY in scene["bob"].browser.get("/me/o").text
    assert f'href="{batch}"' in mona.get(scene.desk).text
    assert mona.submit(batch, batch).location == batch
    assert back in mona.get(batch).text
    assert scene.page("bob", thread).count("Win a phone") == 4


def test_what_was_unticked_stays_and_nothing_typed_is_lost(house: TestHouse) -> None:
    scene = Scene(house)
    raid(scene)
    mona, path = scene["mona"].browser, f"{scene.desk}/w"
    page = mona.get(path)
    assert len(ticked(page)) == 4
    long = "Many words. " * 100
    again = press(mona, page, path, ticked(page)[1:], words=long, agreement="1")
    assert again.status == 422
    assert long.strip() in again.text
    assert ticked(again) == ticked(page)[1:]
    assert 'name="agreement" value="1" checked' in again.text
    none = press(mona, page, path, [])
    assert none.status == 422
    assert WHY in none.text
    batch = send(mona, path, without=1, agreement="1")
    assert "3 are hidden still." in mona.get(batch).text
    assert "Be kind." in mona.get(batch).text


def test_a_button_pressed_twice_hides_once(house: TestHouse) -> None:
    scene = Scene(house)
    raid(scene)
    mona, path = scene["mona"].browser, f"{scene.desk}/w"
    page = mona.get(path)
    before = accounts(house)
    first, second = (press(mona, page, path, ticked(page)) for _ in range(2))
    assert (first.status, first.location) == (second.status, second.location)
    rows = house.database.connection().execute("SELECT count(*) FROM decision").fetchone()
    assert tuple(rows) == (4,)
    mona.submit(first.location, first.location)
    # T4: neither wrote to the row of anybody's account.
    assert accounts(house) == before


def test_to_everybody_else_there_is_no_such_page(house: TestHouse) -> None:
    scene = Scene(house)
    raid(scene)
    batch = send(scene["mona"].browser, f"{scene.desk}/w")
    for who in ("alice", "bob", "mallory", "charlie"):
        browser = scene[who].browser
        assert browser.get(f"{scene.desk}/w").body == browser.get(f"/c/{show_id(new_id())}/care/w").body
        assert browser.get("/care/w").status == 404
        made_up = browser.get(f"/care/w/{show_id(new_id())}")
        assert (browser.get(batch).status, browser.get(batch).body) == (404, made_up.body)
    assert scene["mona"].browser.get("/care/w").status == 404
    assert house.browser().get(batch).text == house.browser().get("/nowhere").text


def test_the_care_team_hides_in_all_that_it_reads(house: TestHouse) -> None:
    scene = Scene(house)
    raid(scene)
    carer = a_carer(house).browser
    assert "bait.example" not in scene["mona"].browser.get("/me/o").text
    batch = send(carer, "/care/w")
    assert "4 are hidden still." in carer.get(batch).text
    refused = scene["mona"].browser.submit(batch, batch)
    assert refused.status == 403
    assert carer.submit(batch, batch).status == 303


def test_a_place_hidden_from_the_care_team_stays_so(house: TestHouse) -> None:
    scene = Scene(house, audience=Audience.SIGNED_IN)
    raid(scene)
    carer = a_carer(house).browser
    assert carer.get(f"{scene.desk}/w").status == 200
    hidden = NewCommunity(name="Night kitchen", language="en", audience=Audience.HIDDEN)
    with house.database.write() as uow:
        communities.edit(uow, scene["mona"].viewer, scene.cid, hidden)
    assert carer.get(f"{scene.desk}/w").status == 404
    assert 'name="pick_' not in carer.get("/care/w").text


def test_no_page_asks_more_than_six_times(house: TestHouse) -> None:
    scene = Scene(house)
    raid(scene)
    mona = scene["mona"].browser
    batch = send(mona, f"{scene.desk}/w", without=1)
    for shown in (f"{scene.desk}/w", batch, scene.desk):
        trace: list[str] = []
        house.site.held.refresh()
        house.database.trace = trace
        assert mona.get(shown).status == 200
        house.database.trace = None
        assert len(trace) <= 6, shown

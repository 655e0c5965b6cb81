"""What a teller agrees to holds, layer by layer, and is changed by her alone."""

from __future__ import annotations

from mashrabiya.care.tests.staffed import with_role
from mashrabiya.kernel.ids import new_id, read_id, show_id
from mashrabiya.library.guides import flows, queries
from mashrabiya.library.stories import commands as stories
from mashrabiya.library.stories import queries as queries_of_stories
from mashrabiya.library.stories.tables import STORY
from mashrabiya.library.stories.tests.steps import ALL_LAYERS, named, reads, send, tell
from mashrabiya.library.stories.types import BESIDE_MOST, ID_SIZE
from mashrabiya.people.types import Grant
from mashrabiya.testing.house import Person, TestHouse

SLUG = "coming-out"


def furnish(house: TestHouse) -> str:
    """The shelf is in the house; answers the address of a guide, as forms name it."""
    flows.furnish(house.database)
    house.site.held.refresh()
    with house.database.read() as db:
        return show_id(queries.names(db)[SLUG])


def a_host(house: TestHouse) -> Person:
    house.change(open=True)
    return with_role(house.person("Hanna"), Grant.HOST)


def agree(person: Person, path: str, **layers: str) -> None:
    none = {"tick_1": "", "tick_2": "", "tick_4": "", "tick_8": ""}
    assert person.browser.submit(path, f"{path}/l", **{**none, **layers}).status == 303


def pick(person: Person, path: str, on: str = "1") -> int:
    return person.browser.submit(path, f"{path}/p", on=on).status


def test_told_anew_members_alone_read_it(house: TestHouse) -> None:
    alice, bob = house.person("Alice"), house.person("Bob")
    path = tell(alice)
    assert reads(bob, path)
    assert house.browser().get(path).status == 404
    assert path not in house.browser().get("/y/e").text


def test_each_layer_is_changed_by_itself(house: TestHouse) -> None:
    alice, bob = house.person("Alice"), house.person("Bob")
    path = tell(alice)
    agree(alice, path, tick_2="1")
    assert house.browser().get(path).status == 200
    assert reads(bob, path)
    agree(alice, path)
    assert not reads(bob, path)
    assert house.browser().get(path).status == 404
    assert "Nobody but its teller reads it now." in alice.browser.get(path).text
    agree(alice, path, tick_1="1")
    assert reads(bob, path)


def test_nobody_else_changes_what_was_agreed_or_said(house: TestHouse) -> None:
    alice, bob = house.person("Alice"), house.person("Bob")
    for path in (tell(alice), named(alice)):
        own = alice.browser.get(path).form(f"{path}/l").fields
        assert bob.browser.post(f"{path}/l", {**own, "tick_2": "1"}).status in {403, 404}
        for door in ("/e", "/d"):
            assert bob.browser.get(path + door).status == 404
        assert house.browser().get(path).status == 404
        assert f"{path}/l" not in bob.browser.get(path).text


def test_her_other_name_finds_the_unnamed_and_not_the_named(house: TestHouse) -> None:
    alice = house.person("Alice")
    unnamed, by_name = tell(alice), named(alice)
    alice.new_persona("Rana")
    mine = alice.browser.get("/y/e/me").text
    assert unnamed in mine
    assert by_name not in mine
    assert alice.browser.get(f"{unnamed}/e").status == 200
    assert alice.browser.get(f"{by_name}/e").status == 404


def test_beside_a_step_only_where_its_teller_agrees_and_somebody_chose_it(house: TestHouse) -> None:
    guide, alice, bob, hanna = furnish(house), house.person("Alice"), house.person("Bob"), a_host(house)
    path = tell(alice, guide=guide, step="2")
    at = f"/y/{guide}"
    assert path not in bob.browser.get(at).text
    assert f"{path}/p" not in hanna.browser.get(path).text
    agree(alice, path, tick_1="1", tick_4="1")
    assert "1 more experience of this step" in bob.browser.get(at).text
    assert pick(hanna, path) == 303
    assert path in bob.browser.get(at).text
    assert path not in house.browser().get(at).text
    agree(alice, path, tick_1="1", tick_2="1", tick_4="1")
    assert path in house.browser().get(at).text
    agree(alice, path, tick_1="1")
    assert path not in bob.browser.get(at).text
    agree(alice, path, tick_1="1", tick_4="1")
    assert path not in bob.browser.get(at).text


def test_three_stand_beside_a_step_and_no_more(house: TestHouse) -> None:
    guide, hanna = furnish(house), a_host(house)
    told = [
        tell(house.person(f"Teller {n}"), guide=guide, step="1", **ALL_LAYERS) for n in range(BESIDE_MOST + 1)
    ]
    assert [pick(hanna, path) for path in told] == [303, 303, 303, 403]
    assert pick(hanna, told[0], on="") == 303
    assert pick(hanna, told[-1]) == 303
    text = house.browser().get(f"/y/{guide}").text
    assert [path in text for path in told] == [False, True, True, True]


def test_only_who_edits_the_library_chooses(house: TestHouse) -> None:
    guide, alice, bob, hanna = furnish(house), house.person("Alice"), house.person("Bob"), a_host(house)
    path = tell(alice, guide=guide, step="1", **ALL_LAYERS)
    token = hanna.browser.get(path).form(f"{path}/p").fields
    for person in (alice, bob):
        assert f"{path}/p" not in person.browser.get(path).text
        assert person.browser.post(f"{path}/p", token).status in {403, 404}
    house.site.rooms["editorial"] = lambda request: request.viewer.face and request.viewer.face.name == "Bob"
    assert pick(bob, path) == 303


def test_a_guide_or_step_that_is_not_there_is_said(house: TestHouse) -> None:
    guide, alice = furnish(house), house.person("Alice")
    for wrong in ({"guide": guide, "step": "77"}, {"guide": show_id(b"7" * 16), "step": "1"}):
        answer = send(alice, **wrong)
        assert answer.status == 422
        assert "no longer here" in answer.text
        assert "We sat in the car." in answer.text
    assert send(alice, country="QQ").status == 422


def test_more_lead_to_a_list_of_that_step(house: TestHouse) -> None:
    guide, alice, bob = furnish(house), house.person("Alice"), house.person("Bob")
    path, other = (
        tell(alice, guide=guide, step="2", tick_4="1"),
        tell(alice, guide=guide, step="3", tick_4="1"),
    )
    listed = bob.browser.get(f"/y/e?g={guide}&s=2").text
    assert path in listed
    assert other not in listed


def test_what_waits_to_be_chosen_is_told_to_the_desk(house: TestHouse) -> None:
    guide, alice, hanna = furnish(house), house.person("Alice"), a_host(house)
    tell(alice, guide=guide, step="2")
    agreed = tell(alice, guide=guide, step="2", tick_4="1", question="Agreed?")
    told = tell(alice, question="Of no guide?", **ALL_LAYERS)
    assert told != agreed
    with house.database.read() as db:
        from mashrabiya.library.stories import queries as stories

        rows = stories.proposed(db, hanna.viewer, queries.names(db)[SLUG])
    assert [row.path for row in rows] == [agreed]


def test_other_words_than_those_that_were_chosen_do_not_stand_beside_a_step(house: TestHouse) -> None:
    guide, alice, hanna = furnish(house), house.person("Alice"), a_host(house)
    path = tell(alice, guide=guide, step="1", **ALL_LAYERS)
    assert pick(hanna, path) == 303
    assert "it leaves that place" in alice.browser.get(f"{path}/e").text
    change = f"{path}/e"
    assert alice.browser.submit(change, change, kind="3").status == 303
    assert path in house.browser().get(f"/y/{guide}").text
    assert alice.browser.submit(change, change, kind="3", done="Something that nobody chose.").status == 303
    text = house.browser().get(f"/y/{guide}").text
    assert path not in text
    assert "1 more experience of this step" in text
    assert pick(hanna, path) == 303
    assert "Something that nobody chose." in house.browser().get(f"/y/{guide}").text


def test_what_nobody_reads_keeps_no_place_beside_a_step(house: TestHouse) -> None:
    guide, hanna = furnish(house), a_host(house)
    tellers = [house.person(f"Teller {n}") for n in range(BESIDE_MOST + 1)]
    told = [tell(one, guide=guide, step="1", **ALL_LAYERS) for one in tellers]
    assert [pick(hanna, path) for path in told[:BESIDE_MOST]] == [303] * BESIDE_MOST
    agree(tellers[0], told[0], tick_4="1")
    assert pick(hanna, told[-1]) == 303
    agree(tellers[0], told[0], tick_2="1", tick_4="1")
    assert told[0] not in house.browser().get(f"/y/{guide}").text
    with house.database.write() as uow:
        assert stories.hide(uow, read_id(told[1].rpartition("/")[2], ID_SIZE))
    assert pick(hanna, told[0]) == 303
    with house.database.write() as uow:
        assert stories.restore(uow, read_id(told[1].rpartition("/")[2], ID_SIZE))
    text = house.browser().get(f"/y/{guide}").text
    assert [path in text for path in told] == [True, False, True, True]


def test_a_page_that_search_engines_may_keep_has_no_word_of_members(house: TestHouse) -> None:
    guide, alice, hanna = furnish(house), house.person("Alice"), a_host(house)
    path = named(alice, guide=guide, step="1", **ALL_LAYERS)
    assert pick(hanna, path) == 303
    at = f"/y/{guide}"
    assert "We sat in the car." in house.browser().get(at).text
    house.change(index_library=True)
    page = house.browser().get(at)
    assert page.header("x-robots-tag") == "noarchive"
    for word in ("We sat in the car.", "Alice", path):
        assert word not in page.text
    assert "1 more experience of this step" in page.text
    assert "noindex" in house.browser().get(path).header("x-robots-tag")
    assert "We sat in the car." in alice.browser.get(at).text


def test_many_that_nobody_chose_push_out_none_that_was_chosen(house: TestHouse) -> None:
    guide, alice, hanna = furnish(house), house.person("Alice"), a_host(house)
    path, many = tell(alice, guide=guide, step="3", **ALL_LAYERS), tell(alice, guide=guide, **ALL_LAYERS)
    assert pick(hanna, path) == 303
    with house.database.write() as uow:
        found = queries_of_stories.get_own(uow, alice.viewer, read_id(many.rpartition("/")[2], ID_SIZE))
        row = {name: getattr(found, name) for name in STORY.c.keys()}  # noqa: SIM118
        for _ in range(220):
            uow.insert(STORY, **row | {"id": new_id()})
    assert path in house.browser().get(f"/y/{guide}").text

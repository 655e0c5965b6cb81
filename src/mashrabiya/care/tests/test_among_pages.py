"""The pages of it: what each sees, what comes back, and that nobody else can tell."""

from __future__ import annotations

import pytest

from mashrabiya.care import commands, queries
from mashrabiya.care.tests.factories import Scene
from mashrabiya.care.tests.seeing import MADE_UP, seen
from mashrabiya.care.tests.test_pages import a_carer
from mashrabiya.care.types import Act, Case
from mashrabiya.kernel.ids import show_id
from mashrabiya.kernel.viewer import CARE
from mashrabiya.platform.languages import catalogue
from mashrabiya.testing.house import TestHouse

WHY = "I know this person."
WORDS = "Between us: canary-8f21."


@pytest.fixture
def scene(house: TestHouse) -> Scene:
    return Scene(house)


@pytest.fixture
def path(scene: Scene) -> str:
    """A case: what Mallory wrote and Bob reported."""
    thread = scene.thread()
    scene.report("bob", scene.reply("mallory", thread.tid))
    return scene.case().path


def test_taking_and_giving_back_and_handing_over(house: TestHouse, scene: Scene, path: str) -> None:
    mona, carer = scene["mona"].browser, a_carer(house).browser
    assert carer.submit(path, f"{path}/k", wish="take").status == 303
    assert "You have this case" in carer.get(path).text
    for page in (mona.get(path), mona.get(scene.desk)):
        assert "Taken by one of the site’s care team" in page.text
        assert "Carla two" not in page.text
    assert "You may still decide." in mona.get(path).text
    again = mona.post(f"{path}/k", carer_form(house, scene, f"{path}/k"))
    assert again.status == 409
    back = carer.submit(path, f"{path}/k", wish="hand", why=" ")
    assert back.status == 422
    assert "needs a line of why" in back.text
    assert carer.submit(path, f"{path}/k", wish="hand", why=WHY, shared="1").location == scene.desk
    assert "Somebody else is wanted for this" in mona.get(scene.desk).text
    assert WHY in mona.get(path).text


def test_whoever_lays_her_role_down_has_no_case_any_more(house: TestHouse, scene: Scene, path: str) -> None:
    carer, mona = a_carer(house), scene["mona"].browser
    carer.browser.submit(path, f"{path}/k", wish="take")
    assert "Taken by" in mona.get(path).text
    with house.database.write() as uow:
        commands.lay_down(uow, carer.viewer, CARE, keys=house.keys)
    assert "Taken by" not in mona.get(path).text


def carer_form(house: TestHouse, scene: Scene, path: str) -> dict[str, str]:
    from mashrabiya.platform.web import tokens

    token = tokens.make(house.keys, scene["mona"].viewer, "/care/{report:str}/k")
    return {"_f": token, "wish": "take"}


def test_a_note_that_is_too_long_comes_back_and_the_decision_beside_it_still_stands(
    scene: Scene, path: str
) -> None:
    mona = scene["mona"].browser
    long = "w" * 1001
    back = mona.submit(path, f"{path}/n", note=long)
    assert back.status == 422
    assert "The note is too long." in back.text
    assert long in back.text
    assert back.form(path).fields["seen"] == "0"
    assert mona.submit(path, f"{path}/n", note=WORDS, second="1").status == 303
    assert "You asked for a second opinion" in mona.get(scene.desk).text
    page = mona.get(path).text
    assert WORDS in page
    assert "90 days after the decision" in page
    assert "Not by whoever reported" in page


@pytest.mark.parametrize("who", ["alice", "bob", "charlie", "mallory"])
@pytest.mark.parametrize("door", ["k", "n"])
def test_the_doors_are_not_there_for_anybody_else(
    house: TestHouse, scene: Scene, path: str, who: str, door: str
) -> None:
    person = scene[who]
    made_up = f"/care/{MADE_UP}/{door}"
    assert seen(house, person, f"{path}/{door}", post=True) == seen(house, person, made_up, post=True)


def test_nobody_else_can_tell_that_carers_talk_of_it(house: TestHouse, scene: Scene, path: str) -> None:
    """Neither whoever reported, nor whoever was reported, in any page or copy of theirs."""
    looked = {
        who: [place, f"{place}/t", "/", "/me", "/me/r", "/me/o", "/me/copy", thread_of(scene), path]
        for who in ("bob", "mallory", "alice")
        for place in (f"/c/{show_id(scene.cid)}",)
    }
    # Looked at once before: what is remembered for a while costs nothing the second time.
    for who, one in [(who, one) for who, all_ in looked.items() for one in all_]:
        seen(house, scene[who], one)
    before = {(who, one): seen(house, scene[who], one) for who, all_ in looked.items() for one in all_}
    mona = scene["mona"].browser
    assert mona.submit(path, f"{path}/k", wish="take").status == 303
    assert mona.submit(path, f"{path}/n", note=WORDS, second="1").status == 303
    after = {(who, one): seen(house, scene[who], one) for who, all_ in looked.items() for one in all_}
    assert after == before


def thread_of(scene: Scene) -> str:
    post = scene.case().post
    assert post is not None
    return f"/t/{show_id(post.tid)}"


def test_a_case_with_all_of_it_asks_no_more_than_before(house: TestHouse, scene: Scene, path: str) -> None:
    mona = scene["mona"].browser
    post = scene.case().post
    assert post is not None
    for number in range(4):
        scene.report("bob", scene.reply("alice", post.tid, f"Reply {number}"))
    others = [one for one in waiting(scene) if one.path != path]
    for one in others[:2]:
        scene.decide(Act.KEEP, case=one)
    mona.submit(path, f"{path}/k", wish="take")
    for _ in range(3):
        mona.submit(path, f"{path}/n", note=WORDS, second="1")
    page = mona.get(path).text
    assert others[2].path in page
    assert others[0].path not in page
    assert page.count("Left as it was") == 2
    for address in (path, scene.desk):
        *_, trace = seen(house, scene["mona"], address)
        assert len(trace) <= 6, address  # type: ignore[arg-type]


def waiting(scene: Scene) -> list[Case]:
    viewer = scene["mona"].viewer
    with scene.house.database.read() as db:
        return queries.queue(db, viewer, queries.get_place(db, viewer, scene.cid))[0]


def test_a_ready_sentence_is_put_in_and_nothing_is_decided(scene: Scene, path: str) -> None:
    mona = scene["mona"].browser
    english, arabic = (catalogue(one).texts["ready.outing_words", "n"] for one in ("en", "ar"))
    first = mona.submit(path, path, put="1", ready="en.outing", act="2", words="")
    assert first.status == 200
    form = first.form(path)
    assert form.fields["words"].strip() == english
    assert form.fields["act"] == "2"
    both = mona.post(path, {**form.fields, "put": "1", "ready": "ar.outing"}).form(path)
    assert both.fields["words"].strip() == f"{english}\n\n{arabic}"
    once = mona.post(path, {**both.fields, "put": "1", "ready": "ar.outing"}).form(path)
    assert once.fields["words"] == both.fields["words"]
    assert scene.case().is_open


def test_a_chosen_sentence_is_the_reason_where_nothing_is_written(scene: Scene, path: str) -> None:
    mona, mallory = scene["mona"].browser, scene["mallory"].browser
    assert mona.submit(path, path, act="1", words="", ready="ar.tone").status == 303
    assert catalogue("ar").texts["ready.tone_words", "n"] in mallory.get(decision_of(scene)).text


def decision_of(scene: Scene) -> str:
    rows = scene.house.database.connection().execute("SELECT id FROM decision").fetchall()
    return f"/me/o/{show_id(bytes(rows[0][0]))}"


@pytest.mark.parametrize("made_up", ["", "en", "en.", "xx.outing", "en.title", "ar.hint", "en.outing_words"])
def test_what_is_no_sentence_is_none(scene: Scene, path: str, made_up: str) -> None:
    back = scene["mona"].browser.submit(path, path, act="1", words="", ready=made_up)
    assert back.status == 422
    assert "A written reason is needed." in back.text


def test_the_language_of_what_was_written_comes_first(house: TestHouse) -> None:
    scene = Scene(house, language="ar")
    thread = scene.thread()
    scene.report("bob", thread)
    page = scene["mona"].browser.get(scene.case().path).text
    lang = scene.case().post.lang  # type: ignore[union-attr]
    assert lang == "en"
    assert page.index('<optgroup label="English"') < page.index('<optgroup label="العربية"')


@pytest.mark.parametrize(("language", "delete"), [("en", "Delete this note"), ("ar", "حذف هذه الملاحظة")])
def test_a_note_of_ones_own_is_deleted_from_its_page(house: TestHouse, language: str, delete: str) -> None:
    scene = Scene(house, language=language)
    scene.report("bob", scene.reply("mallory", scene.thread().tid))
    path = scene.case().path
    mona, carer = scene["mona"].browser, a_carer(house).browser
    assert 'name="shared"' not in mona.get(path).text
    assert 'name="shared"' in carer.get(path).text
    assert carer.submit(path, f"{path}/n", note=WORDS, shared="1").status == 303
    page = mona.get(path)
    assert WORDS in page.text
    assert delete not in page.text
    assert mona.post(f"{path}/n", {"_f": page.form(f"{path}/n").fields["_f"], "gone": "1"}).status == 404
    assert carer.submit(path, f"{path}/n", gone="1").status == 303
    assert WORDS not in mona.get(path).text
    assert mona.submit(path, f"{path}/n", note=WORDS).status == 303
    assert delete in mona.get(path).text
    assert 'name="gone"' not in carer.get(path).text
    assert mona.submit(path, f"{path}/n", gone="1").status == 303
    assert WORDS not in carer.get(path).text

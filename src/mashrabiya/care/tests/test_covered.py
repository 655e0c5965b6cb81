"""Pictures at the desk: a grey blur each until it is opened, and none for whoever reads text only."""

from __future__ import annotations

import re

import pytest

from mashrabiya.care.tests.factories import Scene
from mashrabiya.care.tests.on_duty import choose
from mashrabiya.care.types import Act
from mashrabiya.discussions.tests.test_pictures import PNG, bring
from mashrabiya.discussions.types import Placed
from mashrabiya.home.tests.test_home import statements
from mashrabiya.safety.types import Reason
from mashrabiya.testing.house import TestHouse


def a_case(scene: Scene, reason: Reason = Reason.HATE) -> str:
    """A reported post with two pictures; its page at the desk."""
    thread = scene.thread("mallory")
    assert bring(scene["mallory"], thread.address, PNG, PNG, alt_1="A door").status == 303
    scene.report("bob", Placed(thread.tid, 2), reason)
    return scene.case().path


@pytest.mark.parametrize("language", ["ar", "en"])
def test_each_picture_is_covered_until_it_is_opened_by_itself(house: TestHouse, language: str) -> None:
    scene = Scene(house, language=language)
    path, mona = a_case(scene), scene["mona"].browser
    text = mona.get(path).text
    veils = re.findall(r'<details class="fold blurred grey">(.*?)</summary>(.*?)</details>', text, re.DOTALL)
    assert len(veils) == 2
    for covered, behind in veils:
        (blur,) = re.findall(rf'src="({path}/m/\w+)\.tiny"', covered)
        assert ".small" not in covered
        assert "A door" not in covered, "what it shows is not told before it is opened"
        assert f'src="{blur}.small"' in behind
        assert f'href="{blur}.large"' in behind
        assert 'loading="lazy"' in behind
        for size in ("tiny", "small", "large"):
            assert mona.get(f"{blur}.{size}").status == 200
            assert scene["bob"].browser.get(f"{blur}.{size}").status == 404
    assert text.count(f'src="{path}/m/') == 4
    assert statements(scene["mona"], path) <= 6


def test_nothing_but_the_cover_stands_outside_of_it(house: TestHouse) -> None:
    scene = Scene(house)
    path = a_case(scene)
    text = scene["mona"].browser.get(path).text
    outside = re.sub(r'<details class="fold blurred grey">.*?</details>', "", text, flags=re.DOTALL)
    assert f"{path}/m/" not in outside
    assert "A door" not in outside
    assert "/m/" not in scene["mona"].browser.get(scene.desk).text.replace("/me/", "")


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Text only: no picture was loaded."), ("ar", "نص فقط: لم تُحمّل أي صورة.")]
)
def test_text_only_loads_no_picture_and_keeps_its_words(house: TestHouse, language: str, said: str) -> None:
    scene = Scene(house, language=language)
    path = a_case(scene)
    choose(scene["mona"], plain="1")
    text = scene["mona"].browser.get(path).text
    assert said in text
    assert f"{path}/m/" not in text
    told = re.search(r'<details class="fold"><summary.*?</summary>(.*?)</details>', text, re.DOTALL)
    assert told
    assert "A door" in told[1]
    assert "A door" not in text.replace(told[0], "")
    choose(scene["mona"])
    assert f"{path}/m/" in scene["mona"].browser.get(path).text


def test_text_only_is_of_one_carer_alone(house: TestHouse) -> None:
    scene = Scene(house)
    path = a_case(scene)
    choose(scene["alice"], plain="1")
    assert f"{path}/m/" in scene["mona"].browser.get(path).text


def test_in_the_neutral_look_not_even_a_blur(house: TestHouse) -> None:
    scene = Scene(house)
    path, mona = a_case(scene), scene["mona"].browser
    mona.cookies["l"] = "en.n"
    text = mona.get(path).text
    assert ".tiny" not in text
    assert text.count(".small") == 2


@pytest.mark.parametrize("language", ["ar", "en"])
def test_where_a_child_may_be_in_danger_the_desk_says_what_to_do_and_leads_to_no_picture(
    house: TestHouse, language: str
) -> None:
    scene = Scene(house, language=language)
    path, mona = a_case(scene, Reason.MINOR), scene["mona"].browser
    text = mona.get(path).text
    said = {"en": "Write down for them only what is needed", "ar": "ويُكتب لهم ما يلزم فقط"}
    assert said[language] in text
    assert '<details class="fold blurred' not in text
    assert f"{path}/m/" not in text
    case = scene.case()
    assert case.post
    thread = case.post
    assert f'href="{thread.address}"' not in text, "the thread would show it"
    scene.decide(Act.KEEP)
    # The report of the whole case is decided on; neither its page nor the list leads there now.
    for page in (path, scene.desk):
        text = mona.get(page).text
        assert f'href="{thread.address}"' not in text, page
        assert "/m/" not in text.replace("/me/", "")

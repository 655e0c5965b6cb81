"""What was told of a step stands beside that step, wherever an edition puts it, and beside no other."""

from __future__ import annotations

import re

from mashrabiya.library.desk.tests.scene import AR, EN, Scene
from mashrabiya.library.stories.tests.steps import ALL_LAYERS, tell
from mashrabiya.library.stories.tests.test_consent import pick
from mashrabiya.library.stories.tests.test_quoting import answer, ask
from mashrabiya.testing.house import Person, TestHouse

SIT, STAND = (
    EN[EN.index("### Sit") : EN.index("### Stand")],
    EN[EN.index("### Stand") : EN.index("\n## unknown")],
)
EN_BEFORE, EN_AFTER = EN[: EN.index("### Sit")], EN[EN.index("\n## unknown") :]
EAT = "### Eat something\nBread is enough. Drink water after it.\n"
AR_SIT, AR_STAND = (
    AR[AR.index("### الجلوس") : AR.index("### الوقوف")],
    AR[AR.index("### الوقوف") : AR.index("\n## unknown")],
)
AR_BEFORE, AR_AFTER = AR[: AR.index("### الجلوس")], AR[AR.index("\n## unknown") :]
AR_EAT = "### الأكل\nيكفي الخبز، والماء بعده.\n"
OF_SITTING, OF_STANDING = "I sat on the stairs.", "I stood up at once."


class Told(Scene):
    """The guide of the desk, with an experience and a passage at each of its steps, and Wanda who reads."""

    def __init__(self, house: TestHouse) -> None:
        super().__init__(house)
        self.wanda, self.teller = house.person("Wanda"), house.person("Talia")
        self.sat = self.tell("1", OF_SITTING)
        self.stood = self.tell("2", OF_STANDING)

    def tell(self, step: str, words: str) -> str:
        path = tell(self.teller, guide=self.shown, step=step, question="", was=words, **ALL_LAYERS)
        assert pick(self.mona, path) == 303
        assert ask(self.mona, path, self.shown, words, step).status == 303
        answer(self.teller, path, "1")
        return path

    def order(self, *steps: str, lang: str = "en", n: int = 2) -> None:
        before, after = (EN_BEFORE, EN_AFTER) if lang == "en" else (AR_BEFORE, AR_AFTER)
        assert self.write(before + "".join(steps) + after, lang).status == 303
        assert self.put_out(lang, n).status == 303

    def stand(self, who: Person | None = None, lang: str = "en") -> dict[str, str]:
        """Beneath which step each of both stands; "whole" where it stands beneath all of them."""
        text = (who or self.wanda).browser.get(f"/y/{self.shown}?lang={lang}").text
        steps = re.findall(r'<li id="n\d+"><h3>([^<]*)</h3>(.*?)(?=<li id="n\d+">|</ol>)', text, re.DOTALL)
        found = dict[str, str]()
        for told in (OF_SITTING, OF_STANDING):
            at = [title for title, words in steps if told in words]
            assert len(at) <= 1
            found[told] = at[0] if at else "whole" if told in text else ""
        # The passage and how the experience begins stand together.
        assert text.count(OF_SITTING) == text.count(OF_STANDING) == 2
        return found


AS_TOLD = {OF_SITTING: "Sit down", OF_STANDING: "Stand up"}
IN_ARABIC = {OF_SITTING: "الجلوس", OF_STANDING: "الوقوف"}


def test_put_in_another_order_they_go_along(house: TestHouse) -> None:
    scene = Told(house)
    arabic = house.person("Amal", language="ar")
    assert scene.stand() == AS_TOLD
    scene.order(STAND, SIT)
    assert scene.stand() == AS_TOLD
    # Arabic has the old order still; then it follows.
    assert scene.stand(arabic, "ar") == IN_ARABIC
    scene.order(AR_STAND, AR_SIT, lang="ar")
    assert scene.stand(arabic, "ar") == IN_ARABIC
    assert scene.stand() == AS_TOLD


def test_a_step_that_comes_between_moves_nothing(house: TestHouse) -> None:
    scene = Told(house)
    scene.order(SIT, EAT, STAND)
    assert scene.stand() == AS_TOLD
    path = scene.tell("3", "I ate bread.")
    assert "Eat something" in scene.wanda.browser.get(path).text
    # Where Arabic has no such step, it stands with the whole; then beside it.
    arabic = house.person("Amal", language="ar").browser
    assert "الأكل" not in arabic.get(path).text
    assert "I ate bread." in arabic.get(f"/y/{scene.shown}").text
    scene.order(AR_SIT, AR_EAT, AR_STAND, lang="ar")
    assert "الأكل" in arabic.get(path).text


def test_of_a_step_that_goes_it_stands_with_the_whole(house: TestHouse) -> None:
    scene = Told(house)
    scene.order(STAND)
    assert scene.stand() == {OF_SITTING: "whole", OF_STANDING: "Stand up"}
    # Another step in its place is not what it was told of; where it comes again, it stands there again.
    scene.order(EAT, STAND, n=3)
    assert scene.stand() == {OF_SITTING: "whole", OF_STANDING: "Stand up"}
    scene.order(STAND, SIT, n=4)
    assert scene.stand() == AS_TOLD


def test_its_page_its_list_and_its_forms_know_the_step(house: TestHouse) -> None:
    scene = Told(house)
    scene.order(EAT, STAND, SIT)
    mine = scene.teller.browser
    page = mine.get(scene.sat).text
    assert "Sit down" in page
    assert f'href="/y/{scene.shown}#n1"' in page
    assert 'id="n1"><h3>Sit down' in mine.get(f"/y/{scene.shown}").text
    assert "Step 3" in page, "its passage stands at the third step now"
    for form in (f"/y/e/new?g={scene.shown}&s=1", f"{scene.sat}/q"):
        who = scene.mona if form.endswith("/q") else scene.teller
        text = who.browser.get(form).text
        assert re.search(r'<option value="1" selected[^>]*>3\. Sit down', text), form
    listed = mine.get(f"/y/e?g={scene.shown}&s=1").text
    assert [scene.sat in listed, scene.stood in listed] == [True, False]


def test_a_step_that_is_gone_is_told_of_no_more(house: TestHouse) -> None:
    scene = Told(house)
    scene.order(STAND)
    fields = {"guide": scene.shown, "step": "1", "kind": "2", "was": "Late.", "unnamed": "1", "tick_1": "1"}
    told = scene.post(scene.teller, "/y/e/new", "/y/e/new", **fields)
    assert told.status == 422
    assert "Late." in told.text
    asked = scene.post(
        scene.mona, f"{scene.stood}/q", "/y/e/{story:str}/q", guide=scene.shown, step="1", passage=OF_STANDING
    )
    assert asked.status == 422


def test_what_is_wrong_with_a_step_is_read_where_that_stands_now(house: TestHouse) -> None:
    scene = Told(house)
    at = f"/y/{scene.shown}/x"
    assert scene.wanda.browser.submit(at, at, what="1", step="1", text="Not so.").status == 303
    scene.order(EAT, STAND, SIT)
    desk = scene.text(scene.alice, "/y/d")
    (link,) = set(re.findall(r"/y/d/m/\w+", desk))
    assert "<span>Step <bdi>3</bdi></span>" in scene.text(scene.alice, link)
    scene.order(EAT, STAND, n=3)
    gone = scene.text(scene.alice, link)
    assert not re.search(r"<span>Step ", gone)
    assert "Not so." in gone

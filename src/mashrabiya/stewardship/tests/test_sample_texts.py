"""What the sample says: enough of it, in two languages, and nothing that could be taken for real."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from mashrabiya.communities.types import ABOUT_LIMIT, NAME_LIMIT, RETENTION_CHOICES, TOPICS_LIMIT, Topic
from mashrabiya.discussions.types import TITLE_LIMIT, Kind
from mashrabiya.people.rules import check_name, check_passphrase, name_key
from mashrabiya.stewardship.sample.people import fixed_people, people
from mashrabiya.stewardship.sample.places import places
from mashrabiya.stewardship.sample.script import LANGUAGES, TEXTS, Place, Story, bit, bits, read_places
from mashrabiya.stewardship.sample.wording import read_pool

EVERYTHING = "\n".join(path.read_text(encoding="utf-8") for path in sorted(TEXTS.glob("*.txt")))
QUOTED = re.compile('«[^»]*»|"[^"]*"')
NEVER = {
    "a number that could be called": r"[0-9٠-٩][0-9٠-٩ ().-]{4,}",
    "an e-mail address": r"\S@\S",
    "a link": r"https?:|www\.|\w\.(?:com|org|net)\b",
    "a dose": r"(?i)[0-9٠-٩]\s*(?:mg|mcg|ml|µg|ملغ|مغ|ملي|ميكرو)",
    "a share": "[٪%]|per cent|percent|في المئة|بالمئة|بالمائة",
    "an organisation": r"(?i)\b(?:organi[sz]ation|foundation|association|hotline|helpline|clinic|ngo)s?\b"
    "|منظّ?مة|جمعي(?:ة|ات)|مؤسّ?سة|خط ساخن|عيادة",
    "a law or a study": r"(?i)\b(?:law|laws|article \d|statute|study shows|survey|statistics?)\b"
    "|قانون رقم|المادة|دراسة (?:تقول|حديثة)|إحصا",
    "somebody who checks": r"(?i)\b(?:verified|certified|reviewed) by\b|راجعه|دقّقه|بإشراف",
    "an order to one reader": r"(?<!\w)(?:اكتب|اكتبي|جرّب|جرّبي|خذ|خذي|حاول|حاولي|اقرأ|اقرئي|اذهب|اذهبي|"
    "تذكّري|لا تخف|لا تخافي|أنتَ|أنتِ|إنتِ|عزيزتي القارئة|عزيزي القارئ)(?!\\w)",
}


def stories() -> Iterator[tuple[Place, Story]]:
    return ((place, story) for place in read_places() for story in place.stories)


@pytest.mark.parametrize("what", NEVER)
def test_no_text_holds(what: str) -> None:
    for line in EVERYTHING.splitlines():
        bare = QUOTED.sub("", line) if what.startswith("an order") else re.sub(" @[0-9]+", "", line)
        bare = re.sub("^@ ", "", bare)
        found = re.search(NEVER[what], bare)
        assert found is None, f"{found[0]}: {line}"


def test_there_is_enough_to_read() -> None:
    told = list(stories())
    for language in LANGUAGES:
        assert sum(place.language == language for place, _ in told) >= 30
    assert sum(len(story.replies) for _, story in told) >= 350
    assert len({line.body for _, story in told for line in story.replies}) >= 350
    assert len(read_places()) >= 14
    kinds = ("listening", "experience", "advice", "news", "talk", "thanks")
    assert sum(len(words) for purpose, words in read_pool().items() if purpose.endswith(kinds)) >= 150


def test_no_two_texts_are_the_same() -> None:
    openings = [story.body for _, story in stories()]
    titles = [title for _, story in stories() for title in story.titles]
    assert len(set(openings)) == len(openings)
    assert len(set(titles)) == len(titles)
    for purpose, words in read_pool().items():
        assert len(set(words)) == len(words), purpose


def test_everybody_who_writes_lives_in_the_house() -> None:
    known = {name.key for somebody in fixed_people() for name in somebody.personas}
    for place in read_places():
        assert place.personas() <= known, place.key


def test_what_is_told_could_have_been_typed() -> None:
    for place in places(80):
        assert len(place.name) <= NAME_LIMIT
        assert 0 < len(place.about) <= ABOUT_LIMIT
        assert place.agreements
        assert all(topic.upper() in Topic.__members__ for topic in place.topics)
        assert len(place.topics) <= TOPICS_LIMIT
        assert place.retention_days in RETENTION_CHOICES
        for story in place.stories:
            assert all(0 < len(title) <= TITLE_LIMIT for title in story.titles)
            assert story.body
            assert "{" not in story.body + "".join(line.body for line in story.replies)


def test_threads_and_replies_use_the_kinds_of_their_community() -> None:
    spared = bits("experience advice facts talk")
    for place, story in stories():
        where = f"{place.key}: {story.titles[0]}"
        assert not (story.wants | story.spare) & ~place.wants, where
        assert not story.wants & story.spare, where
        assert not story.spare & ~spared, where
        for line in story.replies:
            assert line.kind == Kind.PLAIN or bit(line.kind) & place.wants, line.body


def test_a_reply_answers_what_stands_before_it() -> None:
    for _, story in stories():
        for number, line in enumerate(story.replies, 2):
            assert line.to is None or 0 < line.to < number, line.body
            if line.body.startswith("> "):
                quoted = line.body.removeprefix("> ").partition("\n\n")[0]
                assert line.to is not None, line.body
                answered = story.opening if line.to == 1 else story.replies[line.to - 2]
                assert quoted in answered.body, line.body


def test_every_community_has_a_name_of_its_own() -> None:
    names = [name_key(place.name) for place in places(120)]
    assert len(set(names)) == len(names)


def test_names_and_passphrases_are_such_as_people_may_take() -> None:
    everybody = people(700, seed=3)
    keys = [name_key(name.name) for somebody in everybody for name in somebody.personas]
    assert len(set(keys)) == len(keys)
    assert len({somebody.name for somebody in everybody}) == len(everybody)
    for somebody in everybody[:90]:
        assert check_passphrase(somebody.passphrase, somebody.name) is None, somebody
        for name in somebody.personas:
            assert check_name(name.name) is None, name


def test_the_people_of_the_readme_keep_their_passphrases() -> None:
    known = {somebody.name: somebody.passphrase for somebody in fixed_people()}
    assert known["alice"] == "amber kettle over quiet roofs"
    assert known["bob"] == "seven figs beside the radio"
    assert known["mona"] == "lantern keeps the late watch"

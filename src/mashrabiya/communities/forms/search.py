"""What somebody looks for: read from an address, and written into one that says little.

Browsers keep addresses. Words are sealed in them, topics are numbers, and nothing of it is ever logged.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from msgspec import Struct

from mashrabiya.communities.types import ID_SIZE, TOPIC_GROUPS, Search, Topic
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.ids import read_id
from mashrabiya.platform.asked import ASKED_LIMIT, opened, sealed
from mashrabiya.platform.house import HouseSettings
from mashrabiya.platform.keys import ServerKeys
from mashrabiya.platform.languages import to_latin
from mashrabiya.platform.web import Form

FILTERS = ("g", "t", "l", "p", "a")
"""What narrows the list: a group of topics, a topic, a language, public pages, archived places."""
ASKED = (*FILTERS, "k", "after")

SEARCH_LIMIT = ASKED_LIMIT


class Chip(Struct, frozen=True):
    """One way to narrow the list, or back, where it is narrowed so already."""

    key: str
    way: str
    current: bool = False
    language: str = ""


def read_search(asked: Mapping[str, str], keys: ServerKeys) -> Search:
    """What an address asks for. What means nothing is not asked."""
    return Search(
        words=opened(keys, asked["k"])[:SEARCH_LIMIT],
        topics=_topics(asked),
        language=asked["l"] if asked["l"].isascii() and asked["l"].isalpha() else "",
        public=asked["p"] == "1",
        archived=asked["a"] == "1",
        after=_cursor(asked["after"]),
    )


def ask_again(form: Form, keys: ServerKeys) -> str:
    """The address that asks for what was typed, with what narrowed the list before."""
    asked = {name: form.text(name) for name in FILTERS}
    return address({**asked, "k": sealed(keys, form.text("q")) if form.text("q") else ""})


def address(asked: Mapping[str, str], **changes: str) -> str:
    """The list as asked for, but for what changes; always from its beginning."""
    kept = {name: text for name, text in {**asked, "after": "", **changes}.items() if text}
    return f"/c?{urlencode(kept)}" if kept else "/c"


def chips(asked: Mapping[str, str], house: HouseSettings) -> list[Chip]:
    """Everything, the groups of topics, public pages, and languages where there are several."""
    narrowed = any(asked[name] for name in FILTERS)
    group, topic, public = _group(asked), _number(asked["t"]), asked["p"] == "1"
    found = [Chip("community.all", address(asked, g="", t="", l="", p="", a=""), not narrowed)]
    for place, (key, _) in enumerate(TOPIC_GROUPS, 1):
        current = place == group
        way = address(asked, g="" if current and not topic else str(place), t="")
        found.append(Chip(key, way, current))
    found.append(Chip("community.public_pages", address(asked, p="" if public else "1"), public))
    archived = asked["a"] == "1"
    found.append(Chip("community.archived_ones", address(asked, a="" if archived else "1"), archived))
    for language in house.languages if len(house.languages) > 1 else ():
        current = asked["l"] == language
        way = address(asked, l="" if current else language)
        found.append(Chip(f"language.{language}", way, current, language))
    return found


def topic_chips(asked: Mapping[str, str]) -> list[Chip]:
    """The topics of the group that is open."""
    group, chosen = _group(asked), _number(asked["t"])
    if not group:
        return []
    return [
        Chip(
            topic.key,
            address(asked, g=str(group), t="" if topic.number == chosen else str(topic.number)),
            topic.number == chosen,
        )
        for topic in TOPIC_GROUPS[group - 1][1]
    ]


def _cursor(shown: str) -> bytes:
    try:
        return read_id(shown, ID_SIZE) if shown else b""
    except NotFound:
        return b""


def _number(shown: str) -> int:
    typed = to_latin(shown)
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 3 else 0


def _topic(asked: Mapping[str, str]) -> Topic | None:
    return {topic.number: topic for topic in Topic}.get(_number(asked["t"]))


def _group(asked: Mapping[str, str]) -> int:
    """The number of the group that is looked through: that of the topic, where one is chosen."""
    topic, number = _topic(asked), _number(asked["g"])
    if topic is not None:
        return next(place for place, (_, topics) in enumerate(TOPIC_GROUPS, 1) if topic in topics)
    return number if 1 <= number <= len(TOPIC_GROUPS) else 0


def _topics(asked: Mapping[str, str]) -> int:
    topic, group = _topic(asked), _group(asked)
    if topic is not None:
        return int(topic)
    return sum(TOPIC_GROUPS[group - 1][1]) if group else 0

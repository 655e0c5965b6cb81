"""The communities of a sample of some size: the authored ones first, then interests in each language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from mashrabiya.communities.types import Audience
from mashrabiya.stewardship.sample.script import LANGUAGES, Line, Place, Story, lines, read_file, read_places

_IT = "{it}"
_AUDIENCES = (Audience.SIGNED_IN, Audience.PUBLIC, Audience.SIGNED_IN, Audience.MEMBERS)


def places(communities: int) -> list[Place]:
    """So many communities, each with threads that fit it."""
    authored = read_places()
    more = _interests()
    return [*authored[:communities], *(next(more) for _ in range(communities - len(authored)))]


def _interests() -> Iterator[Place]:
    """Every interest in every language; then again, as people do who did not find the first."""
    told = [[part.strip() for part in line.split("|")] for line in lines("interests")]
    frames = {language: read_file(f"frames.{language}")[0] for language in LANGUAGES}
    for number in count():
        at, turn = divmod(number, len(LANGUAGES))
        again, row = divmod(at, len(told))
        language = LANGUAGES[turn]
        topic, *words = told[row]
        name, it = words[2 * turn : 2 * turn + 2]
        place = _place(frames[language], language=language, topic=topic, name=name, it=it)
        audience = _AUDIENCES[at % len(_AUDIENCES)]
        shown = name if not again else f"{name} {again + 1}"
        yield replace(place, key=f"{name}-{language}-{again}", audience=int(audience), name=shown)


def _place(frame: Place, *, language: str, topic: str, name: str, it: str) -> Place:
    """The frame, speaking of this interest."""
    return replace(
        frame,
        language=language,
        topics=(topic,),
        name=name,
        about=frame.about.replace(_IT, it),
        stories=[_story(story, it) for story in frame.stories],
    )


def _story(story: Story, it: str) -> Story:
    return replace(
        story,
        titles=[title.replace(_IT, it) for title in story.titles],
        body=story.body.replace(_IT, it),
        replies=[_line(line, it) for line in story.replies],
    )


def _line(line: Line, it: str) -> Line:
    return replace(line, body=line.body.replace(_IT, it))

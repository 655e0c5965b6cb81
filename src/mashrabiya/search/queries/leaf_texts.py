"""By which words each of the library and of communities is found, and which of them there are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Any

from msgspec import Struct, json
from sqlalchemy import LargeBinary, Select, Table, bindparam, select

from mashrabiya.communities.tables import COMMUNITY
from mashrabiya.communities.types import PlaceState
from mashrabiya.discussions.queries.parts import constant
from mashrabiya.library.guides.drawing import unpack
from mashrabiya.library.guides.queries import STANDS
from mashrabiya.library.guides.shelf import asked_of
from mashrabiya.library.guides.tables import GUIDE, GUIDE_EDITION
from mashrabiya.library.services.countries import country_name
from mashrabiya.library.services.tables import SERVICE
from mashrabiya.library.services.types import Record, Stance
from mashrabiya.library.stories.tables import STORY
from mashrabiya.platform.db import Read, Statement
from mashrabiya.search.queries.passages import plain
from mashrabiya.search.tables import LEAF
from mashrabiya.search.types import INDEXED, Part

SOME = 200
_CITED = re.compile(r"<sup>.*?</sup>")
_REF = bindparam("ref", type_=LargeBinary)
_AFTER = bindparam("after", type_=LargeBinary)


class Text(Struct, frozen=True):
    """What one is found by, in a language where it has one."""

    lang: str
    title: str
    body: str


class Kept(Struct, frozen=True):
    """A row of the index."""

    lang: str
    words: bytes


def guide_text(parts: str) -> str:
    """What an edition says, in one line."""
    shown = unpack(parts)
    said = [shown.lead]
    for section in shown.sections:
        said += [section.title, section.html]
        said += chain.from_iterable((step.title, step.html) for step in section.steps)
    return plain(_CITED.sub("", " ".join((*said, *shown.think))))


def _guide(slug: str, lang: str, title: str, parts: str) -> Iterator[Text]:
    # What is asked in words of every day stands with the title: no guide says "they found out" of itself.
    yield Text(lang, f"{title}. {asked_of(slug, lang)}", guide_text(parts))


def _service(body: str) -> Iterator[Text]:
    record = json.decode(body.encode(), type=Record)
    if record.conversion is Stance.PRACTISES:
        return
    places = [country_name(code, language) for code in record.countries for language in ("ar", "en")]
    said = [record.happens_ar, record.happens_en, record.eligibility_ar, record.eligibility_en]
    yield Text("", f"{record.name_ar} {record.name_en}", " ".join((*said, *record.who, *places)))


def _story(lang: str, *said: str) -> Iterator[Text]:
    yield Text(lang, said[0], " ".join(said[1:]))


def _community(state: int, language: str, name: str, *said: str) -> Iterator[Text]:
    about, tongue, other_name, other_about = said
    if state == PlaceState.CLOSED:
        return
    lang = language if tongue in {"", language} else ""
    yield Text(lang, f"{name} {other_name}", f"{about} {other_about}")


_SAID: dict[Part, tuple[Select[Any], Callable[..., Iterator[Text]]]] = {
    Part.GUIDES: (
        select(GUIDE.c.slug, GUIDE_EDITION.c.lang, GUIDE_EDITION.c.title, GUIDE_EDITION.c.parts)
        .join(GUIDE, GUIDE.c.id == GUIDE_EDITION.c.guide)
        .where(GUIDE_EDITION.c.guide == _REF, STANDS),
        _guide,
    ),
    Part.SERVICES: (select(SERVICE.c.body).where(SERVICE.c.id == _REF), _service),
    Part.STORIES: (
        select(STORY.c.lang, STORY.c.question, STORY.c.was, STORY.c.done, STORY.c.came).where(
            STORY.c.id == _REF
        ),
        _story,
    ),
    Part.COMMUNITIES: (
        select(
            *(COMMUNITY.c[name] for name in ("state", "language", "name", "about")),
            *(COMMUNITY.c[f"other_{name}"] for name in ("tongue", "name", "about")),
        ).where(COMMUNITY.c.id == _REF),
        _community,
    ),
}
_TEXTS: dict[Part, Statement[None]] = {part: Statement(_SAID[part][0]) for part in INDEXED}
_OWN: dict[Part, Table] = {
    Part.GUIDES: GUIDE,
    Part.SERVICES: SERVICE,
    Part.STORIES: STORY,
    Part.COMMUNITIES: COMMUNITY,
}


def _refs(own: Table) -> Statement[None]:
    return Statement(select(own.c.id).where(own.c.id > _AFTER).order_by(own.c.id).limit(constant(SOME)))


def _gone(part: Part, own: Table) -> Statement[None]:
    return Statement(
        select(LEAF.c.ref)
        .outerjoin(own, own.c.id == LEAF.c.ref)
        .where(LEAF.c.part == constant(part), own.c.id.is_(None))
        .distinct()
        .limit(constant(SOME))
    )


_REFS = {part: _refs(own) for part, own in _OWN.items()}
_GONE = {part: _gone(part, own) for part, own in _OWN.items()}
_KEPT: dict[Part, Statement[Kept]] = {
    part: Statement(
        select(LEAF.c.lang, LEAF.c.words).where(LEAF.c.part == constant(part), LEAF.c.ref == _REF),
        into=Kept,
    )
    for part in INDEXED
}


def texts_of(db: Read, part: Part, ref: bytes) -> list[Text]:
    """What it is found by; nothing where it is not there, or is never listed."""
    read = _SAID[part][1]
    return [text for row in db.tuples(_TEXTS[part], ref=ref) for text in read(*row)]


def kept_of(db: Read, part: Part, ref: bytes) -> Sequence[Kept]:
    """Its rows of the index."""
    return db.all(_KEPT[part], ref=ref)


def refs_after(db: Read, part: Part, after: bytes) -> list[bytes]:
    """The next of a part, in the order of their ids, which is that of chance."""
    return [bytes(ref) for (ref,) in db.tuples(_REFS[part], after=after)]


def gone(db: Read, part: Part) -> list[bytes]:
    """Some that stand in the index and are not there any more."""
    return [bytes(ref) for (ref,) in db.tuples(_GONE[part])]

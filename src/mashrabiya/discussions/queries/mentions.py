"""Whom a text mentions: found when it is written, drawn when it is read.

A name is only looked for among those who wrote by name in the same community, one
by one as they were typed: nothing here lists anybody. Where a name is read, the one
of the moment stands, and nobody's where that persona is away or gone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from html import escape
from itertools import islice
from typing import Any

from msgspec import structs
from sqlalchemy import (
    ColumnElement,
    Integer,
    LargeBinary,
    Select,
    Text,
    and_,
    bindparam,
    case,
    exists,
    literal_column,
    null,
    or_,
    select,
)

from mashrabiya.communities import queries as community_queries
from mashrabiya.communities.tables import MEMBERSHIP
from mashrabiya.communities.types import Audience, CommunityFacts
from mashrabiya.discussions.queries.parts import CID, NO, YES, constant
from mashrabiya.discussions.queries.threads import find_thread, get_own_post
from mashrabiya.discussions.tables import POST
from mashrabiya.discussions.types import PAGE, OwnPost, PostState
from mashrabiya.discussions.types.mentions import Candidate, Mentioned, Names, Spot
from mashrabiya.kernel import clock
from mashrabiya.kernel.folding import fold
from mashrabiya.kernel.keys import SLOTS
from mashrabiya.kernel.viewer import Tongue, Viewer
from mashrabiya.people.queries import is_present
from mashrabiya.people.queries.blocks import MOST_AT_ONCE
from mashrabiya.people.rules import name_key
from mashrabiya.people.tables import GUARD, PERSONA
from mashrabiya.people.types import State
from mashrabiya.platform import markdown
from mashrabiya.platform.db import Read, Statement
from mashrabiya.platform.languages import catalogue

Called = tuple[str, str]

MOST = 8
"""So many names one post mentions at most; those after stay words."""

_SPOTS, _WORDS, _WINDOW = 16, 6, 48
_KEYS = _SPOTS * _WORDS
_ON_A_PAGE = MOST * PAGE

# What may stand right before: nothing, a space, an opening mark, what Arabic writes onto a name.
_AT = re.compile("(?<![^\\s(\\[{<>«»\"'“”‘’*~،؛:,!…—–\u0621-\u064a-])@(?=\\w)")
_JOINERS = " -'’·._\u200c"
_GOES_ON = re.compile(r"@|[._]\w")

_KEY = [f"key{number}" for number in range(_KEYS)]
_WHO = [f"who{number}" for number in range(_ON_A_PAGE)]
_AUDIENCE = bindparam("audience", type_=Integer)
_HERE = exists().where(MEMBERSHIP.c.cid == CID, MEMBERSHIP.c.pid == PERSONA.c.id)
_SHUT = exists().where(
    GUARD.c.subject == PERSONA.c.id,
    GUARD.c.until_day >= bindparam("today", type_=Integer),
    or_(
        and_(GUARD.c.kind == literal_column("'comm'"), GUARD.c.scope == CID),
        GUARD.c.kind == literal_column("'site'"),
    ),
)
_READS = or_(
    constant(Audience.PUBLIC) == _AUDIENCE,
    and_(~_SHUT, or_(constant(Audience.SIGNED_IN) >= _AUDIENCE, _HERE)),
)
_CANDIDATES = Statement(
    select(
        PERSONA.c.id,
        PERSONA.c.bpub,
        PERSONA.c.state,
        PERSONA.c.name,
        case((_READS, YES), else_=NO),
    )
    .where(
        PERSONA.c.name_key.in_([bindparam(key, type_=Text) for key in _KEY]),
        # Whoever is away is found no more than who is gone: else typing a name would tell the two apart.
        is_present(PERSONA),
        exists().where(
            POST.c.pid == PERSONA.c.id, POST.c.cid == CID, POST.c.state == constant(PostState.SHOWN)
        ),
    )
    # About so many it can be asked at once whether they keep the writer away.
    .limit(constant(SLOTS * MOST_AT_ONCE)),
    into=Candidate,
)
# A page is open to those who share a community with it: that of the text is one.
_OPEN = and_(PERSONA.c.state.op("&")(constant(State.CLOSED)) == NO, _HERE)
_ADDRESS: ColumnElement[str] = case((_OPEN, PERSONA.c.pub), else_=literal_column("''"))
MENTIONED: Select[Any] = select(
    PERSONA.c.id,
    constant(-1),
    null(),
    _ADDRESS + literal_column("'/'") + PERSONA.c.name,
    NO,
    NO,
).where(PERSONA.c.id.in_([bindparam(who, type_=LargeBinary) for who in _WHO]), is_present(PERSONA))
"""A row for each, in the shape of what stands beside the posts of a page, and asked for along with that."""

_MENTIONED: Statement[None] = Statement(MENTIONED)
_THERE: Statement[None] = Statement(
    select(PERSONA.c.id).where(PERSONA.c.id.in_([bindparam(who, type_=LargeBinary) for who in _WHO]))
)


def spots(text: str) -> list[Spot]:
    """Where a source may mention somebody: in plain words, not in code, links or addresses."""
    return list(islice(_spots(text), _SPOTS)) if "@" in text else []


def _spots(text: str) -> Iterator[Spot]:
    for run in markdown.runs(text):
        for at in _AT.finditer(text, run.start, run.stop):
            said = tuple(_said(text, at.end(), run.stop))
            if said:
                yield Spot(at.start(), said[::-1], run.quoted)


def _said(text: str, begin: int, stop: int) -> Iterator[tuple[int, str]]:
    """What could be the name: up to the end of each word, the shortest first."""
    words = 0
    for place in range(begin, min(stop, begin + _WINDOW) + 1):
        sign = text[place] if place < stop else "\n"
        if unicodedata.category(sign)[0] in "LMN":
            continue
        if text[place - 1] not in _JOINERS and not _GOES_ON.match(text, place, stop):
            yield place, text[begin:place]
            words += 1
        if sign not in _JOINERS or words == _WORDS:
            return


def called(words: str) -> Called:
    """What a name and the words that mean it have in common: how they look, and where one word ends."""
    return name_key(words), fold(words)


def candidates(db: Read, cid: bytes, audience: int, found: Iterable[Spot]) -> dict[Called, Candidate]:
    """Who wrote by name there and is called by one of these words. One statement."""
    keys = list(dict.fromkeys(name_key(words) for spot in found for _end, words in spot.said))[:_KEYS]
    asked = dict(zip(_KEY, [*keys, *[""] * (_KEYS - len(keys))], strict=True))
    rows = db.all(_CANDIDATES, cid=cid, audience=audience, today=clock.day(), **asked)
    return {called(row.name): row for row in rows}


def mentions_in_thread(db: Read, viewer: Viewer, tid: bytes, text: str) -> frozenset[int]:
    """Where a reply names voices of that place; nothing for whoever does not belong there."""
    thread = find_thread(db, viewer, tid)
    return _places(db, thread.community, text) if thread else frozenset()


def mentions_in_place(db: Read, viewer: Viewer, cid: bytes, text: str) -> frozenset[int]:
    """Where an opening names voices of that community; nothing for whoever does not belong there."""
    found = community_queries.find_community(db, viewer, cid)
    return _places(db, found, text) if found else frozenset()


def _places(db: Read, community: CommunityFacts, text: str) -> frozenset[int]:
    """Whether somebody may be mentioned is not asked: who blocked whom would show.

    Only who belongs may read everything there, and so learns nothing from who is found.
    """
    if not community.kin_belongs:
        return frozenset()
    found = spots(text)
    known = candidates(db, community.id, community.audience, found)
    return frozenset(spot.at for spot in found if any(called(words) in known for _end, words in spot.said))


def asked_for(texts: Iterable[str]) -> dict[str, bytes]:
    """The values that ask for everybody these texts mention; none where they mention nobody."""
    people = sorted(markdown.referred(texts))[:_ON_A_PAGE]
    return dict(zip(_WHO, [*people, *[b""] * (_ON_A_PAGE - len(people))], strict=True)) if people else {}


def mentioned(person: bytes, drawn: str) -> tuple[bytes, Mentioned]:
    """A row of ``MENTIONED``: its id and its fourth column."""
    pub, _, name = drawn.partition("/")
    return bytes(person), Mentioned(name, pub)


def without_gone(db: Read, text: str) -> str:
    """The text, with nobody in place of whoever was erased since it was written: her id stands nowhere any more."""
    asked = asked_for([text])
    there = {bytes(row[0]) for row in db.tuples(_THERE, **asked)} if asked else set()
    for person in markdown.referred([text]) - there:
        text = text.replace(markdown.reference(person), markdown.reference(markdown.NOBODY))
    return text


def names_in(db: Read, cid: bytes, texts: Collection[str]) -> Names:
    """Whom these texts mention, as they are called now. A statement, and none where they mention nobody."""
    asked = asked_for(texts)
    if not asked:
        return {}
    return dict(mentioned(row[0], row[3]) for row in db.tuples(_MENTIONED, cid=cid, **asked))


def draw_html(html: str, names: Names, tongue: Tongue, *, linked: bool = False) -> str:
    """A rendered text with the names of the moment. Names are user text: they are escaped here."""

    def draw(person: bytes) -> str:
        who = names.get(person)
        if who is None:
            away = catalogue(tongue.language).text("mention.gone", tongue)
            return f'<bdi lang="{tongue.language}">{escape(away)}</bdi>'
        name = f"@<bdi>{escape(who.name)}</bdi>"
        return f'<a href="/p/{escape(who.pub)}">{name}</a>' if linked and who.pub else name

    return markdown.drawn(html, draw)


def draw_source(source: str, names: Names) -> str:
    """A source as it is typed: @ and the name of the moment, or @… for somebody not here now."""

    def draw(person: bytes) -> str:
        who = names.get(person)
        return f"@{who.name}" if who else markdown.NAMELESS

    return markdown.drawn(source, draw)


def names_of(source: str, names: Names) -> tuple[str, ...]:
    """The names as a form shows them, in the order of the source; nothing for somebody not here now."""
    people = markdown.each_reference(source)
    return tuple(names[person].name if person in names else "" for person in people)


def read_own_post(db: Read, viewer: Viewer, tid: bytes, post: bytes) -> OwnPost:
    """A post that the viewer may change, as she reads it: for a form, with names in place of what is kept."""
    own = get_own_post(db, viewer, tid, post)
    names = names_in(db, own.thread.community.id, [own.post.body])
    html, body = draw_html(own.post.html, names, viewer.tongue), draw_source(own.post.body, names)
    drawn = structs.replace(own.post, html=html, body=body)
    return OwnPost(own.thread, drawn, names_of(own.post.body, names), own.mark)


def drawn_texts(db: Read, viewer: Viewer, texts: list[str]) -> list[str]:
    """Rendered texts, of one community or of several, with the names of the moment and no links."""
    names = names_in(db, b"", texts)
    return [draw_html(text, names, viewer.tongue) for text in texts]

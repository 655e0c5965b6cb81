"""Names in a text become references when it is written, and nobody's when their persona is gone."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Text, bindparam, func, update

from mashrabiya.discussions.queries import mentions as queries
from mashrabiya.discussions.queries.mentions import Called
from mashrabiya.discussions.tables import POST, VERSION
from mashrabiya.discussions.types.mentions import Candidate, Names, Spot
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people import queries as people_queries
from mashrabiya.people.types import Reached, State
from mashrabiya.platform import markdown
from mashrabiya.platform.db import Statement, Write

_OLD, _NEW = bindparam("old", type_=Text), bindparam("new", type_=Text)
_FORGET: Statement[None] = Statement(
    update(POST)
    .where(POST.c.body.contains(_OLD))
    .values(body=func.replace(POST.c.body, _OLD, _NEW), html=func.replace(POST.c.html, _OLD, _NEW))
)
_FORGET_EARLIER: Statement[None] = Statement(
    update(VERSION).where(VERSION.c.body.contains(_OLD)).values(body=func.replace(VERSION.c.body, _OLD, _NEW))
)


def refer(
    uow: Write,
    viewer: Viewer,
    place: tuple[bytes, int],
    typed: str,
    *,
    unnamed: bool = False,
    kept: str = "",
    quoted: str = "",
    was: tuple[str, ...] = (),
    only_kept: bool = False,
) -> str:
    """The text with the names it mentions as references.

    ``place`` is the community and who may read there. ``kept`` is the post as it was before:
    whom it mentioned, it may go on mentioning. ``quoted`` is the post that is answered: whom
    that mentions, its quotation mentions too. ``was`` are the names in either as the form showed
    them: one that has changed since stands for whom it stood. Anybody else is mentioned only
    where she wrote by name in this community, may read this, takes replies, and has not blocked
    the name that writes; else the words stay words, and which of these it was is said to nobody.
    ``only_kept``: nobody but those in ``kept``, as in a translation of it.
    """
    found = queries.spots(typed)
    if not found and not markdown.holds_reference(kept):
        return typed
    old = queries.names_in(uow, place[0], [kept, quoted if any(spot.quoted for spot in found) else ""])
    before, beside = _known(old, kept, was), _known(old, quoted, was)
    met = queries.candidates(uow, *place, found) if found and not only_kept else {}
    willing = _willing(uow, viewer, met, unnamed=unnamed)
    chosen = [*_again(typed, kept, old)]
    people = {person for _start, _end, person in chosen}
    for spot in found:
        end, person = _meant(spot, before | beside if spot.quoted else before, met, willing)
        if person and (person in people or len(people) < queries.MOST):
            people.add(person)
            chosen.append((spot.at, end, person))
    return _with_references(typed, sorted(chosen))


def forget_mentions(uow: Write, pid: bytes) -> None:
    """No text refers to a persona that is gone: somebody stood there, and nothing says who. Safe to repeat."""
    gone = {"old": markdown.reference(pid), "new": markdown.reference(markdown.NOBODY)}
    uow.run(_FORGET, **gone)
    uow.run(_FORGET_EARLIER, **gone)


def _known(names: Names, text: str, was: tuple[str, ...]) -> dict[Called, bytes]:
    people = markdown.each_reference(text)
    shown = was if len(was) == len(people) else ()
    earlier = {queries.called(name): who for name, who in zip(shown, people, strict=False) if name}
    now = {queries.called(names[person].name): person for person in people if person in names}
    return {name: person for name, person in (earlier | now).items() if person in names}


def _willing(uow: Write, viewer: Viewer, met: dict[Called, Candidate], *, unnamed: bool) -> set[bytes]:
    """Who of these may be mentioned here.

    A block holds for the blocked name alone. Everybody sees how a mention is drawn, the blocker
    too: were that of another name, or of an unnamed voice, left undrawn, she would know whose it is.
    """
    asked = [] if unnamed else [Reached(one.id, one.public) for one in met.values()]
    blocked = people_queries.blockers_of_name(uow, viewer, asked)
    return {one.id for one in met.values() if one.reads and not one.state & State.QUIET} - blocked


def _meant(
    spot: Spot, known: dict[Called, bytes], met: dict[Called, Candidate], willing: set[bytes]
) -> tuple[int, bytes]:
    """Whom an @ means: the longest name that somebody has. Who may not be mentioned is not taken for a shorter one."""
    for end, words in spot.said:
        name = queries.called(words)
        if name in known:
            return end, known[name]
        if name in met:
            return end, met[name].id if met[name].id in willing else b""
    return spot.at, b""


def _again(typed: str, kept: str, names: Names) -> Iterator[tuple[int, int, bytes]]:
    """Who stood in the form without a name stands there again, in the same order, unless one was taken out."""
    hidden = [person for person in markdown.each_reference(kept) if person not in names]
    parts = typed.split(markdown.NAMELESS)
    if not hidden or len(hidden) != len(parts) - 1:
        return
    place = 0
    for part, person in zip(parts, hidden, strict=False):
        place += len(part)
        yield place, place + len(markdown.NAMELESS), person
        place += len(markdown.NAMELESS)


def _with_references(typed: str, chosen: list[tuple[int, int, bytes]]) -> str:
    parts, place = [], 0
    for start, end, person in chosen:
        parts += [typed[place:start], markdown.reference(person)]
        place = end
    return "".join([*parts, typed[place:]])

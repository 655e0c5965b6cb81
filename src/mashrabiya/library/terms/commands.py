"""Changing the glossary. Each change is one version; whose it was is written nowhere."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace
from sqlalchemy import LargeBinary, bindparam, delete, update

from mashrabiya.communities import queries as communities
from mashrabiya.communities.rules import may
from mashrabiya.communities.types import Power
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Conflict, Invalid, NotFound
from mashrabiya.kernel.ids import new_id, show_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.library.terms import queries, rules
from mashrabiya.library.terms.queries import packed
from mashrabiya.library.terms.tables import TERM, TERM_REST, TERM_VERSION
from mashrabiya.library.terms.types import MOST_VERSIONS, Body, Concept, Word
from mashrabiya.platform import audit, house, submissions
from mashrabiya.platform.db import Statement, Write

_ID = bindparam("which", type_=LargeBinary)
_CHANGE: Statement[Any] = Statement(
    update(TERM)
    .where(TERM.c.id == _ID)
    .values(body=bindparam("new_body"), changed=1, v=TERM.c.v + 1, day=bindparam("new_day"))
)
_HIDE: Statement[Any] = Statement(update(TERM).where(TERM.c.id == _ID).values(hidden=bindparam("new_hidden")))
_SHELVE: Statement[Any] = Statement(
    update(TERM).where(TERM.c.id == _ID).values(body=bindparam("new_body"), shelf=bindparam("new_shelf"))
)
_SEEN: Statement[Any] = Statement(update(TERM).where(TERM.c.id == _ID).values(shelf=bindparam("new_shelf")))
_WAKE: Statement[Any] = Statement(
    delete(TERM_REST).where(TERM_REST.c.cid == bindparam("cid", type_=LargeBinary))
)
_THIN: Statement[Any] = Statement(
    delete(TERM_VERSION).where(TERM_VERSION.c.term == _ID, TERM_VERSION.c.v <= bindparam("old"))
)


def add(uow: Write, viewer: Viewer, body: Body, submission: str = "") -> bytes:
    """A concept of the house's own. The same form sent twice makes one."""
    rules.may_edit(viewer).or_raise()
    _refuse_wrong(body)
    which = new_id()
    made = submissions.claim(uow, submission, which, packed(body))
    if made is not None:
        return made
    _insert(uow, which, body, key=show_id(which), changed=1, shelf="")
    _told(uow, "added", which)
    return which


def change(uow: Write, viewer: Viewer, which: bytes, body: Body, *, seen: int) -> None:
    """Write a concept anew. ``seen`` is the version that its editor had before her; saying the same changes nothing."""
    concept = queries.get_concept(uow, viewer, which)
    if body == concept.body:
        return
    if seen != concept.v:
        raise Conflict("library.terms.changed_meanwhile")
    _refuse_wrong(body)
    _keep(uow, concept)
    uow.run(_CHANGE, which=which, new_body=packed(body), new_day=clock.day())
    _told(uow, "changed", which)


def put_word(uow: Write, viewer: Viewer, which: bytes, word: Word, *, at: int, seen: int) -> None:
    """Write a word of a concept: the one at this place, or one more behind the last."""
    words = list(queries.get_concept(uow, viewer, which).body.words)
    if word in words and (at >= len(words) or words[at] == word):
        # Sent twice it is one; and what was not changed is no change.
        return
    words[at : at + 1] = [word]
    _rewrite(uow, viewer, which, words, seen=seen)


def drop_word(uow: Write, viewer: Viewer, which: bytes, *, at: int, seen: int) -> None:
    """Take a word away. It stays with the version before."""
    words = list(queries.get_concept(uow, viewer, which).body.words)
    if at >= len(words):
        raise NotFound
    _rewrite(uow, viewer, which, words[:at] + words[at + 1 :], seen=seen)


def hide(uow: Write, viewer: Viewer, which: bytes, *, on: bool) -> None:
    """Out of every list and text, or back. Twice is once."""
    if queries.get_concept(uow, viewer, which).hidden == on:
        return
    uow.run(_HIDE, which=which, new_hidden=int(on))
    _told(uow, "hidden" if on else "shown", which)


def bring_back(uow: Write, viewer: Viewer, which: bytes, *, v: int, seen: int) -> None:
    """As it stood in an earlier version, while that is kept; which is a change like any other."""
    kept = {one.v: one for one in queries.versions(uow, viewer, which)}
    if v not in kept:
        raise NotFound
    change(uow, viewer, which, kept[v].body, seen=seen)


def rest(uow: Write, viewer: Viewer, cid: bytes, *, on: bool) -> None:
    """Whether members of a place are told of no word before they post there. Twice is once."""
    may(viewer, communities.get_community(uow, viewer, cid), Power.SHAPE).or_raise()
    if on:
        uow.insert_once(TERM_REST, cid=cid)
    else:
        uow.run(_WAKE, cid=cid)
    house.bump(uow, queries.HELD)


def forget_place(uow: Write, cid: bytes) -> None:
    """A place that closed has no wish any more."""
    if uow.run(_WAKE, cid=cid):
        house.bump(uow, queries.HELD)


def shelve(uow: Write, shelf: dict[str, Body], print_: str) -> int:
    """Bring what the shelf has; answers how many concepts came or changed. What the house wrote stays as it wrote it."""
    stand, new = queries.shelved(uow), 0
    for key, body in shelf.items():
        said = packed(body)
        if key not in stand:
            _insert(uow, new_id(), body, key=key, changed=0, shelf=print_)
            new += 1
            continue
        which, changed, before = stand[key]
        if changed or before == said:
            uow.run(_SEEN, which=which, new_shelf=print_)
        else:
            uow.run(_SHELVE, which=which, new_body=said, new_shelf=print_)
            new += 1
    house.bump(uow, queries.HELD)
    return new


def _rewrite(uow: Write, viewer: Viewer, which: bytes, words: list[Word], *, seen: int) -> None:
    body = queries.get_concept(uow, viewer, which).body
    change(uow, viewer, which, replace(body, words=tuple(words)), seen=seen)


def _refuse_wrong(body: Body) -> None:
    wrong = rules.wrong_body(body)
    if wrong:
        raise Invalid(wrong)


def _insert(uow: Write, which: bytes, body: Body, *, key: str, changed: int, shelf: str) -> None:
    uow.insert(
        TERM,
        id=which,
        key=key,
        body=packed(body),
        hidden=0,
        changed=changed,
        shelf=shelf,
        v=1,
        day=clock.day() if changed else 0,
    )


def _keep(uow: Write, before: Concept) -> None:
    uow.insert(TERM_VERSION, term=before.id, v=before.v, body=packed(before.body), day=clock.day())
    uow.run(_THIN, which=before.id, old=before.v - MOST_VERSIONS)


def _told(uow: Write, act: str, which: bytes) -> None:
    house.bump(uow, queries.HELD)
    audit.record(uow, f"term:{act}", role="house", thing=which)

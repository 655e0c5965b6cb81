"""Oracles put into the house on purpose, as other software really has them: the suite must see each.

They are those that the closest ancestor of this house had: what is unnamed hides with
its blocked author, counts for her, moves her threads, goes when she goes, and she
falls silent with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from mashrabiya.discussions import queries, rules
from mashrabiya.discussions.commands import posts
from mashrabiya.library.stories import commands as stories
from mashrabiya.library.stories import rules as story_rules
from mashrabiya.notifications import rules as notices
from mashrabiya.notifications.commands import telling
from mashrabiya.people import flows
from mashrabiya.people import queries as people
from mashrabiya.platform.db import Write

Plant = Callable[[pytest.MonkeyPatch], None]
PLANTS: dict[str, tuple[str, Plant]] = {}


def shows_when(happens: str) -> Callable[[Plant], Plant]:
    """What is planted shows when this happens."""

    def keep(plant: Plant) -> Plant:
        PLANTS[plant.__name__] = happens, plant
        return plant

    return keep


def go_around(uow: Any, sql: str, *values: bytes) -> Any:
    """As SQLite says it; PostgreSQL's driver has another sign for a value."""
    return uow._connection.execute(sql if uow.dialect == "sqlite" else sql.replace("?", "%s"), values)


def also(patch: pytest.MonkeyPatch, more: Callable[[Write, Any, Any], None]) -> None:
    """Something more is done wherever somebody writes unnamed."""
    real = posts._write

    def write(uow: Write, viewer: Any, placed: Any, *given: Any, label: int | None, **named: Any) -> Any:
        stands = real(uow, viewer, placed, *given, label=label, **named)
        if label is not None:
            more(uow, viewer, placed)
        return stands

    patch.setattr(posts, "_write", write)


def remembered(patch: pytest.MonkeyPatch) -> dict[tuple[bytes, int], bytes]:
    """Who wrote what, as a house would know it that keeps the author of an unnamed post beside it."""
    wrote: dict[tuple[bytes, int], bytes] = {}
    also(patch, lambda _uow, viewer, placed: wrote.update({(placed.tid, placed.n): viewer.pid}))
    return wrote


@shows_when("it stands there")
def a_score_counts_the_unnamed(patch: pytest.MonkeyPatch) -> None:
    sql = "UPDATE persona SET about = about || '.' WHERE id = ?"
    also(patch, lambda uow, viewer, _placed: go_around(uow, sql, viewer.pid))


@shows_when("it stands there")
def a_list_is_moved_by_the_unnamed(patch: pytest.MonkeyPatch) -> None:
    sql = "UPDATE thread SET pos = pos + 600 WHERE id IN (SELECT tid FROM post WHERE n = 1 AND pid = ?)"
    also(patch, lambda uow, viewer, _placed: go_around(uow, sql, viewer.pid))


@shows_when("the suspect is blocked, muted, and her name a hidden word")
def a_block_hides_the_unnamed(patch: pytest.MonkeyPatch) -> None:
    wrote, real = remembered(patch), queries.thread_page

    def page(db: Any, viewer: Any, tid: bytes, *given: Any, **named: Any) -> Any:
        found = real(db, viewer, tid, *given, **named)
        blocked = {one.pid for lists in people.lists_of(viewer).values() for one in lists.blocks}
        found.posts[:] = [one for one in found.posts if wrote.get((tid, one.n)) not in blocked]
        return found

    patch.setattr(queries, "thread_page", page)


@shows_when("the suspect is blocked, muted, and her name a hidden word")
def a_block_withholds_notices_of_the_unnamed(patch: pytest.MonkeyPatch) -> None:
    wrote, real = remembered(patch), notices.counts

    def counts(viewer: Any, reach: Any, post: Any) -> bool:
        return real(viewer, reach, post) and wrote.get((post.tid, post.n)) not in reach.blocked

    patch.setattr(notices, "counts", counts)


@shows_when("whom the suspect has blocked writes to the unnamed")
def a_block_refuses_answers_to_the_unnamed(patch: pytest.MonkeyPatch) -> None:
    wrote, real = remembered(patch), queries.speaking_to

    def speaking_to(uow: Any, viewer: Any, thread: Any, to: int | None) -> Any:
        pid = wrote.get((thread.id, to or 1))
        # The others have blocked her too: one of the three alone is asked, as if she alone had.
        reached = people.find_reached(uow, pid) if pid and is_suspect(uow, pid) else None
        speaking, answered = real(uow, viewer, thread, to)
        return speaking, [*answered, *([reached] if reached else [])]

    patch.setattr(queries, "speaking_to", speaking_to)


def is_suspect(uow: Any, pid: bytes) -> bool:
    found = go_around(uow, "SELECT name FROM persona WHERE id = ?", pid).fetchone()
    return found is not None and found[0] == "Lubna"


@shows_when("the suspect takes no replies, shows her page to nobody, and lets named voices alone answer")
def a_rest_speaks_for_the_unnamed(patch: pytest.MonkeyPatch) -> None:
    a_block_refuses_answers_to_the_unnamed(patch)


@shows_when("the suspect deletes her account, with what she wrote by name")
def the_unnamed_goes_with_its_author(patch: pytest.MonkeyPatch) -> None:
    real = flows.delete_account

    def delete(site: Any, who: Any, **how: Any) -> None:
        with site.database.write() as uow:
            for post in site.rooms["unnamed"](uow, who.vault.work):
                go_around(uow, "UPDATE post SET state = 1, html = '', body = '' WHERE id = ?", post)
        real(site, who, **how)

    patch.setattr(flows, "delete_account", delete)


@shows_when("whoever wrote it may write unnamed no longer, and all three go on by name")
def she_falls_silent_with_it(patch: pytest.MonkeyPatch) -> None:
    def as_if_unnamed(real: Callable[..., Any]) -> Callable[..., Any]:
        return lambda uow, viewer, cid, **how: real(uow, viewer, cid, **{**how, "unnamed": True})

    for name in ("refuse_answering", "refuse_beginning"):
        patch.setattr(posts, name, as_if_unnamed(getattr(posts, name)))


def told(patch: pytest.MonkeyPatch, more: Callable[[Write, Any, bytes], None]) -> None:
    """Something more is done wherever somebody tells an experience unnamed."""
    real = stories.tell

    def tell(uow: Write, viewer: Any, said: Any, **named: Any) -> Any:
        placed = real(uow, viewer, said, **named)
        if said.unnamed:
            more(uow, viewer, placed.id)
        return placed

    patch.setattr(stories, "tell", tell)


@shows_when("it stands there")
def a_count_tells_of_the_unnamed_experience(patch: pytest.MonkeyPatch) -> None:
    sql = "UPDATE persona SET about = about || '.' WHERE id = ?"
    told(patch, lambda uow, viewer, _story: go_around(uow, sql, viewer.pid))


@shows_when("the suspect is blocked, muted, and her name a hidden word")
def a_block_hides_the_unnamed_experience(patch: pytest.MonkeyPatch) -> None:
    wrote: dict[bytes, bytes] = {}
    told(patch, lambda _uow, viewer, story: wrote.update({story: viewer.pid}))
    real = story_rules.why_unmet

    def why_unmet(reach: Any, story: Any) -> str:
        return "reach.folded_blocked" if wrote.get(story.id) in reach.blocked else real(reach, story)

    patch.setattr(story_rules, "why_unmet", why_unmet)


@shows_when("the suspect deletes the name in use, with its posts")
def the_unnamed_experience_goes_with_a_name(patch: pytest.MonkeyPatch) -> None:
    wrote: dict[bytes, bytes] = {}
    told(patch, lambda _uow, viewer, story: wrote.update({story: viewer.pid}))
    real = stories.forget_persona

    def forget(uow: Write, pid: bytes) -> None:
        real(uow, pid)
        for story, teller in wrote.items():
            if teller == pid:
                stories.drop(uow, story)

    patch.setattr(stories, "forget_persona", forget)


@shows_when("it stands there")
def the_language_of_her_pages_marks_it(patch: pytest.MonkeyPatch) -> None:
    """This one stood in this house until this suite met it."""
    real = posts._write

    def write(uow: Write, viewer: Any, placed: Any, words: Any, **named: Any) -> Any:
        lang = rules.language_of(words.body, viewer.tongue.language)
        return real(uow, viewer, placed, replace(words, lang=lang), **named)

    patch.setattr(posts, "_write", write)


def what_is_unnamed_is_told_to_its_name(patch: pytest.MonkeyPatch) -> None:
    """This one shows at rest alone."""
    real, wrote = telling.something_new, dict[bytes, bytes]()
    also(patch, lambda _uow, viewer, placed: wrote.update({viewer.token(placed.tid): viewer.pid}))

    def something_new(uow: Any, addrs: Any, **what: Any) -> None:
        real(uow, [(wrote.get(addr, addr), kind % 16) for addr, kind in addrs], **what)

    patch.setattr(telling, "something_new", something_new)

"""What was told to the care team and what it decided, by the commands, so that the desks find it all.

The desks stand beside this level: ``main`` hands over how to decide.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from mashrabiya.discussions.types import PostState
from mashrabiya.kernel.viewer import CARE, HOST, Viewer
from mashrabiya.platform.db import Write
from mashrabiya.platform.keys import ServerKeys
from mashrabiya.platform.web.site import Site
from mashrabiya.safety import commands as safety
from mashrabiya.safety.types import NewReport, Reason, Thing
from mashrabiya.stewardship.sample.moving_in import days_ago
from mashrabiya.stewardship.sample.script import Place, lines
from mashrabiya.stewardship.sample.types import Case, Post, Thread

_AFTER, _LEAST, _AGREED_DAYS, _TALKED_DAYS = 0.5, 0.01, 120.0, 3.0


@dataclass(frozen=True, slots=True)
class Told:
    """Something that somebody reported: the post, its community, and the case made of it."""

    post: bytes
    place: str
    cid: bytes
    case: Case


Decide = Callable[[Write, Viewer, ServerKeys, Told], None]
"""Decide, as this carer, on what was reported."""


def untouched(thread: Thread) -> Thread:
    """As it stood before anybody had looked: what was decided is decided by commands."""
    for post in thread.posts:
        if post.case is not None and post.case.withholds:
            post.state = PostState.SHOWN
    return thread


def agree(site: Site, decide: Decide, place: Place, cid: bytes, *, personas: dict[str, Viewer]) -> None:
    """Let two hold keys there, propose it and agree to it: from then on two could learn who writes unnamed."""
    host, second = personas[place.host], personas[place.second]
    steps = ((host, "key"), (second, "key"), (host, "account"), (second, "agree"))
    with days_ago(_AGREED_DAYS):
        for viewer, act in steps:
            with site.database.write() as uow:
                decide(uow, viewer, site.keys, Told(b"", place.key, cid, Case("", "", act, place.why)))
    place.keepers = (place.host, place.second)


def tended(post: Post) -> float:
    """How many days ago it was decided on. What is held waits for some days at most: it was held just now."""
    held = post.case is not None and post.case.act == "hold"
    return _LEAST if held else max(post.at - _AFTER, _LEAST)


def tend(
    site: Site,
    decide: Decide,
    told: Told,
    post: Post,
    *,
    place: Place,
    readers: Sequence[str],
    personas: dict[str, Viewer],
) -> None:
    """Report it as somebody who read it, and decide as whoever runs the place."""
    host, *others = readers
    reader = personas[next(key for key in others if key != post.persona)]
    call = bool(told.case.reason) and Reason[told.case.reason.upper()].is_call
    with days_ago(tended(post)):
        if call:
            with site.database.write() as uow:
                safety.call(uow, told.cid, told.post, Reason[told.case.reason.upper()])
        elif told.case.reason:
            with site.database.write() as uow:
                safety.report(uow, reader, site.keys, _report(told))
        steps = _steps(told.case.act, host, place.keepers)
        if post.persona in {key for key, _act in steps}:  # nobody decides on her own words
            return
        if (
            told.case.act == "ask" and post.persona in place.learned
        ):  # in a small house one person has many parts
            return
        if told.case.act == "learn":
            place.learned.add(post.persona)
        for key, act in ((key, act) for key, act in steps if act):
            case = replace(told.case, act=act)
            with site.database.write() as uow:
                decide(uow, personas[key], site.keys, replace(told, case=case))


def talk_among(
    site: Site, decide: Decide, told: Sequence[tuple[Told, Post]], personas: dict[str, Viewer]
) -> None:
    """Let carers take what waits, ask each other, and hand it over: of the first that waits in each language."""
    for line in lines("among"):
        language, key, act, words = (part.strip() for part in line.split("|"))
        waits = ((one, post) for one, post in told if one.case.reason and not one.case.act)
        case = next((pair for pair in waits if pair[1].language == language), None)
        carer = personas.get(key)
        if case is None or carer is None or personas[case[1].persona].pid in carer.siblings:
            continue
        step = replace(case[0], case=Case("", "", act, words))
        with days_ago(_LEAST), site.database.write() as uow:
            decide(uow, carer, site.keys, step)


def talk(site: Site, decide: Decide, lines: Sequence[str], *, personas: dict[str, Viewer]) -> None:
    """Let carers talk among themselves, in turn; a line without words is a wish for somebody to talk with."""
    carers = [viewer for viewer in personas.values() if viewer.has(CARE)]
    for number, words in enumerate(lines):
        viewer = carers[number % len(carers)]
        with days_ago(_TALKED_DAYS * (1 - number / len(lines))), site.database.write() as uow:
            decide(uow, viewer, site.keys, Told(b"", "", b"", Case("", "", "talk", words.lstrip("- "))))


def propose(site: Site, decide: Decide, words: str, *, personas: dict[str, Viewer]) -> None:
    """Let whoever keeps the house propose that somebody has a role: a second person has yet to agree."""
    viewer = next(viewer for viewer in personas.values() if viewer.has(HOST) and viewer.has(CARE))
    with days_ago(_LEAST), site.database.write() as uow:
        decide(uow, viewer, site.keys, Told(b"", "", b"", Case("", "", "propose", words)))


def dispute(
    site: Site, decide: Decide, told: Told, post: Post, *, decided: str, personas: dict[str, Viewer]
) -> None:
    """Let whoever wrote it object, and another carer answer, where there is one who did not decide."""
    objection, writer = told.case.objection, personas[post.persona]
    if objection is None or post.persona == decided:
        return
    others = (one for one in personas.values() if one.has(CARE))
    third = next(
        (one for one in others if one.pid not in {*writer.siblings, *personas[decided].siblings}), None
    )
    steps = [(writer, "object", objection.words), (third, objection.became, objection.answer)]
    for viewer, act, words in steps:
        if viewer is None or not act:
            continue
        case = replace(told.case, act=act, words=words)
        with days_ago(_LEAST), site.database.write() as uow:
            decide(uow, viewer, site.keys, replace(told, case=case))


def unlist(
    site: Site, decide: Decide, told: Told, *, readers: Sequence[str], personas: dict[str, Viewer]
) -> None:
    """Let a member report a community, and a carer who does not run it take it out of the lists for a time."""
    hers = {pid for key in readers[:1] for pid in personas[key].siblings}
    reader = next((personas[key] for key in readers[1:] if personas[key].pid not in hers), None)
    carer = next((one for one in personas.values() if one.has(CARE) and one.pid not in hers), None)
    if reader is None or carer is None or reader.pid in carer.siblings:
        return
    about = NewReport(kind=Thing.COMMUNITY, object=told.cid, place=None, reason=int(Reason.OTHER), note="")
    with days_ago(_LEAST):
        with site.database.write() as uow:
            safety.report(uow, reader, site.keys, about)
        with site.database.write() as uow:
            decide(uow, carer, site.keys, told)


def _report(told: Told) -> NewReport:
    reason = int(Reason[told.case.reason.upper()])
    return NewReport(kind=Thing.POST, object=told.post, place=told.cid, reason=reason, note=told.case.note)


def _steps(act: str, host: str, keepers: Sequence[str]) -> list[tuple[str, str]]:
    """Who does what, one after the other; to learn who wrote something takes both who hold a key.

    What was learned is hidden besides: its report does not wait any more.
    """
    if act in {"ask", "learn"}:
        then = ("learn", "hide") if act == "learn" else ("", "")
        return [*zip((*keepers, host), ("ask", *then), strict=False)]
    return [(host, act)] if act else []

"""Which lists stand at the desk, and what in them: made of what was read, for one reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import show_id
from mashrabiya.library.desk.rules.acting import readers_of
from mashrabiya.library.desk.types import (
    OPEN_AGAIN_DAYS,
    TOLD_AHEAD_DAYS,
    Desk,
    Line,
    Listed,
    Shelved,
    Task,
    Volume,
    role_key,
)
from mashrabiya.library.guides.types import LANGS, Doubt, Role, Source, State

_SAID = 200
"""So many letters of what was found wrong stand in a list."""
_ORDER = ("yours", "wrong", "due", "lags", "drafts", "shelf", "review", "soon", "withdrawn", "all")


def lists(volumes: Sequence[Volume], reports: Iterable[Doubt], desk: Desk, lang: str) -> list[Listed]:
    """Every list that holds something, what is most urgent first."""
    found: dict[str, list[Task]] = {name: [] for name in _ORDER}
    by_id = {bytes(volume.guide.id): volume for volume in volumes}
    for report in reports:
        if volume := by_id.get(bytes(report.guide)):
            found["wrong"].append(_reported(volume, report, lang))
    for volume in volumes:
        for name, task in _tasks(volume, desk, lang):
            found["yours" if task.yours else name].append(task)
    found["soon"].sort(key=lambda task: task.when)
    return [Listed(name, tasks) for name, tasks in found.items() if tasks]


def wanted(volume: Volume, line: Line) -> tuple[Role, ...]:
    """The roles that have not read this edition yet."""
    have = {hand.role for hand in volume.hands_of(line)}
    return tuple(role for role in readers_of(volume.guide) if role not in have)


def is_soon(volume: Volume, today: int) -> bool:
    """Reviewed, and due within the weeks in which hosts are told."""
    guide = volume.guide
    return guide.now == State.REVIEWED and guide.next_day - today < TOLD_AHEAD_DAYS


def state_of(source: Source, today: int) -> str:
    """What the desk knows of a source: never opened, broken, opened too long ago, or fine."""
    if source.broken_day:
        return "broken"
    if not source.seen:
        return "never"
    return "old" if source.seen < clock.iso(today - OPEN_AGAIN_DAYS) else "fine"


def shelve(
    sources: Iterable[Source], cited: Mapping[str, set[bytes]], volumes: Sequence[Volume], lang: str
) -> list[Shelved]:
    """Sources as the desk lists them: what is broken first, then what nobody opened; cited ones before others."""
    today, titles = clock.day(), {bytes(one.guide.id): one for one in volumes}
    found = []
    for one in sources:
        guides = [titles[guide] for guide in cited.get(one.code, ()) if guide in titles]
        named = sorted((f"/y/d/{each.guide.shown}", each.title(lang)) for each in guides)
        found.append(
            Shelved(
                one.code,
                one.title,
                one.publisher,
                one.address,
                state_of(one, today),
                one.seen,
                one.broken_day * clock.DAY,
                one.supports(lang),
                named,
            )
        )
    order = {"broken": 0, "never": 1, "old": 2, "fine": 3}
    return sorted(found, key=lambda one: (order[one.state], -len(one.guides), one.code))


def _tasks(volume: Volume, desk: Desk, lang: str) -> Iterable[tuple[str, Task]]:
    guide = volume.guide
    yield "all", _task(volume, lang)
    if guide.now == State.WITHDRAWN:
        yield "withdrawn", _task(volume, lang)
        return
    waits = [line for line in map(volume.published, LANGS) if line is not None and wanted(volume, line)]
    if waits and guide.now in {State.FIRST, State.DUE}:
        yield "due" if guide.now == State.DUE else "review", _read(volume, waits, desk, lang)
    for line in volume.lines:
        if line.is_draft or line.is_proposed:
            yield "drafts" if line.is_draft else "shelf", _read(volume, [line], desk, lang)
    lagging = tuple(own for own in LANGS if volume.lags(own))
    if lagging:
        yield "lags", _task(volume, lang, editions=lagging)
    if is_soon(volume, clock.day()):
        yield "soon", _task(volume, lang, when=guide.next_day * clock.DAY)


def _task(volume: Volume, lang: str, *, editions: tuple[str, ...] = (), when: int = 0) -> Task:
    return Task(f"/y/d/{volume.guide.shown}", *volume.titled(lang), editions=editions, when=when)


def _read(volume: Volume, lines: Sequence[Line], desk: Desk, lang: str) -> Task:
    """Editions to read: one leads to itself, several to their guide."""
    roles = {role for line in lines if not line.is_proposed for role in wanted(volume, line)}
    place = f"/{lines[0].lang}/{lines[0].n}" if len(lines) == 1 else ""
    return Task(
        f"/y/d/{volume.guide.shown}{place}",
        *volume.titled(lang),
        editions=tuple(line.lang for line in lines),
        roles=tuple(role_key(role) for role in sorted(roles)),
        yours=any(desk.has(role) for role in roles),
        when=max(line.when for line in lines),
    )


def _reported(volume: Volume, report: Doubt, lang: str) -> Task:
    href = f"/y/d/m/{show_id(report.id)}"
    return Task(
        href, *volume.titled(lang), editions=(report.lang,), when=report.when, said=report.text[:_SAID]
    )

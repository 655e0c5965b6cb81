"""The notices of one reader, gathered and narrowed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mashrabiya.kernel.viewer import Viewer
from mashrabiya.notifications import rules
from mashrabiya.notifications.queries.rows import hers, posts_behind, rows_of
from mashrabiya.notifications.seen import Seen, SeenKeys
from mashrabiya.notifications.types import (
    PAGE,
    TRIED,
    Asked,
    Centre,
    Counted,
    Kind,
    Row,
    Sort,
    Told,
)
from mashrabiya.people.queries import marks_of
from mashrabiya.platform.db import Read
from mashrabiya.safety.queries import reach_of

_TRIED_BESIDE = 5_000
_ELSEWHERE = 20


@dataclass(frozen=True, slots=True)
class _Reader:
    """Who reads, and what she keeps of it."""

    viewer: Viewer
    seen: Seen
    keys: SeenKeys

    def has_read(self, row: Row, sort: Sort) -> int:
        """Up to which post she has read there, as she said herself."""
        if row.day <= self.seen.floor:
            return row.last
        return self.seen.read.get(self.keys.mark(row.tid, sort), (0, 0))[0]


def centre(db: Read, viewer: Viewer, asked: Asked, *, tried: int = TRIED) -> Centre:
    """One page of what she is told, and how much there is for her other names."""
    reader, rows = _find(db, viewer, tried)
    if reader is None:
        return Centre([])
    here = _lines(reader, [row for row in rows if row.readable], asked)
    away = _lines(reader, [row for row in rows if not row.readable], Asked())
    places = {
        row.cid: row.community for line in _lines(reader, rows, Asked()) for row in line if row.readable
    }
    if asked.cid:
        here = [line for line in here if line[0].cid == asked.cid]
    told, further = _page(db, reader, here, asked)
    elsewhere = [] if viewer.discreet else _told(db, reader, away[:_ELSEWHERE])
    new = sum(one.new for one in elsewhere)
    named = sorted(places.items(), key=lambda place: place[1])
    return Centre(told, further, new, tuple(named), sum(one.new for one in told))


def everything(db: Read, viewer: Viewer, asked: Asked) -> list[Told]:
    """All that she is told there, in as many steps as it takes: to be read as one page, or marked as read."""
    reader, rows = _find(db, viewer, TRIED)
    if reader is None:
        return []
    here = [row for row in rows if row.readable]
    lines = [line for line in _lines(reader, here, asked) if not asked.cid or line[0].cid == asked.cid]
    return [
        one
        for at in range(0, len(lines), PAGE)
        for one in _told(db, reader, lines[at : at + PAGE])
        if one.new or not asked.new
    ]


def new_for(db: Read, viewer: Viewer) -> bool:
    """Whether anything is new for her, under whichever of her names: looked for beside her requests."""
    found = centre(db, viewer, Asked(new=True), tried=_TRIED_BESIDE)
    return bool(found.news or found.elsewhere)


def _find(db: Read, viewer: Viewer, tried: int) -> tuple[_Reader | None, list[Row]]:
    if viewer.work is None or not viewer.speaks:
        return None, []
    seen, tokens = hers(db, viewer, tried=tried)
    reader, reach = _Reader(viewer, seen, SeenKeys.of(viewer.work)), reach_of(viewer)
    rows = [
        row
        for row in rows_of(db, viewer, tokens)
        if row.tid not in seen.threads and row.cid not in seen.places and rules.is_told(viewer, reach, row)
    ]
    return reader, rows


def _lines(reader: _Reader, rows: Iterable[Row], asked: Asked) -> list[list[Row]]:
    lines = (rules.wanted(line, reader.seen.off, asked.sort) for line in rules.gathered(rows))
    return [line for line in lines if line and max(row.day for row in line) >= asked.since]


def _page(db: Read, reader: _Reader, lines: Sequence[list[Row]], asked: Asked) -> tuple[list[Told], int]:
    """A page of them, and where the next begins. Where only what is new is asked for, some steps are taken for it."""
    told, at = list[Told](), asked.skipped
    while at < len(lines) and not told:
        told = [one for one in _told(db, reader, lines[at : at + PAGE]) if one.new or not asked.new]
        at += PAGE
    return told, at if at < len(lines) else 0


def _told(db: Read, reader: _Reader, lines: Sequence[list[Row]]) -> list[Told]:
    """These lines as she is told them now; those of which nothing is told are left out."""
    viewer, reach = reader.viewer, reach_of(reader.viewer)
    talk = [line for line in lines if line[0].what not in {Kind.HELPED, Kind.POLL}]
    asked = [(line[0].tid, rules.window(line)) for line in talk]
    posts = rules.by_thread(posts_behind(db, asked, worded=reach.hides)) if talk else {}
    # Where she is asked to be reminded of nothing, nothing is opened.
    tids = [line[0].tid for line in talk]
    marked = marks_of(db, viewer, tids) if viewer.remembers and tids else {}
    found = [
        _talk(reader, line, posts.get(line[0].tid, []), marked.get(line[0].tid, 0))
        if line in talk
        else _once(reader, line)
        for line in lines
    ]
    return [one for one in found if one is not None]


def _talk(reader: _Reader, line: list[Row], posts: Sequence[Counted], marked: int) -> Told | None:
    viewer, reach = reader.viewer, reach_of(reader.viewer)
    own = max((post.n for post in posts if rules.is_own(viewer, post)), default=0)
    met = [post for post in posts if rules.counts(viewer, reach, post)]
    read = max(marked, reader.has_read(line[0], Sort.REPLIES))
    return rules.line_told(line, met, own, read)


def _once(reader: _Reader, line: list[Row]) -> Told | None:
    """What helped, or a poll: read once it was said to be."""
    sort = Sort.POLLS if line[0].what is Kind.POLL else Sort.HELPED
    newest = max(row.day for row in line)
    said = reader.seen.read.get(reader.keys.mark(line[0].tid, sort), (0, 0))
    is_new = newest > reader.seen.floor and (not said[0] or _more(line, said, sort))
    return rules.marked_told(line, new=is_new)


def _more(line: list[Row], said: tuple[int, int], sort: Sort) -> bool:
    """Whether more texts helped than when she had read it."""
    return sort is Sort.HELPED and len(line) > said[0]

"""What a reader is told, of what lies there for her. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from mashrabiya.discussions.rules import is_her_voice, words_in
from mashrabiya.discussions.types import STARTER, PostState
from mashrabiya.kernel.folding import words_of
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.notifications.types import SORT_OF, UNNAMED, WINDOW, Counted, Kind, Row, Sort, Told
from mashrabiya.safety.rules import has_hidden_word, why_folded
from mashrabiya.safety.types import ANYBODY, UNKNOWN, Reach

_HALVES = 48
_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKL"


def is_told(viewer: Viewer, reach: Reach, row: Row) -> bool:
    """Whether anything of that thread is told to her: not what she hides, and of nobody she keeps away."""
    if row.notes & viewer.notes_hidden:
        return False
    if reach is not ANYBODY and why_folded(reach, row.starter, row.tid, STARTER):
        return False
    return not (reach.hides and has_hidden_word(reach, words_of(row.title)))


def counts(viewer: Viewer, reach: Reach, post: Counted) -> bool:
    """Whether she is told of this post: not of her own, and of none that waits for her folded by her own wish."""
    if is_her_voice(viewer, post.pid, post.tok, post.home_tid) or post.notes & viewer.notes_hidden:
        return False
    if reach is ANYBODY:
        return True
    label = UNKNOWN if post.label is None else post.label
    if why_folded(reach, post.met, post.home_tid, label):
        return False
    return not (reach.hides and has_hidden_word(reach, words_in(post.html)))


def gathered(rows: Iterable[Row]) -> list[list[Row]]:
    """What belongs in one line: by thread, replies and what is hers together; newest day first."""
    lines: dict[tuple[bytes, Sort], list[Row]] = {}
    for row in rows:
        sort = SORT_OF[row.what]
        lines.setdefault((row.tid, Sort.REPLIES if sort == Sort.MINE else sort), []).append(row)
    return sorted(lines.values(), key=lambda line: (-max(row.day for row in line), line[0].tid, line[0].kind))


def wanted(line: Sequence[Row], off: int, asked: Sort) -> list[Row]:
    """The rows of a line that she wants notices of, and asks for now. What is unnamed is asked for as replies alone."""
    return [row for row in line if not SORT_OF[row.what] & off and (not asked or SORT_OF[row.what] & asked)]


def window(line: Sequence[Row]) -> int:
    """From behind which post of its thread a line is counted."""
    return max(min(row.n for row in line) - 1, line[0].last - WINDOW)


def line_told(line: Sequence[Row], posts: Sequence[Counted], own: int, read: int) -> Told | None:
    """One line of replies, or nothing where nothing of it is told.

    ``posts`` are those that count, ``own`` is the last of hers there, and ``read`` up to where she has read.
    """
    whole = [row for row in line if row.what is Kind.REPLY]
    named = {row.n for row in line}
    begins = min((row.n for row in whole), default=0)
    heard = [post for post in posts if post.n in named or (whole and post.n >= begins)]
    if not heard:
        return None
    new = [post for post in heard if post.n > max(read, own)]
    shown, first = new or heard, line[0]
    many = bool(whole) and begins <= first.last - WINDOW and len(shown) == len(heard)
    return _line(
        line,
        Sort.REPLIES if whole else Sort.MINE,
        n=shown[0].n,
        count=len(shown),
        new=bool(new),
        many=many,
        opening=[post.n for post in shown] == [1],
    )


def marked_told(line: Sequence[Row], *, new: bool) -> Told | None:
    """One line of what helped, or of a poll that is closed; nothing where it is so no longer."""
    if line[0].what is Kind.POLL:
        closed = line[0].poll_day < 0
        return _line(line, Sort.POLLS, n=1, count=1, new=new) if closed else None
    standing = [row for row in line if row.post_state == PostState.SHOWN and row.helped]
    if not standing:
        return None
    return _line(standing, Sort.HELPED, n=min(row.n for row in standing), count=len(standing), new=new)


def _line(
    line: Sequence[Row],
    sort: Sort,
    *,
    n: int,
    count: int,
    new: bool,
    many: bool = False,
    opening: bool = False,
) -> Told:
    row = line[0]
    told = Told(row.tid, sort, row.title, row.lang, row.cid, row.community, row.day, n, count, new)
    last = count if sort in {Sort.HELPED, Sort.POLLS} else row.last
    return replace(told, day=max(one.day for one in line), many=many, opening=opening, last=last)


def by_thread(posts: Iterable[Counted]) -> Mapping[bytes, list[Counted]]:
    """The posts of each thread, in their order."""
    found: dict[bytes, list[Counted]] = {}
    for post in sorted(posts, key=lambda one: one.n):
        found.setdefault(post.tid, []).append(post)
    return found


def is_unnamed(kind: int) -> bool:
    return kind >= UNNAMED


# Quiet hours: from, until, and how far her clock is ahead in half hours. Three signs, sealed with her preferences.


def hush_of(begins: int, ends: int, ahead: int) -> str:
    """As it is kept; nothing where both hours are the same."""
    return "" if begins == ends else _LETTERS[begins] + _LETTERS[ends] + _LETTERS[ahead % _HALVES]


def read_hush(kept: str) -> tuple[int, int, int] | None:
    """The two hours, and how many half hours her clock is ahead; nothing where she keeps none."""
    places = [_LETTERS.find(sign) for sign in kept]
    if len(places) != 3 or min(places) < 0 or max(places[:2]) > 23:
        return None
    return places[0], places[1], places[2]


def is_quiet(kept: str, now: float) -> bool:
    """Whether it is one of her quiet hours."""
    hours = read_hush(kept)
    if hours is None:
        return False
    begins, ends, ahead = hours
    hour = int(now // 1800 + ahead) % _HALVES // 2
    return begins <= hour < ends if begins < ends else hour >= begins or hour < ends


def her_clock(kept: str, now: float) -> int:
    """The half hour of the day by her clock; the house's where she said nothing."""
    hours = read_hush(kept)
    return int(now // 1800 + (hours[2] if hours else 0)) % _HALVES


def ahead_of(half: int, now: float) -> int:
    """How many half hours a clock is ahead that shows this half hour of the day now."""
    return int(half - now // 1800) % _HALVES


def is_own(viewer: Viewer, post: Counted) -> bool:
    """Whether she wrote it, under any of her names or under none."""
    return is_her_voice(viewer, post.pid, post.tok, post.home_tid)

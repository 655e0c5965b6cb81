"""The wordings of a post: which of them a form was made from, who reads the earlier ones, and what changed between two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from hmac import compare_digest

from mashrabiya.communities import rules as community_rules
from mashrabiya.communities.types import CommunityFacts
from mashrabiya.discussions.rules.polls import is_same
from mashrabiya.discussions.rules.voices import NOT_THERE, is_author, is_her_voice
from mashrabiya.discussions.types import Change, Fold, Judged, NewPoll, OwnPost, Piece, PostFacts, ThreadFacts
from mashrabiya.kernel import clock
from mashrabiya.kernel.content import notes_in
from mashrabiya.kernel.folding import words_of
from mashrabiya.kernel.keys import mac
from mashrabiya.kernel.verdict import ALLOWED, Verdict
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.safety.rules import has_hidden_word, why_folded
from mashrabiya.safety.types import ANYBODY, UNKNOWN, Reach

_MARK = 8
_TOKEN = re.compile(r"\n|[^\S\n]*\S+|[^\S\n]+")
_MOST_CHANGES, _LEAST_CHANGES, _STEPS = 120, 4, 100_000
"""Two texts that differ in more places than this are shown whole, one after the other; of long texts, in fewer.

Each change may cost as many steps as there are words, and whoever reads a page pays for twenty such pairs.
"""

Said = tuple[str, str, tuple[int, int, int, int]]
"""A wording: title and text as they are kept, and what it asks for: wants, spare, notes, tags."""


def mark_of(viewer: Viewer, thread: ThreadFacts, post: PostFacts) -> str:
    """What tells this wording from every other. It is made of what her form shows, under a key of hers alone."""
    title, body, wishes = _said(thread, post)
    numbers = " ".join(map(str, (*wishes, thread.answers if post.n == 1 else 0)))
    asked = f"{thread.poll_day} {thread.kept_poll}" if post.n == 1 and thread.kept_poll else ""
    parts = (sha256(part.encode("utf-8", "replace")).digest() for part in (title, body, numbers + asked))
    return mac(viewer.token(post.home_tid), b"mark", *parts)[:_MARK].hex()


def is_stale(own: OwnPost, mark: str, said: Said, poll: NewPoll | None = None) -> bool:
    """Whether the post was changed after a form was made, and not to the very same words and poll: then that was this form."""
    if not mark or compare_digest(mark.encode(), own.mark.encode()):
        return False
    asks_else = own.post.n == 1 and poll is not None and not is_same(own.thread, poll)
    return asks_else or said != _said(own.thread, own.post)


def _said(thread: ThreadFacts, post: PostFacts) -> Said:
    if post.n == 1:
        return thread.title, post.body, (thread.wants, thread.spare, post.notes, thread.tags)
    return "", post.body, (0, 0, post.notes, 0)


def wrong_change_of_proposal(own: OwnPost, new: Change, words: tuple[str, str]) -> dict[str, str]:
    """What people said yes or no to stays as they read it: it is deleted, and proposed anew."""
    if own.post.n != 1 or not own.thread.amends:
        return {}
    asks_else = new.poll is not None and not is_same(own.thread, new.poll)
    same = words == (own.thread.title, own.post.body) and not asks_else
    return {} if same else {"body": "amend.fixed"}


def words_before(own: OwnPost) -> tuple[str, str]:
    """Title and text of a post as it stands."""
    return _said(own.thread, own.post)[:2]


def keeps_wording(own: OwnPost, title: str, body: str) -> bool:
    """Whether what stood before an edit is kept as an earlier wording.

    Not where the words are the same, nor where it was written in this very step of time: a slip of the pen is
    nobody's. And never while it is held: what no reader has seen is not shown by an edit.
    """
    post = own.post
    if post.is_held or (own.thread.title if post.n == 1 else "", post.body) == (title, body):
        return False
    return post.t != (clock.ten_minutes() if post.is_named else clock.six_hours())


def may_read_wordings(viewer: Viewer, community: CommunityFacts, post: Judged) -> Verdict:
    """Read how a post stood before: whoever reads the post, and of what is withheld those who decide on it.

    While it is held its author reads them too, since she may purge them.
    """
    if post.is_shown or (post.is_held and is_author(viewer, post)):
        return ALLOWED
    own = is_her_voice(viewer, post.pid, post.tok, post.home_tid)
    if post.is_withheld and not own and community_rules.may_care(viewer, community).allowed:
        return ALLOWED
    return NOT_THERE


def may_purge(viewer: Viewer, post: Judged) -> Verdict:
    """Let earlier wordings go: as a post is edited, by its author, while there is text."""
    return ALLOWED if (post.is_shown or post.is_held) and is_author(viewer, post) else NOT_THERE


def fold_of_wording(viewer: Viewer, post: Judged, notes: int, text: str, *, reach: Reach) -> Fold | None:
    """Why an earlier wording waits to be opened: as its post does, and for its own words and notes as well."""
    mine = is_her_voice(viewer, post.pid, post.tok, post.home_tid)
    why = "" if mine or reach is ANYBODY else _why_unmet(reach, post, text)
    if notes & ~viewer.notes_shown:
        keys = tuple(f"note.{note.code}" for note in notes_in(notes))
        return Fold(notes=keys, hidden=bool(notes & viewer.notes_hidden), why=why)
    return Fold(why=why) if why else None


def _why_unmet(reach: Reach, post: Judged, text: str) -> str:
    # Who is away stands under a label, as if she had never had a name.
    met = post.pid if post.name is not None else None
    why = why_folded(reach, met, post.home_tid, UNKNOWN if post.label is None else post.label)
    if not why and reach.hides and has_hidden_word(reach, words_of(text)):
        return "reach.folded_word"
    return why


def pieces(before: str, after: str) -> list[list[Piece]]:
    """What became of a text, word by word, line by line: what stayed, what went and what came.

    The work is bounded: in time by the length of both and by a fixed number of changes.
    """
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    middle = _changes(old[head : len(old) - tail], new[head : len(new) - tail])
    kept = (("", word) for word in old[:head])
    rest = (("", word) for word in old[len(old) - tail :])
    return _in_lines([*kept, *middle, *rest])


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words both begin with."""
    for place, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return place
    return min(len(one), len(other))


def _changes(old: list[str], new: list[str]) -> list[tuple[str, str]]:
    """The shortest way from one to the other (Myers, 1986); past so many steps, all of one and then the other."""
    reached: dict[int, int] = {1: 0}
    steps: list[dict[int, int]] = []
    words = len(old) + len(new)
    most = max(_LEAST_CHANGES, min(_MOST_CHANGES, words, _STEPS // max(words, 1)))
    for step in range(most + 1):
        steps.append(dict(reached))
        for line in range(-step, step + 1, 2):
            at = _furthest(old, new, reached, line=line, step=step)
            reached[line] = at
            if at >= len(old) and at - line >= len(new):
                return list(_walked(old, new, steps))[::-1]
    return [*(("del", word) for word in old), *(("ins", word) for word in new)]


def _comes_down(reached: dict[int, int], line: int, step: int) -> bool:
    return line == -step or (line != step and reached[line - 1] < reached[line + 1])


def _furthest(old: list[str], new: list[str], reached: dict[int, int], *, line: int, step: int) -> int:
    at = reached[line + 1] if _comes_down(reached, line, step) else reached[line - 1] + 1
    while at < len(old) and at - line < len(new) and old[at] == new[at - line]:
        at += 1
    return at


def _walked(old: list[str], new: list[str], steps: list[dict[int, int]]) -> Iterator[tuple[str, str]]:
    """The same way, from its end."""
    at, line = len(old), len(old) - len(new)
    for step in range(len(steps) - 1, -1, -1):
        reached = steps[step]
        down = _comes_down(reached, line, step)
        before = line + 1 if down else line - 1
        began = reached[before]
        turned = began if down else began + 1
        while at > turned and at > 0:
            at -= 1
            yield "", old[at]
        if step and down:
            yield "ins", new[began - before]
        elif step:
            at -= 1
            yield "del", old[at]
        line = before


def _in_lines(words: list[tuple[str, str]]) -> list[list[Piece]]:
    """Line by line, what belongs together in one piece. A line break that went or came is one all the same."""
    lines: list[list[tuple[str, list[str]]]] = [[]]
    for kind, word in words:
        if word == "\n":
            lines.append([])
        elif lines[-1] and lines[-1][-1][0] == kind:
            lines[-1][-1][1].append(word)
        else:
            lines[-1].append((kind, [word]))
    return [[Piece(kind, "".join(parts)) for kind, parts in line] for line in lines]

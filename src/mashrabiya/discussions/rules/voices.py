"""Who may write, change and take back, and under which label."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from hmac import compare_digest
from html import unescape

from mashrabiya.communities import rules as community_rules
from mashrabiya.communities.rules import UNOPENABLE
from mashrabiya.communities.types import SMALL, CommunityFacts, Power
from mashrabiya.discussions.types import (
    STARTER,
    Answers,
    FirstWords,
    Fold,
    Judged,
    Kind,
    OwnPost,
    Pace,
    PostFacts,
    PostRow,
    PostState,
    Speaking,
    ThreadFacts,
    TranslationRow,
    Ways,
    Words,
)
from mashrabiya.kernel.content import notes_in
from mashrabiya.kernel.folding import words_of
from mashrabiya.kernel.verdict import ALLOWED, Denied, Verdict
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.types import Reached
from mashrabiya.safety.rules import NOT_NOW, has_hidden_word, may_reply_to, why_folded
from mashrabiya.safety.types import ANYBODY, UNKNOWN, Reach

_BREAK = re.compile(r"<(?:/?(?:p|li|ul|ol|blockquote|pre|hr|h[1-6])|br)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
SHUT = Denied("compose.shut")
NOT_THERE = Denied("error.not_found", hidden=True)


def may_open(viewer: Viewer, community: CommunityFacts, *, unnamed: bool) -> Verdict:
    """Begin a thread there, under the persona in use or unnamed."""
    return _may_enter(viewer, community, community.anon_mode, unnamed=unnamed)


def _may_enter(viewer: Viewer, community: CommunityFacts, mode: int, *, unnamed: bool) -> Verdict:
    """Write there, in a thread of that mode."""
    reading = community_rules.may_read(viewer, community)
    if not reading.allowed:
        return reading
    writing = community_rules.may_write_in(community)
    if not writing.allowed:
        return writing
    if unnamed:
        return community_rules.may_write_without_name(viewer, community, mode)
    return community_rules.may_write(viewer, community)


def may_reply(viewer: Viewer, thread: ThreadFacts, speaking: Speaking, *, unnamed: bool) -> Verdict:
    """Answer in a thread. By name only where no other name of hers has spoken."""
    entry = _may_enter(viewer, thread.community, thread.anon_mode, unnamed=unnamed)
    if not entry.allowed:
        return entry
    if thread.shut:
        return SHUT
    if not _is_answered(thread, speaking, unnamed=unnamed):
        return NOT_NOW
    if unnamed:
        return ALLOWED
    if speaking.voice is not None and speaking.voice != viewer.pid:
        return Denied("compose.one_voice", {"name": speaking.voice_name})
    return ALLOWED


def _is_answered(thread: ThreadFacts, speaking: Speaking, *, unnamed: bool) -> bool:
    """Whether the thread takes such replies. Whoever opened it unnamed stays a voice in it."""
    if thread.answers == Answers.NAMED:
        return not unnamed or speaking.label == STARTER
    return thread.answers != Answers.NOBODY


def may_answer(
    viewer: Viewer, answered: Iterable[Reached], speaking: Speaking, *, unnamed: bool, blocked: bool
) -> Verdict:
    """Answer these personas' words. ``blocked``: one of them has blocked one of hers.

    Under a name that rests, only that name goes on: were another of the person's heard
    there, or she unnamed, everybody would know whose it is.
    """
    quiet = any(one.is_quiet and (unnamed or one.pid != viewer.pid) for one in answered)
    keeps = unnamed and speaking.label is not None
    return may_reply_to(blocked=blocked, quiet=quiet, keeps=keeps)


def may_change(viewer: Viewer, post: PostFacts) -> Verdict:
    """Edit or delete: its author, while there is text, also while it is held. To everybody else it is not there."""
    if post.state in {PostState.SHOWN, PostState.HELD} and is_author(viewer, post):
        return ALLOWED
    return NOT_THERE


def may_be_kept(viewer: Viewer, own: OwnPost) -> Verdict:
    """Keep a sealed copy of an own post before it goes: where it could come back as it was.

    What is held was read by nobody yet. A translation may be written anew. And behind unnamed words of an accountable thread two could learn
    a persona: once they are gone nobody can, so they do not come back.
    """
    if (
        own.post.original
        or not viewer.speaks
        or own.post.is_held
        or (own.thread.is_accountable and not own.post.is_named)
    ):
        return NOT_THERE
    return ALLOWED


def may_bring_back(words: Words, thread: ThreadFacts, post: PostFacts) -> Verdict:
    """Bring an own post back: within its day, and to nobody who could not read it then."""
    if not words.hours:
        return Denied("taken.late")
    if thread.audience < words.audience:
        return Denied("taken.wider")
    if thread.is_accountable and not post.is_named:
        return Denied("taken.closed")
    return ALLOWED


def is_author(viewer: Viewer, post: PostFacts | FirstWords | Judged) -> bool:
    """By the persona in use where the post is named, else by the token of its first thread."""
    if not viewer.is_member:
        return False
    if post.pid is not None:
        return compare_digest(post.pid, viewer.pid)
    return post.tok is not None and compare_digest(post.tok, viewer.token(post.home_tid))


def is_her_voice(viewer: Viewer, pid: bytes | None, tok: bytes | None, home_tid: bytes) -> bool:
    """Whether these are words of the person herself, under any of her names or under none."""
    if pid is not None:
        return pid in viewer.siblings
    return tok is not None and viewer.is_member and compare_digest(tok, viewer.token(home_tid))


def may_welcome(viewer: Viewer, words: FirstWords) -> Verdict:
    """Say welcome: anybody with a persona, but to herself."""
    if viewer.speaks and not is_her_voice(viewer, words.pid, words.tok, words.home_tid):
        return ALLOWED
    return NOT_THERE


def may_mark(viewer: Viewer, post: PostFacts) -> Verdict:
    """Say that a post helped: every person who reads it, but the one who wrote it."""
    if not viewer.is_member or post.state != PostState.SHOWN or post.original:
        return NOT_THERE
    by_name = post.pid is not None and post.pid in viewer.siblings
    return Denied("thread.helped_own") if by_name or is_author(viewer, post) else ALLOWED


def is_opener(viewer: Viewer, thread: ThreadFacts) -> bool:
    """Whether she opened the thread, by any of her names or by none. Only her own pages say so."""
    home = thread.opener_home or b""
    return viewer.is_member and is_her_voice(viewer, thread.opener_pid, thread.opener_tok, home)


def may_need(viewer: Viewer, thread: ThreadFacts, post: Judged) -> Verdict:
    """Say that a reply was what she needed: whoever opened the thread, of anybody's words but her own."""
    if not is_opener(viewer, thread) or post.n == 1 or not post.is_shown:
        return NOT_THERE
    own = is_her_voice(viewer, post.pid, post.tok, post.home_tid)
    return Denied("thread.needed_own") if own else ALLOWED


def may_keep_away(viewer: Viewer, post: Judged) -> Verdict:
    """Block or mute who wrote it: anybody but the person herself, under all her names.

    Only she is told that a name of hers is one, so that what others see stays the same.
    """
    if is_her_voice(viewer, post.pid, post.tok, post.home_tid):
        return Denied("reach.own")
    return ALLOWED


def fold_of(
    viewer: Viewer,
    thread: ThreadFacts,
    post: PostRow | TranslationRow,
    *,
    unfolded: bool,
    reach: Reach = ANYBODY,
) -> Fold | None:
    """Why a text waits to be opened: a voice or word the reader does not want to meet, a note, an unwanted kind.

    A note she did not choose to see folds the words once more, within.
    """
    if post.state != PostState.SHOWN:
        return None
    why = "" if post.mine or reach is ANYBODY else _why_unmet(reach, post)
    if post.notes & ~viewer.notes_shown:
        keys = tuple(f"note.{note.code}" for note in notes_in(post.notes))
        return Fold(notes=keys, hidden=bool(post.notes & viewer.notes_hidden), why=why)
    kind = Kind(post.kind)
    if not why and kind.bit & thread.spare & thread.community.wants and not (post.mine or unfolded):
        return Fold(kind=kind.key)
    return Fold(why=why) if why else None


def _why_unmet(reach: Reach, post: PostRow | TranslationRow) -> str:
    label = UNKNOWN if post.label is None else post.label
    why = why_folded(reach, post.pid, post.home_tid, label)
    if not why and reach.hides and has_hidden_word(reach, words_in(post.html)):
        return "reach.folded_word"
    return why


@lru_cache(maxsize=512)
def words_in(html: str) -> frozenset[str]:
    """The words of a rendered text, without what only says how it looks or where a link leads."""
    return words_of(unescape(_TAG.sub("", _BREAK.sub(" ", html))))


def label_of(thread: ThreadFacts, speaking: Speaking) -> int:
    """The label her unnamed post carries: the one she has there, else the next."""
    return thread.labels + 1 if speaking.label is None else speaking.label


def voices_with(thread: ThreadFacts, speaking: Speaking, *, unnamed: bool) -> int:
    """How many voices the thread has had, once she has spoken there so. A translation is no voice of it."""
    heard = speaking.label is not None if unnamed else speaking.voice_at > 0
    return thread.labels if heard else thread.labels + 1


def ways_to_reply(viewer: Viewer, thread: ThreadFacts, speaking: Speaking) -> Ways:
    """How she may answer, by the very rules that will be asked when she does."""
    other = speaking.voice is not None and speaking.voice != viewer.pid
    unnamed = may_reply(viewer, thread, speaking, unnamed=True)
    return Ways(
        named=may_reply(viewer, thread, speaking, unnamed=False).allowed,
        unnamed=unnamed.allowed,
        label=label_of(thread, speaking),
        other_voice=speaking.voice_name or "" if other else "",
        spoke_named=speaking.voice is not None,
        spoke_unnamed=speaking.label is not None,
        small=speaking.members < SMALL,
        join=community_rules.may_join(viewer, thread.community).allowed,
        cares=community_rules.may_care(viewer, thread.community).allowed,
        keeps=community_rules.may(viewer, thread.community, Power.KEEP).allowed,
        accountable=thread.is_accountable,
        learned=bool(speaking.learned),
        unopenable=unnamed == UNOPENABLE,
        paused=speaking.paused,
        slowed=speaking.slowed,
    )


def ways_to_open(viewer: Viewer, community: CommunityFacts, *, small: bool, pace: Pace = Pace.OPEN) -> Ways:
    """How she may begin a thread, by the very rules that will be asked when she does."""
    unnamed = may_open(viewer, community, unnamed=True)
    return Ways(
        named=may_open(viewer, community, unnamed=False).allowed,
        unnamed=unnamed.allowed,
        small=small,
        accountable=community.is_accountable,
        unopenable=unnamed == UNOPENABLE,
        paused=pace == Pace.PAUSED,
        slowed=pace == Pace.SLOWED,
    )

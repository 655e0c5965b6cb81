"""Who may tell, read, change and mark an experience, and why not. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hmac import compare_digest

from mashrabiya.kernel.content import notes_in
from mashrabiya.kernel.folding import can_be_seen, words_asked, words_of, words_once
from mashrabiya.kernel.verdict import ALLOWED, Denied, Verdict
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.library.stories.types import (
    ALL_LAYERS,
    BESIDE_MOST,
    PART_LIMIT,
    PARTS,
    PASSAGE_LIMIT,
    QUESTION_LIMIT,
    QUOTES_MOST,
    Fold,
    Layer,
    Row,
    Situation,
    State,
    Told,
)
from mashrabiya.safety.rules import has_hidden_word, why_folded
from mashrabiya.safety.types import ANYBODY, UNKNOWN, Reach

_ARABIC, _LATIN = re.compile("[\u0600-\u06ff]"), re.compile("[A-Za-z]")
NOT_THERE = Denied("error.not_found", hidden=True)
NO_NAME = Denied("library.stories.no_name")
OWN = Denied("library.stories.own")
FULL = Denied("library.stories.pick_full")
QUOTES_FULL = Denied("library.stories.quote_full")
NOT_ASKED = Denied("library.stories.quote_no")
NOT_AGREED = Denied("library.stories.pick_no")


def may_tell(viewer: Viewer, *, unnamed: bool) -> Verdict:
    """Tell one: under the persona in use, or whoever has an account unnamed."""
    if not viewer.is_member:
        return NOT_THERE
    return ALLOWED if unnamed or viewer.speaks else NO_NAME


def is_teller(viewer: Viewer, story: Row) -> bool:
    """By the persona in use where it is told by name, else by the token of this one."""
    if not viewer.is_member:
        return False
    if story.pid is not None:
        return compare_digest(story.pid, viewer.pid)
    return story.tok is not None and compare_digest(story.tok, viewer.token(story.id))


def is_hers(viewer: Viewer, story: Row) -> bool:
    """Whether the person herself told it, under any of her names or under none."""
    return (story.pid is not None and story.pid in viewer.siblings) or is_teller(viewer, story)


def may_read(viewer: Viewer, story: Row) -> bool:
    """Whether it is there for this reader: its teller reads it in whatever state."""
    layers = Layer.EVERYBODY | (Layer.MEMBERS if viewer.is_member else Layer(0))
    return is_teller(viewer, story) or (story.state == State.SHOWN and bool(story.may & layers))


def may_change(viewer: Viewer, story: Row) -> Verdict:
    """Change its words: its teller, while it stands or is held. To everybody else there is no such door."""
    there = story.state in {State.SHOWN, State.HELD}
    return ALLOWED if there and is_teller(viewer, story) else NOT_THERE


def may_take_back(viewer: Viewer, story: Row) -> Verdict:
    """Take it back, or what was agreed to: its teller, whatever became of it."""
    return ALLOWED if is_teller(viewer, story) else NOT_THERE


def may_mark(viewer: Viewer, story: Row) -> Verdict:
    """Say "same here" or that it helped: every member who reads it, but the one who told it."""
    if not viewer.is_member or story.state != State.SHOWN:
        return NOT_THERE
    return OWN if is_hers(viewer, story) else ALLOWED


def may_pick(viewer: Viewer, story: Row, taken: Iterable[int]) -> Verdict:
    """Let it stand beside its step: while its teller agrees, where one of three places is free, and never one's own."""
    if story.guide is None or not story.may & Layer.BESIDE or story.state != State.SHOWN:
        return NOT_AGREED
    if is_hers(viewer, story):
        return OWN
    return ALLOWED if free_place(taken) or story.picked else FULL


def is_same(before: Row, after: Told) -> bool:
    """Whether the words that somebody chose, and what is noted of them, are still these."""
    return before.notes == after.notes and all(
        getattr(before, name) == getattr(after, name) for name in ("question", *PARTS)
    )


def may_quote(viewer: Viewer, story: Row) -> Verdict:
    """Ask its teller whether a passage of it may stand in a guide: while she agrees to be asked, and never oneself."""
    if not story.may & Layer.QUOTED or story.state != State.SHOWN:
        return NOT_ASKED
    return OWN if is_hers(viewer, story) else ALLOWED


def may_quote_more(of_story: int, at_step: int) -> Verdict:
    """Three of one experience, and three at one step, stand or are asked for at most."""
    return ALLOWED if max(of_story, at_step) < QUOTES_MOST else QUOTES_FULL


def wrong_passage(story: Row, passage: str) -> dict[str, str]:
    """What is wrong with a passage: it is nothing, too long, or not what stands there."""
    if not can_be_seen(passage):
        return {"passage": "library.stories.passage_missing"}
    if len(passage) > PASSAGE_LIMIT:
        return {"passage": "library.stories.passage_long"}
    return {} if stands_in(story, passage) else {"passage": "library.stories.passage_other"}


def stands_in(story: Row, passage: str) -> bool:
    """Whether it stands in one of her answers word for word, from the beginning of a word to the end of one."""
    words = " ".join(passage.split())
    return any(_has(" ".join(text.split()), words) for text in story.texts)


def _has(text: str, words: str) -> bool:
    at = text.find(words)
    while at >= 0:
        before, after = text[:at][-1:], text[at + len(words) :][:1]
        if not (before.isalnum() and words[:1].isalnum()) and not (after.isalnum() and words[-1:].isalnum()):
            return True
        at = text.find(words, at + 1)
    return False


def free_place(taken: Iterable[int]) -> int:
    """The first of the three places that nobody has, or nought."""
    places = set(taken)
    return next((place for place in range(1, BESIDE_MOST + 1) if place not in places), 0)


def wrong(told: Told) -> dict[str, str]:
    """What is wrong with an experience, by field."""
    said = {} if told.about in {int(one) for one in Situation} else {"about": "library.stories.about_missing"}
    if len(told.question) > QUESTION_LIMIT:
        said["question"] = "library.stories.question_long"
    said |= {name: "library.stories.part_long" for name in PARTS if len(getattr(told, name)) > PART_LIMIT}
    if not any(can_be_seen(getattr(told, name)) for name in PARTS):
        said["was"] = "library.stories.all_empty"
    return said


def language_of(text: str, first: str) -> str:
    """The language of words as far as their letters tell; ``first``, the same for all tellers, where they do not.

    What a teller's own pages speak would tell an unnamed one from others.
    """
    arabic, latin = (len(script.findall(text)) for script in (_ARABIC, _LATIN))
    if arabic == latin:
        return first
    return "ar" if arabic > latin else "en"


def layers_of(bits: int, story_guide: bytes | None) -> int:
    """What was agreed to, as it is kept: beside a step only where there is one."""
    usable = ALL_LAYERS if story_guide is not None else ALL_LAYERS & ~Layer.BESIDE
    return int(bits & usable)


def fold_of(viewer: Viewer, story: Row, reach: Reach = ANYBODY, *, mine: bool = False) -> Fold | None:
    """Why its words wait to be opened, for this reader."""
    why = "" if mine or reach is ANYBODY else why_unmet(reach, story)
    if story.notes & ~viewer.notes_shown:
        keys = tuple(f"note.{note.code}" for note in notes_in(story.notes))
        return Fold(keys, bool(story.notes & viewer.notes_hidden), why)
    return Fold(why=why) if why else None


def why_unmet(reach: Reach, story: Row) -> str:
    """Why a reader does not meet it: by the name under which it is told, or a word she hides."""
    why = why_folded(reach, story.met, story.id, UNKNOWN)
    if not why and reach.hides and has_hidden_word(reach, _words(story.body)):
        return "reach.folded_word"
    return why


def asked_for(typed: str) -> list[frozenset[str]]:
    """Each word that is looked for, as the house folds it; none of them is remembered."""
    return [words_asked(word) for word in typed.split()]


def says(story: Row, asked: Sequence[frozenset[str]]) -> bool:
    """Whether each of these words stands in it, in whatever spelling the house folds."""
    there = words_once(story.body)
    return all(word & there for word in asked)


@lru_cache(maxsize=512)
def _words(text: str) -> frozenset[str]:
    return words_of(text)

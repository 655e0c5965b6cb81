"""What is wrong with words, wishes and pictures, and what their letters tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from mashrabiya.communities.rules import may_write_in
from mashrabiya.communities.types import CommunityFacts
from mashrabiya.discussions.types import (
    ALT_LIMIT,
    BODY_LIMIT,
    PICTURES,
    SPARED,
    TITLE_LIMIT,
    Kind,
    NewPicture,
    PlaceChange,
    ThreadFacts,
)
from mashrabiya.kernel.folding import can_be_seen, fold_words
from mashrabiya.kernel.verdict import ALLOWED, Verdict
from mashrabiya.kernel.viewer import Viewer

ARABIC_SCRIPT = frozenset({"ar", "ckb", "fa", "ur"})
_ARABIC, _LATIN = re.compile("[\u0600-\u06ff]+"), re.compile("[A-Za-z]+")
_SPARED = sum(kind.bit for kind in SPARED)
_BEFORE = ("", "و", "ف", "ب", "ك", "ل", "ال", "يا")


def used_kind(community: CommunityFacts, kind: Kind) -> Kind:
    """The kind as this community knows it: one that it does not use means nothing special."""
    return kind if kind.bit & community.wants else Kind.PLAIN


def used_wishes(community: CommunityFacts, wants: int, spare: int) -> tuple[int, int]:
    """The wishes that can be had there: of kinds in use, and spared only what may be."""
    return wants & community.wants, spare & community.wants & _SPARED


def wrong_wishes(wants: int, spare: int) -> dict[str, str]:
    """What is wrong with wishes, by field: nobody can know what to do with a kind that is in both."""
    return {"spare": "compose.wish_twice"} if wants & spare else {}


def wrong_kind(thread: ThreadFacts, kind: Kind, *, told: bool) -> dict[str, str]:
    """A kind not wanted now is said once, in the form; whoever then sends it may."""
    return {} if told or kind not in thread.unwanted else {"kind": f"guard.{kind.name.lower()}"}


def language_of(text: str, usual: str) -> str:
    """The language of a text as far as its letters tell: ``usual`` wherever they allow it."""
    arabic, latin = (sum(map(len, script.findall(text))) for script in (_ARABIC, _LATIN))
    if arabic == latin or (arabic > latin) == (usual in ARABIC_SCRIPT):
        return usual
    return "ar" if arabic > latin else "en"


def wrong_warning(viewer: Viewer, *, learnable: str) -> dict[str, str]:
    """What is wrong with unnamed words of which two could learn the persona in use: their form said
    nothing of it, since it was another way when it was made, or named another persona.
    """
    face = viewer.face
    return {} if face is not None and learnable == face.pub else {"who": "compose.accountable_first"}


def wrong_door(community: CommunityFacts, told: tuple[int, int] | None) -> dict[str, str]:
    """What is wrong with first words whose form said that fewer people read there, or that they are kept a shorter time."""
    if told is None or (community.audience >= told[0] and community.retention_days <= told[1]):
        return {}
    return {"who": "compose.opened_meanwhile"}


def may_rewrite(community: CommunityFacts, old: str, new: str, *, more: bool = False) -> Verdict:
    """Put new words in the place of old ones. Where nothing new is written any more, words can still be taken out.

    ``more``: besides, there is something that was not there before.
    """
    adds = more or bool(Counter(new.split()) - Counter(old.split()))
    return may_write_in(community) if adds else ALLOWED


def wrong_body(body: str) -> dict[str, str]:
    """What is wrong with a text, by field: nothing, or the key that says it."""
    if not can_be_seen(body):
        return {"body": "error.empty"}
    return {"body": "compose.too_long"} if len(body) > BODY_LIMIT else {}


def wrong_title(title: str) -> dict[str, str]:
    """What is wrong with a title, by field."""
    if not can_be_seen(title):
        return {"title": "compose.title_missing"}
    return {"title": "compose.title_too_long"} if len(title) > TITLE_LIMIT else {}


def wrong_pictures(pictures: Sequence[NewPicture]) -> dict[str, str]:
    """What is wrong with the pictures of a post, by field."""
    wrong = {
        f"alt_{place}": "picture.alt_long"
        for place, picture in enumerate(pictures, 1)
        if len(picture.alt) > ALT_LIMIT
    }
    return wrong | ({"picture_1": "picture.too_many"} if len(pictures) > PICTURES else {})


def wrong_places(changes: Sequence[PlaceChange]) -> dict[str, str]:
    """What is wrong with the new words of pictures that stand already, by field."""
    return {f"alt_{one.place}": "picture.alt_long" for one in changes if len(one.alt) > ALT_LIMIT}


def holds_name(text: str, folded: str) -> bool:
    """Whether a folded name stands in a text as words of their own, or with what Arabic writes before it."""
    if not folded:
        return False
    words = f" {fold_words(text)} "
    return any(f" {before}{folded} " in words for before in _BEFORE)

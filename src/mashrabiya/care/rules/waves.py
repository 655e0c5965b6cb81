"""What is alike, and by whom: never how often something was reported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from mashrabiya.care.rules.deciding import is_own, wrong_words
from mashrabiya.care.types import MOST, Alike, NewWave, Recent
from mashrabiya.discussions.types import Judged
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.safety.trust.bursts import TAKES, Sign, likeness
from mashrabiya.safety.trust.types import PRESENT_DAYS
from mashrabiya.safety.types import Thing


def is_by_newcomer(one: Recent) -> bool:
    """Whether whoever wrote it is new there, as far as the place itself shows it.

    A name by the days on which it wrote there. Of an unnamed voice nothing is known: unless a link of
    hers leads, which none of a newcomer does.
    """
    return not one.leads and (one.post.pid is None or one.days < PRESENT_DAYS)


def alike(viewer: Viewer, recent: Sequence[Recent], sign: Sign) -> tuple[list[Alike], bool]:
    """What so many different voices have in common, the newest first; and whether more waits.

    What was hidden already still counts as said, so that a wave does not fall apart while it is
    hidden; what is the viewer's own is not hers to hide.
    """
    voices: dict[str, set[bytes]] = defaultdict(set)
    said: dict[str, list[Judged]] = defaultdict(list)
    for one in filter(is_by_newcomer, recent):
        for what in likeness(sign, one.post.source):
            voices[what].add(_voice(one.post))
            said[what].append(one.post)
    return _at_most(viewer, [(what, said[what]) for what in said if len(voices[what]) >= TAKES[sign]])


def _at_most(viewer: Viewer, shared: list[tuple[str, list[Judged]]]) -> tuple[list[Alike], bool]:
    found, taken, more = [], set[bytes](), False
    for what, posts in shared:
        open_ones = [
            post
            for post in posts
            if post.is_shown and post.id not in taken and not is_own(viewer, Thing.POST, post.id, post)
        ]
        fits = open_ones[: MOST - len(taken)]
        more = more or len(fits) < len(open_ones)
        taken |= {post.id for post in fits}
        if fits:
            found.append(Alike(what, fits))
    return found, more


def _voice(post: Judged) -> bytes:
    return post.pid or post.home_tid + (post.tok or b"")


def wrong_wave(new: NewWave) -> dict[str, str]:
    """What is wrong with hiding a wave, by field."""
    said = wrong_words(new.words)
    if not new.picked:
        said["pick"] = "wave.none_picked"
    if new.agreement_gone:
        said["agreement"] = "care.agreement_gone"
    return said

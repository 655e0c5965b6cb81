"""What is found out about words before they are written: in which language they are, and what rules make of them."""

from __future__ import annotations

from functools import partial
from typing import TypeVar

from msgspec import structs

from mashrabiya.discussions import queries, rules
from mashrabiya.discussions.types import NewReply, NewThread
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Write
from mashrabiya.safety.matching.watch import Heed, Watch

New = TypeVar("New", NewReply, NewThread)


def said_in(viewer: Viewer, body: str, of_place: str, new: NewThread | NewReply) -> str:
    """What the words are in. Unnamed, their letters alone say it: what an author's pages speak,
    and with them what her form says by itself, would tell her from others.
    """
    if new.unnamed:
        return rules.language_of(body, of_place)
    chosen = new.lang if isinstance(new, NewThread) else ""
    return chosen or rules.language_of(body, viewer.tongue.language)


def held_against(uow: Write, viewer: Viewer, cid: bytes, new: New, *, watch: Watch) -> tuple[New, Heed]:
    """Hold the words against rules: with the content notes that these put, and what else follows.
    Of unnamed words nobody asks whether they are somebody's first: the answer would tell of her names.
    """
    texts = (getattr(new, "title", ""), new.body, *(one.alt for one in new.pictures), *_choices(new))
    first = None if new.unnamed else partial(queries.is_first, uow, viewer, cid)
    heed = watch.hold(cid, texts, first)
    return structs.replace(new, notes=new.notes | heed.notes), heed


def _choices(new: NewThread | NewReply) -> tuple[str, ...]:
    return new.poll.choices if isinstance(new, NewThread) else ()

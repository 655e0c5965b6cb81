"""What is done to somebody's words, through the commands of whichever room keeps them."""

from __future__ import annotations

from collections.abc import Callable

from mashrabiya.care.types import Act
from mashrabiya.discussions import commands as discussions
from mashrabiya.library.stories import commands as stories
from mashrabiya.platform.db import Write
from mashrabiya.safety.types import Thing

_Do = Callable[[Write, bytes], bool]
_POSTS: dict[Act, _Do] = {
    Act.HOLD: discussions.hold,
    Act.HIDE: discussions.hide,
    Act.REMOVE: discussions.remove,
    Act.KEEP: discussions.restore,
}
_STORIES: dict[Act, _Do] = {
    Act.HOLD: stories.hold,
    Act.HIDE: stories.hide,
    Act.REMOVE: stories.remove,
    Act.KEEP: stories.restore,
}
_ROOMS = {Thing.POST: _POSTS, Thing.STORY: _STORIES}


_NOTES = {Thing.POST: discussions.note, Thing.STORY: stories.note}
_UNNOTES = {Thing.POST: discussions.unnote, Thing.STORY: stories.unnote}


def note(uow: Write, kind: Thing, thing: bytes, notes: int) -> int:
    """Set content notes on it; answers those that it did not carry yet."""
    return _NOTES[kind](uow, thing, notes) if kind in _NOTES else 0


def unnote(uow: Write, kind: Thing, thing: bytes, notes: int) -> None:
    """Take them away again; its author's own stay."""
    if kind in _UNNOTES:
        _UNNOTES[kind](uow, thing, notes)


def withhold(uow: Write, kind: Thing, thing: bytes, act: Act) -> bool:
    """Hold, hide or remove it; False when there is nothing to do that to."""
    do = _ROOMS.get(kind, {}).get(act)
    return do is not None and do(uow, thing)


def show_again(uow: Write, kind: Thing, thing: bytes) -> bool:
    """Show it to those who could read it before; False when it is gone."""
    return withhold(uow, kind, thing, Act.KEEP)


def hold_whichever(uow: Write, thing: bytes) -> Thing | None:
    """Hold words by their id alone, and say what they are: an id is random, and one room has it."""
    return next((kind for kind in _ROOMS if withhold(uow, kind, thing, Act.HOLD)), None)

"""Facts about threads and posts. None of them can say whose an unnamed post is."""

from __future__ import annotations

from dataclasses import dataclass

from mashrabiya.kernel.events import Event


@dataclass(frozen=True, slots=True)
class ThreadOpened(Event):
    """A thread was begun; its first post is a fact of its own."""

    tid: bytes
    cid: bytes


@dataclass(frozen=True, slots=True)
class ThreadSplit(Event):
    """Some of what stood in another thread is this one now."""

    tid: bytes


@dataclass(frozen=True, slots=True)
class ThreadPlaced(Event):
    """A thread stands in another community now."""

    tid: bytes


@dataclass(frozen=True, slots=True)
class PostWritten(Event):
    """A post stands in its thread. ``weight`` says how soon the care team should look, 0 to 3, by its words alone."""

    tid: bytes
    post: bytes
    weight: int = 0


@dataclass(frozen=True, slots=True)
class PostEdited(Event):
    """Its author changed a post, and for a first post perhaps the title. ``weight`` as when it was written."""

    tid: bytes
    post: bytes
    weight: int = 0


@dataclass(frozen=True, slots=True)
class PostDeleted(Event):
    """Its author took a post back: the place stays, the text is gone."""

    tid: bytes
    post: bytes


@dataclass(frozen=True, slots=True)
class ThreadDeleted(Event):
    """A thread is gone whole: nothing in it was left, or its time was over."""

    tid: bytes


@dataclass(frozen=True, slots=True)
class PostWithheld(Event):
    """A care team hid or removed a post: whoever shows or finds its words stops."""

    tid: bytes
    post: bytes


@dataclass(frozen=True, slots=True)
class PostRestored(Event):
    """A decision was undone: the post is shown again."""

    tid: bytes
    post: bytes


@dataclass(frozen=True, slots=True)
class PictureGone(Event):
    """No post refers to a picture any more: its files go."""

    name: bytes


@dataclass(frozen=True, slots=True)
class PostNoted(Event):
    """A care team set content notes on a post, or took its own away again."""

    tid: bytes
    post: bytes


@dataclass(frozen=True, slots=True)
class PostHelped(Event):
    """One person more found a post helpful. Nothing says who."""

    tid: bytes
    post: bytes


@dataclass(frozen=True, slots=True)
class PollClosed(Event):
    """A poll has been counted. ``own`` says that whoever opened it closed it (1)."""

    tid: bytes
    own: int = 0

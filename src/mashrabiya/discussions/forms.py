"""What comes in by HTML about threads and posts. Whether it can be taken, the commands say."""

from __future__ import annotations

from mashrabiya.discussions.types import Change, Kind, NewReply, NewThread
from mashrabiya.platform.languages import LANGUAGES
from mashrabiya.platform.web import Form

LAST = 10**8
"""The number no thread reaches: it means the last page."""

_KINDS = [str(int(kind)) for kind in Kind]


def read_reply(form: Form) -> NewReply:
    """A reply as typed."""
    return NewReply(
        body=form.raw("body"),
        unnamed=form.flag("unnamed"),
        kind=Kind(int(form.choice("kind", _KINDS, "0"))),
        submission=form.submission,
    )


def read_thread(form: Form) -> NewThread:
    """A new thread as typed."""
    return NewThread(
        title=form.text("title"),
        body=form.raw("body"),
        unnamed=form.flag("unnamed"),
        lang=form.choice("lang", tuple(LANGUAGES)),
        submission=form.submission,
    )


def read_change(form: Form) -> Change:
    """A post as its author wants it now."""
    return Change(title=form.text("title"), body=form.raw("body"))


def number(typed: str) -> int:
    """The number of a post in an address; whatever is none means the first."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 8 else 1

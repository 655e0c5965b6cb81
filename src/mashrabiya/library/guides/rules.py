"""Who may do what with guides."""

from __future__ import annotations

from mashrabiya.kernel.content import Note
from mashrabiya.kernel.verdict import ALLOWED, Denied, Verdict
from mashrabiya.kernel.viewer import HOST, Viewer
from mashrabiya.library.guides.types import READABLE, WRONG_LIMIT, Guide, Kind, NewWrong, Wrong

HIDDEN = Denied("community.refused", hidden=True)
MOST_OF_ONE, MOST_OF_ALL = 20, 200
"""So many words that something is wrong are taken in a day: of one guide, and of all."""


def may_read(viewer: Viewer, guide: Guide) -> Verdict:
    """Hosts read also what is closed, so that they can open it; to everybody else it is not there."""
    return ALLOWED if guide.is_read or viewer.has(HOST) else HIDDEN


def may_switch(
    viewer: Viewer, guide: Guide | None = None, *, on: bool = False, has_read: bool = False
) -> Verdict:
    """Hosts open and close guides. Medical and legal ones are opened by whoever says that she read them."""
    if not viewer.has(HOST):
        return HIDDEN
    if guide is not None and on and guide.sort != Kind.PLAIN and not has_read:
        return Denied("library.guides.read_first")
    if guide is not None and on and guide.state not in READABLE:
        return Denied("library.guides.not_readable")
    return ALLOWED


def folds(viewer: Viewer, notes: int) -> bool:
    """Whether all but the first branch waits behind a press: thoughts of dying for everybody who did not choose
    otherwise, and what she hides. Whoever opens a guide has asked for it, and may be in a hurry.
    """
    return bool(notes & (Note.SELF_HARM | viewer.notes_hidden) & ~viewer.notes_shown)


def may_mark(viewer: Viewer, guide: Guide) -> Verdict:
    """Whoever has a session says that a guide helped, once, whichever name she uses."""
    return ALLOWED if viewer.is_member and guide.is_read else HIDDEN


def may_doubt(viewer: Viewer, guide: Guide) -> Verdict:
    """Anybody who can read a guide can say that it is wrong; to whom the house is closed, nothing is there."""
    return ALLOWED if guide.is_read and not viewer.case else HIDDEN


def wrong_doubt(new: NewWrong) -> dict[str, str]:
    """What keeps it from being taken, by field."""
    wrong = {}
    if new.what not in set(Wrong):
        wrong["what"] = "library.guides.wrong_what_missing"
    if len(new.text) < 2:
        wrong["text"] = "error.empty"
    elif len(new.text) > WRONG_LIMIT:
        wrong["text"] = "library.guides.wrong_long"
    return wrong

"""Keeping what is written as a draft, from the form in which it is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, TypeVar

from msgspec import Struct, structs

from mashrabiya.discussions import forms
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Conflict, Failure, Refused
from mashrabiya.kernel.folding import can_be_seen
from mashrabiya.people import commands
from mashrabiya.people import queries as people
from mashrabiya.people.commands.saved import Keeping
from mashrabiya.people.sealed.saved import MOST
from mashrabiya.people.types import DraftShelf, KeptDraft
from mashrabiya.platform.db import Read
from mashrabiya.platform.web import Ask, Form, Response, page

KEEP = "keep_draft"
"""The button of a form that keeps it and posts nothing."""
_OF_BUTTONS = frozenset(
    [
        "draft",
        "draft_from",
        "keep_draft",
        "auto",
        "whom",
        "voice",
        "preview",
        "similar",
        "call",
        "told",
        "told_door",
        "instead",
        "mark",
        "vote",
    ]
)
BY_ITSELF, NUMBER, VERSION = "auto", "draft", "draft_from"
Sent = TypeVar("Sent")


class Drafting(Struct, frozen=True):
    """What a form says of its draft: which it is made from, whether it was just kept, and why not.

    ``other`` is how it stands now, where that is not what the form was made from. ``left``: what was kept under
    the name lies apart from these words, which have none. ``here`` are drafts for this place that are not open.
    """

    number: int | None = None
    version: str = ""
    kept: bool = False
    unnamed: bool = False
    left: bool = False
    why: str = ""
    day: int = 0
    other: KeptDraft | None = None
    here: tuple[KeptDraft, ...] = ()

    @property
    def status(self) -> int:
        """Of a page that says it."""
        return 409 if self.other else 422 if self.why else 200

    @property
    def since(self) -> int:
        """When it was written last, for a page."""
        return self.day * clock.DAY

    @property
    def newest(self) -> int:
        """When the newest of those that are not open was written."""
        return max(one.day for one in self.here) * clock.DAY


NONE = Drafting()


def worth_keeping(form: Form) -> dict[str, str]:
    """What of a form is a draft: all that was typed and chosen for the post, and nothing that a button said."""
    typed = form.typed.items()
    return {
        name: text for name, text in typed if text and not (name in _OF_BUTTONS or name.startswith("later"))
    }


def has_words(fields: Mapping[str, str]) -> bool:
    """Whether anything was written at all."""
    return any(can_be_seen(fields.get(name, "")) for name in forms.WRITTEN)


def is_keeping(request: Ask) -> bool:
    """Whether the form was sent to be kept, and not to post what is in it."""
    return request.form.flag(KEEP)


def keep(request: Ask, what: bytes, again: Callable[..., Response[bytes]]) -> Response[bytes]:
    """Keep it, and show the form again; a script that asks by itself is told no more than what became of it.

    By itself nothing is kept that has no name.
    """
    by_itself, unnamed = request.form.flag(BY_ITSELF), request.form.flag("unnamed")
    if not request.viewer.speaks:
        return again()
    found = NONE if by_itself and unnamed else _kept(request, what)
    if not by_itself:
        return again(drafting=found)
    return page(request, "discussions/draft_state.html", status=found.status, drafting=found, by_itself=True)


def _kept(request: Ask, what: bytes) -> Drafting:
    form, viewer = request.form, request.viewer
    number, version, fields = number_of(request), form.text(VERSION), worth_keeping(form)
    if not has_words(fields):
        return Drafting(number, version, why="draft.empty")
    try:
        with request.db.write() as uow:
            kept = commands.keep_draft(uow, viewer, what, fields, number=number, version=version)
    except Conflict:
        with request.db.read() as db:
            other = people.find_draft(db, viewer, number or 0)
        return Drafting(number, other.version if other else "", other=other)
    except Refused as refusal:
        return Drafting(number, version, why=refusal.why)
    left = kept.is_unnamed and number is not None and number != kept.number
    return Drafting(kept.number, kept.version, kept=True, unnamed=kept.is_unnamed, left=left, day=kept.day)


def number_of(request: Ask) -> int | None:
    """The number of the draft that the form was made from; None where it says none."""
    typed = request.form.text(NUMBER) or request.query(NUMBER)
    number = forms.number(typed, MOST) if typed else MOST
    return number if number < MOST else None


def opened(request: Ask, db: Read, what: bytes) -> KeptDraft | None:
    """The draft that she comes from, if it is for this place. A statement, where the address names one alone."""
    number = number_of(request)
    if number is None or request.form.typed or not request.viewer.speaks:
        return None
    found = people.find_draft(db, request.viewer, number)
    return found if found and found.what == what else None


def shelf(request: Ask, db: Read) -> DraftShelf | None:
    """All drafts of the persona in use; what is over goes a little later."""
    if not request.viewer.speaks:
        return None
    found = people.drafts(db, request.viewer)
    keeping: Keeping = request.site.rooms["keeping"]
    keeping.put_off(found.early)
    keeping.let_go(found.over)
    return found


def among(request: Ask, found: DraftShelf | None, what: bytes) -> KeptDraft | None:
    """The draft that she comes from, if it is for this place and among those that were read."""
    if found is None or request.form.typed:
        return None
    number = number_of(request)
    return next((one for one in found.drafts if one.number == number and one.what == what), None)


def drafting_of(
    request: Ask,
    told: Drafting,
    draft: KeptDraft | None,
    *,
    beside: DraftShelf | None = None,
    what: bytes = b"",
) -> Drafting:
    """What the form says of its draft, and which others there are for this place."""
    number = number_of(request)
    if told is NONE and draft:
        told = Drafting(draft.number, draft.version, day=draft.day)
    elif told is NONE and request.form.typed and number is not None:
        told = Drafting(number, request.form.text(VERSION))
    others = beside.drafts if beside else []
    here = tuple(one for one in others if one.what == what and one.number != told.number)
    return structs.replace(told, here=here)


def sent_too(request: Ask, write: Callable[..., Sent]) -> Callable[..., Sent]:
    """Writes, and then lets the draft go that the form was made from, in a transaction of its own.

    One that was kept under the name stays where the words are posted without one.
    """
    number = number_of(request)
    if number is None or not request.viewer.speaks:
        return write
    unnamed, fields = request.form.flag("unnamed"), worth_keeping(request.form)

    def both(**how: Any) -> Sent:
        placed = write(**how)
        # It is posted: that its draft is still there, she sees in the list.
        with suppress(Failure), request.db.write() as uow:
            draft = people.find_draft(uow, request.viewer, number)
            if draft and draft.is_unnamed == unnamed:
                version = request.form.text(VERSION)
                commands.drop_draft(uow, request.viewer, number, version=version, fields=fields)
        return placed

    return both

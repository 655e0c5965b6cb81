"""What every form with words of somebody's does: shown once where it should be, then written, else back as it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from mashrabiya.discussions import forms
from mashrabiya.discussions.pages.asked import CALL, newcomers, pictures_sent, told_of, watch_of
from mashrabiya.discussions.pages.showing import is_showing
from mashrabiya.kernel.errors import Invalid, Refused, SecondLook, TooMany
from mashrabiya.platform.web import Ask, Response, see_other
from mashrabiya.safety.screening import KEPT, SHOWN, Look, Spare, look_over

Place = Callable[[], bytes]
"""Finds the community that words are for."""


class Told(Protocol):
    """What was written, and where she is led."""

    @property
    def told(self) -> str: ...


def send(
    request: Ask,
    write: Callable[..., Told],
    again: Callable[..., Response[bytes]],
    *,
    spare: Spare,
    place: Place | None = None,
) -> Response[bytes]:
    """Write what the form says and lead there; or its page again, with the reason and all that was typed.

    Where ``place`` says for which community, she may be told once of better words.
    """
    watch = watch_of(request)
    look = look_over(request.form, *forms.WRITTEN, spare=spare, watch=watch)
    if place and request.viewer.words:
        look = _worded(request, look, place)
    if look.is_due:
        return again(look=look)
    try:
        _spend_call(request)
        placed = write(
            sent=pictures_sent(request), allowed=newcomers(request).allowance(request.viewer), watch=watch
        )
    except (Invalid, Refused, SecondLook) as trouble:
        return again(trouble=trouble, look=told_of(trouble, look))
    return see_other(placed.told)


def look_in_preview(request: Ask, place: Place) -> Look:
    """What stands beside how the words will look: better ones, which she was not told of yet. What she was told stays told."""
    look = Look(shown=request.form.raw(SHOWN)[:KEPT])
    return _worded(request, look, place) if request.viewer.words else look


def goes_back(request: Ask, look: Look) -> bool:
    """Whether the form was sent to post and comes back first; a preview was not."""
    return look.is_due and not is_showing(request)


def _worded(request: Ask, look: Look, place: Place) -> Look:
    """The look, and which words have better ones. The place is asked only where there are some; gentler things come first."""
    room = request.site.rooms.get("words")
    if room is None or look.said or look.texts:
        return look
    form = request.form
    texts = [text for name in forms.WRITTEN if (text := form.raw(name))]
    words = room.hints(texts, form.raw(SHOWN))
    if not words or room.rests(place()):
        return look
    return look.worded(words)


def _spend_call(request: Ask) -> None:
    """Who calls again and again is told that carers know. Without the tick it is posted as ever."""
    work = request.viewer.work
    if not request.form.flag(CALL) or work is None:
        return
    try:
        request.site.spend("call", work.budget_key(), request.visit.network)
    except TooMany:
        raise Refused("call.often") from None

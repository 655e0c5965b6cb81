"""What a form shows before it is sent: how the words will look, and what was written like them. Nothing is written."""

from __future__ import annotations

from msgspec import Struct

from mashrabiya.discussions import forms, rules
from mashrabiya.discussions.commands.words import body_of, title_of
from mashrabiya.platform import markdown
from mashrabiya.platform.web import Ask
from mashrabiya.safety.trust.types import Allowance

PREVIEW, SIMILAR = "preview", "similar"


class Preview(Struct, frozen=True):
    """Words as they will look: title, text and what a poll asks; or ``wrong``, why they cannot be shown."""

    html: str = ""
    title: str = ""
    choices: tuple[str, ...] = ()
    wrong: str = ""


def is_showing(request: Ask) -> bool:
    """Whether the form was sent to look at something, and not to post what is in it."""
    return request.form.flag(PREVIEW) or request.form.flag(SIMILAR)


def preview_of(request: Ask, allowed: Allowance) -> Preview | None:
    """How the words of this form will look, if that was asked."""
    if not request.form.flag(PREVIEW):
        return None
    body = body_of(request.form.raw("body"))
    wrong = rules.wrong_body(body)
    if wrong:
        return Preview(wrong=wrong["body"])
    links = allowed.may_show(unnamed=request.form.flag("unnamed"))
    choices = forms.read_poll(request.form).choices
    return Preview(markdown.render(body, links=links), title_of(request.form.text("title")), choices)

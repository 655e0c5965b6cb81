"""What comes in by HTML: what somebody says is wrong with a guide."""

from __future__ import annotations

from mashrabiya.library.guides.types import NewWrong
from mashrabiya.platform.markdown.text import harmless
from mashrabiya.platform.web import Form

TEXT = "text"


def read_wrong(form: Form) -> NewWrong:
    """As typed; what is missing or too long, the command says."""
    return NewWrong(
        what=form.number("what", usual=0, least=0, most=999),
        step=form.number("step", usual=0, least=0, most=999),
        text=harmless(form.text(TEXT)).strip(),
        submission=form.submission,
    )

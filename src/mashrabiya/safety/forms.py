"""What comes in by HTML about automatic rules."""

from __future__ import annotations

from unicodedata import normalize

from mashrabiya.kernel.content import Note
from mashrabiya.platform.markdown.text import harmless
from mashrabiya.platform.web import Form
from mashrabiya.safety.types import Act, Precept, Standing

_KINDS = {one.code: one for one in Precept}
_ACTS = {one.code: one for one in Act}


def read_precept(form: Form, cid: bytes | None, precept: bytes = b"") -> Standing:
    """An automatic rule as typed. Whether it can be one, the rules say."""
    kind = _KINDS.get(form.text("kind"), 0)
    act = _ACTS.get(form.text("act"), 0)
    text = "" if kind == Precept.FIRST else form.raw("text").strip()
    return Standing(
        id=precept,
        cid=cid,
        kind=int(kind),
        act=int(act),
        # A pattern is taken as it was written; in lists one form of a letter is enough.
        text=text if kind == Precept.PATTERN else _composed(text),
        sentence=" ".join(harmless(_composed(form.text("sentence"))).split()),
        note=form.number("note", usual=0, least=0, most=max(Note)) if act == Act.NOTE else 0,
    )


def filled_with(standing: Standing) -> dict[str, str]:
    """The form of a rule as it stands."""
    return {
        "kind": Precept(standing.kind).code,
        "act": Act(standing.act).code,
        "text": standing.text,
        "sentence": standing.sentence,
        "note": str(standing.note),
    }


def _composed(text: str) -> str:
    return normalize("NFC", text)

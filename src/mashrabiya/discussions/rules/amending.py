"""What may be proposed for what is agreed in a place, and what the text is then. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from mashrabiya.communities.types import AGREEMENTS_LIMIT
from mashrabiya.discussions.types.amending import LINE_LIMIT, REASON_LIMIT, NewAmendment
from mashrabiya.kernel.folding import can_be_seen


def one_line(typed: str) -> str:
    """What is agreed is a line each."""
    return " ".join(unicodedata.normalize("NFC", typed).split())


def amended(agreed: Sequence[str], old: str, new: str) -> list[str] | None:
    """The lines once a proposal is taken; None where the line it is about does not stand so any more."""
    if old and old not in agreed:
        return None
    if not old:
        return [*agreed, new]
    lines = [new if line == old else line for line in agreed]
    return [line for line in lines if line]


def wrong_amendment(agreed: Sequence[str], new: NewAmendment, *, adds: bool, takes: bool) -> dict[str, str]:
    """What is wrong with a proposal, by field. ``adds`` a line, ``takes`` one away, or neither: puts one for another."""
    wrong = {}
    if not adds and new.old not in agreed:
        wrong["line"] = "amend.line_gone"
    if not takes:
        wrong |= _wrong_wording(agreed, new)
    if not can_be_seen(new.why):
        wrong["body"] = "amend.why_missing"
    return wrong


def _wrong_wording(agreed: Sequence[str], new: NewAmendment) -> dict[str, str]:
    if not can_be_seen(new.new):
        return {"title": "amend.wording_missing"}
    if len(new.new) > LINE_LIMIT or any(unicodedata.category(sign) in {"Cc", "Cs", "Co"} for sign in new.new):
        return {"title": "amend.wording_long"}
    if new.new in agreed:
        return {"title": "amend.stands_already"}
    lines = amended(agreed, new.old, new.new) or []
    return {"title": "amend.too_much"} if is_too_long(lines) else {}


def is_too_long(lines: Sequence[str]) -> bool:
    """Whether so much cannot be agreed."""
    return len("\n".join(lines)) > AGREEMENTS_LIMIT


def wrong_reason(said: str, *, declined: bool) -> dict[str, str]:
    """What is wrong with the sentence beside a decision: who declines says why."""
    if declined and not can_be_seen(said):
        return {"said": "amend.reason_missing"}
    return {"said": "amend.reason_long"} if len(said) > REASON_LIMIT else {}

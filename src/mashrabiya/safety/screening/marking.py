"""A text cut where traces stand: to show them marked, or to take them out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mashrabiya.safety.screening.types import Segment, Trace

REACH = 40
"""So much of the text stands on each side of what was found."""
_CUT = "…"
_AFTER_A_WORD = frozenset(" .,;:!?)،؛؟")


def marked(text: str, traces: Iterable[Trace]) -> list[Segment]:
    """The whole text in order, plain and found."""
    segments, place = [], 0
    for trace in traces:
        if trace.start > place:
            segments.append(Segment(text[place : trace.start]))
        segments.append(Segment(text[trace.start : trace.end], trace.kind))
        place = trace.end
    if place < len(text):
        segments.append(Segment(text[place:]))
    return segments


def around(segments: Sequence[Segment]) -> list[Segment]:
    """What was found with a few words on each side; what lies further off is left out."""
    last = len(segments) - 1
    return [
        segment if segment.is_found else Segment(_shortened(segment.text, place > 0, place < last))
        for place, segment in enumerate(segments)
    ]


def without(text: str, traces: Iterable[Trace]) -> str:
    """The text with what was found taken out, and no gap left behind."""
    parts: list[str] = []
    for segment in marked(text, traces):
        if segment.is_found:
            continue
        if parts and parts[-1].endswith(" ") and segment.text[0] in _AFTER_A_WORD:
            parts[-1] = parts[-1][:-1]
        parts.append(segment.text)
    return "".join(parts)


def _shortened(text: str, begins: bool, ends: bool) -> str:
    """Between two finds both ends are kept, before the first the end, after the last the beginning."""
    if len(text) <= REACH * (begins + ends) + len(_CUT):
        return text
    before = _to_word(text[:REACH], last=True) if begins else ""
    after = _to_word(text[-REACH:], last=False) if ends else ""
    return f"{before}{_CUT}{after}"


def _to_word(text: str, *, last: bool) -> str:
    """Cut at a space, so that no word stands there in half."""
    place = text.rfind(" ") if last else text.find(" ")
    if place < 0:
        return text
    return text[: place + 1] if last else text[place:]

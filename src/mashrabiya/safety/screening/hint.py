"""The second look: once for the same find, and then the author's word stands."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from mashrabiya.safety.screening.marking import around, marked
from mashrabiya.safety.screening.search import MOST, Spare, traces_but
from mashrabiya.safety.screening.types import GuardHint, Trace

SHOWN = "_guard"
"""The field that carries what was shown. Its name begins with a stroke: it is no word of the author's."""
CHOICE = "_guarded"
"""The button pressed beside the hint: ``keep`` or ``remove``."""

_SIZE = 8
KEPT = 4 * MOST * (_SIZE + 1)
"""So long may what was shown be, for all the texts of a form."""


def needs_second_look(text: str, shown: str, spare: Spare | None = None) -> GuardHint | None:
    """What to show before this is posted; None when nothing is found that was not shown before.

    Words changed elsewhere, or one of several finds taken out, ask for no second hint;
    a new number does.
    """
    traces = traces_but(text, spare)
    if not traces:
        return None
    marks = [_mark(trace) for trace in traces]
    if set(marks) <= set(shown[:KEPT].split(".")):
        return None
    return GuardHint(
        traces=tuple(traces),
        kinds=tuple(dict.fromkeys(trace.kind for trace in traces)),
        segments=tuple(around(marked(text, traces))),
        shown=".".join(_once(marks)),
    )


def _mark(trace: Trace) -> str:
    """A short hash of what was found. It stands in a page that shows the find itself, and nowhere else."""
    return sha256(f"{trace.kind}:{trace.found}".encode("utf-8", "replace")).hexdigest()[:_SIZE]


def _once(marks: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(marks)

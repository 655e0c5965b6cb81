"""Looking through one text for every kind of trace."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from itertools import islice

from mashrabiya.safety.screening.addresses import addresses
from mashrabiya.safety.screening.handles import handles, links_to_accounts
from mashrabiya.safety.screening.identities import accounts, identities, plates
from mashrabiya.safety.screening.mails import mails
from mashrabiya.safety.screening.maps import maps
from mashrabiya.safety.screening.phones import phones
from mashrabiya.safety.screening.seen import Seen
from mashrabiya.safety.screening.spelled import spelled
from mashrabiya.safety.screening.types import Kind, Trace

MOST = 100
"""So many traces are shown at most; whoever takes those away is shown the next."""

_Detector = Callable[[Seen], Iterator[tuple[int, int]]]

Spare = Callable[[str], Collection[int]]

_LINK = re.compile(r"(?:https?://|www\.)[^\s<>]+")
_DIGIT = re.compile(r"\d")

# In this order: an address of a map holds coordinates, and those hold what looks like a phone number.
_ANY_TEXT: tuple[tuple[Kind, _Detector], ...] = (
    (Kind.EMAIL, mails),
    (Kind.PLACE, maps),
    (Kind.HANDLE, links_to_accounts),
    (Kind.HANDLE, handles),
    (Kind.PHONE, spelled),
)
_WITH_DIGITS: tuple[tuple[Kind, _Detector], ...] = (
    (Kind.BANK, accounts),
    (Kind.ID, identities),
    (Kind.PLATE, plates),
    (Kind.PHONE, phones),
)


def find_traces(text: str) -> list[Trace]:
    """What in this text leads to a person, in order, none overlapping another. Never raises."""
    seen = Seen(text)
    found: list[tuple[int, int, Kind]] = []
    _search(seen, _ANY_TEXT, found)
    if _DIGIT.search(seen.rest):
        if "://" in seen.rest or "www." in seen.rest:
            seen.claim([link.span() for link in _LINK.finditer(seen.rest)])
        _search(seen, _WITH_DIGITS, found)
    _search(seen, ((Kind.PLACE, addresses),), found)
    return [_trace(text, seen, stretch) for stretch in sorted(found)[:MOST]]


def traces_but(text: str, spare: Spare | None) -> list[Trace]:
    """The same, without names of this house: where an @ that looks like an account means one, ``spare`` says."""
    traces = find_traces(text)
    if spare is None or not any(_is_at(trace) for trace in traces):
        return traces
    spared = spare(text)
    return [trace for trace in traces if not (_is_at(trace) and trace.start in spared)]


def _is_at(trace: Trace) -> bool:
    return trace.kind is Kind.HANDLE and trace.found.startswith("@")


def _search(
    seen: Seen, detectors: tuple[tuple[Kind, _Detector], ...], found: list[tuple[int, int, Kind]]
) -> None:
    for kind, detector in detectors:
        taken = list(_apart(sorted(islice(detector(seen), MOST))))
        if taken:
            found += [(start, end, kind) for start, end in taken]
            seen.claim(taken)


def _apart(stretches: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The stretches with those that touch the one before made one with it."""
    current: tuple[int, int] | None = None
    for start, end in stretches:
        if current and start < current[1]:
            current = current[0], max(current[1], end)
            continue
        if current:
            yield current
        current = start, end
    if current:
        yield current


def _trace(text: str, seen: Seen, stretch: tuple[int, int, Kind]) -> Trace:
    start, end = seen.typed(*_trimmed(seen.plain, stretch[0], stretch[1]))
    return Trace(stretch[2], start, end, text[start:end])


def _trimmed(plain: str, start: int, end: int) -> tuple[int, int]:
    """Without what only stands around it."""
    while end - start > 1 and plain[end - 1] in " .,;:-\n":
        end -= 1
    while end - start > 1 and plain[start] in " .,;:\n":
        start += 1
    return start, end

"""The labelled texts that lie beside this file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from mashrabiya.safety.screening import Kind, Trace

_HERE = Path(__file__).parent
_LABEL = re.compile(r"\[\[(.*?)\]\]")


@dataclass(frozen=True, slots=True)
class Case:
    """A text and where its traces stand, all of one kind."""

    kind: Kind
    text: str
    spans: tuple[tuple[int, int], ...]


def traces() -> list[Case]:
    """Texts that lead to somebody."""
    return [_case(line) for line in _lines("traces.txt")]


def harmless() -> list[str]:
    """Texts that lead to nobody."""
    return _lines("harmless.txt")


def fits(trace: Trace, case: Case, span: tuple[int, int]) -> bool:
    """Of the right kind, and over at least half of what was labelled."""
    shared = min(trace.end, span[1]) - max(trace.start, span[0])
    return trace.kind is case.kind and shared * 2 >= span[1] - span[0]


def _lines(name: str) -> list[str]:
    lines = (_HERE / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("# ")]


def _case(line: str) -> Case:
    kind, _, labelled = line.partition(" | ")
    spans, text, place = [], "", 0
    for found in _LABEL.finditer(labelled):
        text += labelled[place : found.start()]
        spans.append((len(text), len(text) + len(found[1])))
        text, place = text + found[1], found.end()
    return Case(Kind(kind), text + labelled[place:], tuple(spans))

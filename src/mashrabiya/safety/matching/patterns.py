"""Patterns that hosts write, on an engine without backtracking: none can hold a process up."""

from __future__ import annotations

from collections.abc import Iterable

import re2

from mashrabiya.safety.matching.reading import Reading

LONGEST = 200
"""Letters of a pattern."""

_MEMORY, _LARGEST = 1 << 18, 600
"""Bytes that one pattern may take, compiled and at work, and steps that it may have. More is refused when it is
written: with counts like ``.{0,40}`` inside each other it would still be linear, and a hundred times as slow."""


def wrong_pattern(pattern: str) -> str:
    """Why this cannot be a pattern (a catalogue key), or nothing."""
    if len(pattern) > LONGEST:
        return "precept.pattern_long"
    compiled = _compiled(pattern)
    if compiled is None:
        return "precept.pattern_wrong"
    # What fits the empty text fits every text.
    return "precept.pattern_all" if compiled.search("") or compiled.search(" ") else ""


class PatternBook:
    """Many patterns at once. Those that no longer compile are left out: they were refused when they were written."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self._filter, self._which = re2.Filter(), []
        for number, pattern in enumerate(patterns):
            if _compiled(pattern) is not None:
                self._filter.Add(pattern, _options())
                self._which.append(number)
        if self._which:
            self._filter.Compile()

    def found(self, reading: Reading) -> set[int]:
        """The numbers of the patterns that the text fits, as it was typed or folded."""
        if not self._which:
            return set()
        hits = {*(self._filter.Match(reading.seen) or ()), *(self._filter.Match(reading.line) or ())}
        return {self._which[hit] for hit in hits}


def _options() -> re2.Options:
    options = re2.Options()
    options.max_mem = _MEMORY
    options.case_sensitive = False
    options.log_errors = False
    return options


def _compiled(pattern: str) -> re2._Regexp | None:
    try:
        compiled = re2.compile(pattern, _options())
    except (re2.error, UnicodeEncodeError):
        return None
    return compiled if compiled._regexp.ProgramSize() <= _LARGEST else None

"""Finding ``{{ name("key", value=expression) }}`` in a template's source."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

_START = re.compile(r"\{\{-?\s*(_n|_a|_|icon|asset)\(")
_END = re.compile(r"\s*-?\}\}")
_OPEN, _CLOSE, _QUOTES = "([{", ")]}", "\"'"


@dataclass(frozen=True, slots=True)
class Call:
    """One call as it stands: the function, its first text, and its named expressions."""

    name: str
    key: str
    values: dict[str, str] = field(default_factory=dict)


def replace_calls(source: str, write: Callable[[Call], str]) -> str:
    """The source with each such call replaced. Calls whose first argument is no plain text stay."""
    parts, place = [], 0
    for found in _START.finditer(source):
        if found.start() < place:
            continue
        arguments, after = _split(source, found.end())
        end = _END.match(source, after)
        if end is None or not _is_text(arguments[0]):
            continue
        call = Call(found[1], arguments[0][1:-1], dict(_named(argument) for argument in arguments[1:]))
        parts += [source[place : found.start()], write(call)]
        place = end.end()
    return "".join([*parts, source[place:]])


def calls_in(source: str) -> list[Call]:
    """Every such call of a template."""
    found: list[Call] = []

    def note(call: Call) -> str:
        found.append(call)
        return ""

    replace_calls(source, note)
    return found


def _is_text(argument: str) -> bool:
    return len(argument) > 1 and argument[0] in _QUOTES and argument.find(argument[0], 1) == len(argument) - 1


def _named(argument: str) -> tuple[str, str]:
    name, _, expression = argument.partition("=")
    return name.strip(), expression.strip()


def _split(source: str, place: int) -> tuple[list[str], int]:
    """The arguments from ``place`` on, and where the closing bracket ends."""
    arguments: list[str] = []
    depth, start, quote = 0, place, ""
    while place < len(source):
        letter = source[place]
        if quote:
            quote = "" if letter == quote else quote
        elif letter in _QUOTES:
            quote = letter
        elif letter in _OPEN:
            depth += 1
        elif letter in _CLOSE and depth == 0:
            return [*arguments, source[start:place].strip()], place + 1
        elif letter in _CLOSE:
            depth -= 1
        elif letter == "," and depth == 0:
            arguments.append(source[start:place].strip())
            start = place + 1
        place += 1
    raise ValueError(f"a call is not closed: {source[start:][:60]}")

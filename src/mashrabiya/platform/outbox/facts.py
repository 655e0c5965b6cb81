"""Events as a kind and a few bytes, and back."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import msgspec

from mashrabiya.kernel.events import Event

_LONGEST_CODE = 32
_known: dict[str, type[Event]] = {}


class UnknownFact(Exception):
    """No event of this kind exists in this version of the house."""


def kind_of(event_type: type[Event]) -> str:
    """The domain and the name of an event: "discussions.PostWritten"."""
    parts = event_type.__module__.split(".")
    return f"{parts[1] if len(parts) > 1 else parts[0]}.{event_type.__name__}"


def pack(event: Event) -> bytes:
    """The values of its fields. Only ids, numbers and short codes are let through."""
    values = [getattr(event, field.name) for field in fields(event)]
    for value in values:
        _refuse_words(event, value)
    return msgspec.msgpack.encode(values)


def unpack(kind: str, ref: bytes) -> Event:
    """The event that was packed."""
    event_type = _known.get(kind)
    if event_type is None:
        _known.update(_types())
        event_type = _known.get(kind)
    if event_type is None:
        raise UnknownFact(kind)
    values = msgspec.msgpack.decode(ref)
    return event_type(*(tuple(value) if isinstance(value, list) else value for value in values))


def _refuse_words(event: Event, value: Any) -> None:
    if value is None or isinstance(value, (bytes, int)):
        return
    if isinstance(value, tuple):
        for one in value:
            _refuse_words(event, one)
        return
    if isinstance(value, str) and value.isascii() and len(value) <= _LONGEST_CODE and " " not in value:
        return
    raise TypeError(f"{type(event).__name__} may hold ids, numbers and short codes only")


def _types() -> dict[str, type[Event]]:
    found: dict[str, type[Event]] = {}
    waiting = Event.__subclasses__()
    while waiting:
        event_type = waiting.pop()
        waiting += event_type.__subclasses__()
        # A dataclass with slots is a second class of the same name; the first one is never made.
        if "__slots__" in vars(event_type):
            found[kind_of(event_type)] = event_type
    return found

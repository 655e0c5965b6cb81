"""The few ways in which something can fail. Only platform.web knows their pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence


class Failure(Exception):
    """What a rule, query or command raises when it cannot do what was asked."""


class NotFound(Failure):
    """It does not exist, or this viewer may not know that it does."""


class Refused(Failure):
    """The viewer may know it, but may not do this. ``why`` is a catalogue key."""

    def __init__(self, why: str, **values: object) -> None:
        super().__init__(why)
        self.why = why
        self.values = values


class Conflict(Failure):
    """Somebody else changed it meanwhile, or it is there already. ``why`` is a catalogue key."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class SecondLook(Failure):
    """Something was found that should be seen before it is posted. ``found`` are the kinds of it.

    ``said`` is what to say of it, where that is not found again in the words alone.
    """

    def __init__(self, found: Iterable[str], said: Sequence[object] = ()) -> None:
        self.found = tuple(str(kind) for kind in found)
        self.said = tuple(said)
        super().__init__(", ".join(self.found))


class Invalid(Failure):
    """What was typed cannot be taken. ``fields`` maps each field to a catalogue key."""

    def __init__(self, fields: Mapping[str, str], **values: object) -> None:
        super().__init__(", ".join(f"{field}: {why}" for field, why in fields.items()))
        self.fields = dict(fields)
        self.values = values


class TooMany(Failure):
    """Too much at once; possible again after so many seconds."""

    def __init__(self, after: int) -> None:
        super().__init__(str(after))
        self.after = after


class Busy(Failure):
    """The house is doing all it can; worth trying again in a little while."""

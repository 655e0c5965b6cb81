"""What a rule answers: allowed, or denied and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NoReturn

from mashrabiya.kernel.errors import NotFound, Refused


@dataclass(frozen=True, slots=True)
class Allowed:
    """The rule has nothing against it."""

    allowed: bool = field(default=True, init=False)

    def or_raise(self) -> None:
        """Nothing to raise."""


@dataclass(frozen=True, slots=True)
class Denied:
    """The rule refuses. ``why`` is a catalogue key; ``values`` fill its sentence.

    ``hidden`` refusals must look exactly like something that does not exist.
    """

    why: str
    values: dict[str, Any] = field(default_factory=dict)
    hidden: bool = False
    allowed: bool = field(default=False, init=False)

    def or_raise(self) -> NoReturn:
        """Raise what the door turns into a page."""
        if self.hidden:
            raise NotFound
        raise Refused(self.why, **self.values)


Verdict = Allowed | Denied
ALLOWED = Allowed()

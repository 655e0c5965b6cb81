"""What happened to what is known of laws."""

from __future__ import annotations

from dataclasses import dataclass

from mashrabiya.kernel.events import Event


@dataclass(frozen=True, slots=True)
class LawChanged(Event):
    """What is shown of a topic in a country is another value now: what hangs on it is due for review.

    Where nothing at all was known before, ``topic`` is the country as a whole.
    """

    country: str
    topic: str

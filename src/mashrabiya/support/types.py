"""What help now is told of lines, by whoever keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol


class Line(Protocol):
    """A line whose check holds: ``countries`` by code and name; one that serves every country has a single name that is empty.

    The rest is what its template shows: keys of the catalogue, and what was typed.
    """

    @property
    def countries(self) -> Sequence[tuple[str, str]]: ...

    @property
    def name(self) -> str: ...

    @property
    def languages(self) -> str: ...

    @property
    def channels(self) -> Sequence[Any]: ...

"""Routes say whom they are for. There is no way to write one that does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

Door = TypeVar("Door", bound=Callable[..., Any])

API = "/api/"
"""What the address of every JSON door begins with."""


class Access(Enum):
    """Whom a route is for. To everybody else it does not exist."""

    ANYONE = "anyone"
    ACCOUNT = "account"
    PERSONA = "persona"
    CARE = "care"
    HOST = "host"


@dataclass(frozen=True, slots=True)
class Route:
    """One door: method, address, whom it is for, which budget it spends."""

    method: str
    path: str
    door: Callable[..., Any]
    access: Access
    limit: str = ""
    tokenless: bool = False
    api: bool = False
    slow: bool = False


class Routes:
    """The doors of one domain, in the order in which they are written."""

    def __init__(self) -> None:
        self.all: list[Route] = []

    def get(self, path: str, *, access: Access, slow: bool = False) -> Callable[[Door], Door]:
        """A page. ``slow`` moves it off the loop's thread, for work of more than a millisecond."""
        return self._add("GET", path, access=access, slow=slow)

    def post(
        self, path: str, *, access: Access, limit: str = "", tokenless: bool = False
    ) -> Callable[[Door], Door]:
        """A change. ``tokenless`` forms carry no hidden field; their origin is checked all the same."""
        return self._add("POST", path, access=access, limit=limit, tokenless=tokenless)

    def api(self, method: str, path: str, *, access: Access, limit: str = "") -> Callable[[Door], Door]:
        """A JSON door, with a bearer token instead of a cookie."""
        return self._add(method, path, access=access, limit=limit, api=True)

    def _add(self, method: str, path: str, **declared: Any) -> Callable[[Door], Door]:
        def keep(door: Door) -> Door:
            self.all.append(Route(method, path, door, **declared))
            return door

        return keep

"""Routes say whom they are for. There is no way to write one that does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

from mashrabiya.kernel.errors import Failure

Door = TypeVar("Door", bound=Callable[..., Any])

API = "/api/"
"""What the address of every JSON door begins with, but one."""

HEALTH = "/health"
"""The one beside them, where supervisors look for it."""


class Access(Enum):
    """Whom a route is for. To everybody else it does not exist."""

    ANYONE = "anyone"
    ACCOUNT = "account"
    PERSONA = "persona"
    CARE = "care"
    HOST = "host"


@dataclass(frozen=True, slots=True)
class Contract:
    """What a JSON door promises to programs, told at /openapi.json.

    ``takes`` and ``gives`` are the shapes of the body sent and of the answer, ``asks`` the names that
    may stand in the address's query, ``fails`` what the door itself may raise: the gate's own refusals
    follow from the route. ``media`` is the type of an answer that is no JSON.
    """

    takes: Any = None
    gives: Any = None
    asks: tuple[str, ...] = ()
    fails: tuple[type[Failure], ...] = ()
    status: int = 200
    media: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """One door: method, address, whom it is for, which budget it spends."""

    method: str
    path: str
    door: Callable[..., Any]
    access: Access
    limit: str = ""
    tokenless: bool = False
    while_locked: bool = False
    api: bool = False
    slow: bool = False
    uploads: bool = False
    apart: bool = False
    brief: bool = False
    shows: tuple[str, ...] = ()
    contract: Contract = Contract()


class Routes:
    """The doors of one domain, in the order in which they are written."""

    def __init__(self) -> None:
        self.all: list[Route] = []

    def get(
        self, path: str, *, access: Access, slow: bool = False, while_locked: bool = False
    ) -> Callable[[Door], Door]:
        """A page. ``slow`` moves it off the loop's thread, for work of more than a millisecond.

        ``while_locked`` doors open to a session that asks for its number, too.
        """
        return self._add("GET", path, access=access, slow=slow, while_locked=while_locked)

    def post(self, path: str, *, access: Access, limit: str = "", **ways: Any) -> Callable[[Door], Door]:
        """A change. ``tokenless`` forms carry no hidden field; their origin is checked all the same.

        ``uploads`` forms may bring pictures, and so more than any other. ``while_locked`` as for pages.
        Doors ``apart`` have threads of their own: they wait for no other door, and no other for them.
        ``brief`` ones write little, once, and ask nobody but the database: the loop's own thread does it where nobody writes.
        ``shows`` are fields by which a form asks to be shown something, and nothing is written that others read: that spends
        from a budget of its own.
        """
        return self._add("POST", path, access=access, limit=limit, **ways)

    def api(
        self,
        method: str,
        path: str,
        *,
        access: Access,
        limit: str = "",
        slow: bool = False,
        brief: bool = False,
        **promised: Any,
    ) -> Callable[[Door], Door]:
        """A JSON door, with a bearer token instead of a cookie. What it promises is its ``Contract``."""
        declared = {"access": access, "limit": limit, "slow": slow, "brief": brief}
        return self._add(method, path, **declared, api=True, contract=Contract(**promised))

    def _add(self, method: str, path: str, **declared: Any) -> Callable[[Door], Door]:
        def keep(door: Door) -> Door:
            self.all.append(Route(method, path, door, **declared))
            return door

        return keep

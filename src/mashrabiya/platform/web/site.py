"""What one process of the house has at hand for every request. ``main`` puts it together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from mashrabiya.kernel.viewer import Tongue, Viewer
from mashrabiya.platform.db import Database, Read
from mashrabiya.platform.house import Held, HouseSettings
from mashrabiya.platform.keys import ServerKeys
from mashrabiya.platform.settings import Config
from mashrabiya.platform.templating import Templates
from mashrabiya.platform.web.assets import Assets
from mashrabiya.platform.web.at_once import AtOnce
from mashrabiya.platform.web.moved import Moved
from mashrabiya.platform.web.tabs import Bar
from mashrabiya.platform.web.threads import Threads

if TYPE_CHECKING:
    from mashrabiya.platform.web.routes import Route


class OpenSession(Protocol):
    """Whose session a cookie or a token opens. Where it is not ``used``, nothing is made longer by it."""

    def __call__(
        self, db: Read, site: Site, shown: str, tongue: Tongue, *, used: bool = True
    ) -> Viewer | None: ...


Spend = Callable[[str, bytes, bytes | None], None]


@dataclass(slots=True)
class Site:
    """One process of a house.

    ``open_session`` turns a cookie or token into a viewer, or None. ``spend``
    takes one from a named budget of a person (or, without one, of a network)
    and raises TooMany when it is empty.
    """

    config: Config
    database: Database
    keys: ServerKeys
    held: Held
    assets: Assets
    templates: Templates
    open_session: OpenSession
    spend: Spend
    bar: Bar
    routes: tuple[Route, ...] = ()
    threads: Threads = field(default_factory=Threads)
    """Those of all doors that may have to wait."""
    apart: dict[str, Threads] = field(default_factory=dict)
    """Those of the doors that have some of their own, by address."""
    at_once: AtOnce = field(init=False)
    moved: Moved = field(default_factory=Moved)
    rooms: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.at_once = AtOnce(self.database)

    @property
    def house(self) -> HouseSettings:
        """The settings in force."""
        settings: HouseSettings = self.held["house"]
        return settings

    @property
    def plain_on_onion(self) -> bool:
        """Whether the session's cookie goes without prefix and Secure on onion names, as whoever
        starts the house or its hosts decided."""
        return self.config.onion_cookie_plain or self.house.onion_cookie_plain

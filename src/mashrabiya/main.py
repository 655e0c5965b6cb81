"""The composition root: the only file that knows every domain."""

from __future__ import annotations

import importlib
from typing import Any

from mashrabiya.kernel.viewer import HOST
from mashrabiya.people import queries as people
from mashrabiya.people.commands.sessions import Renewals
from mashrabiya.platform import house
from mashrabiya.platform.db import Database
from mashrabiya.platform.house import Held
from mashrabiya.platform.keys import ServerKeys, read_keys
from mashrabiya.platform.languages.catalogue import ROOT
from mashrabiya.platform.limits import Limits
from mashrabiya.platform.settings import Config
from mashrabiya.platform.templating import Templates
from mashrabiya.platform.web.application import make_application
from mashrabiya.platform.web.assets import Assets
from mashrabiya.platform.web.routes import Route
from mashrabiya.platform.web.site import Site
from mashrabiya.platform.web.tabs import Bar, Place

_PLACES = (
    Place("/", "nav.home", "home", frozenset({""})),
    Place("/c", "nav.communities", "door", frozenset({"c", "t"})),
    Place("/me", "nav.settings", "key", frozenset({"me"}), members=True),
    Place("/o", "nav.hosts", "people", frozenset({"o"}), role=HOST),
)

_PENDING = (
    "people.pages", "people.api", "communities.pages", "discussions.pages", "discussions.api",
    "home.pages", "support.pages", "stewardship.pages", "platform.leaving", "platform.health",
)


def _routes() -> list[Route]:
    found: list[Route] = []
    for name in _PENDING:
        try:
            module = importlib.import_module(f"mashrabiya.{name}")
        except ImportError as missing:
            if missing.name and missing.name.startswith("mashrabiya"):
                continue
            raise
        found += module.routes.all
    return found


ROUTES = _routes()


def make_site(config: Config, *, keys: ServerKeys | None = None, database: Database | None = None) -> Site:
    """One process of the house, without its application."""
    database = database or Database(config.database_url)
    keys = keys or read_keys(config.key_path)
    held = Held(database, {"house": house.load, "guards": people.load_guards})
    assets = Assets(ROOT)
    limits = Limits(on=config.limits)
    return Site(
        config=config,
        database=database,
        keys=keys,
        held=held,
        assets=assets,
        templates=Templates(assets.address),
        open_session=people.open_session,
        spend=limits.spend,
        bar=Bar(_PLACES),
        rooms={"limits": limits, "renewals": Renewals(database, keys.of("sess"))},
    )


def build(site: Site) -> Any:
    """The ASGI application of the site."""
    return make_application(site, ROUTES)

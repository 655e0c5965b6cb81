"""Who helps in a country, for the page that says what its law is."""

from __future__ import annotations

from msgspec import Struct

from mashrabiya.kernel import clock
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.library.services import rules
from mashrabiya.library.services.queries.directory import find
from mashrabiya.library.services.types import Wanted
from mashrabiya.platform.db import Read

MOST = 6


class Helper(Struct, frozen=True):
    """As a card says it; ``kind`` and ``police`` are keys of the catalogues."""

    path: str
    name: str
    lang: str
    kind: str
    police: str
    checked: clock.Date


def services_for(db: Read, viewer: Viewer, country: str) -> list[Helper]:
    """A few that serve a country and whose check holds, those of that country first."""
    today, language = clock.day(), viewer.tongue.language
    found = find(db, viewer, Wanted(country=country)).rows
    return [
        Helper(
            path=service.path,
            name=record.name(language),
            lang=record.tongue("name", language),
            kind=f"library.services.kind_{record.kind}",
            police=f"library.services.police_{record.calls_police}",
            checked=service.checked,
        )
        for service, record in found
        if not rules.is_overdue(service, today)
    ][:MOST]

"""The settings of the house, kept in its database, held in memory, and changed by its hosts.

``house`` holds one row per setting; ``generation`` counts changes, so that every
process notices within a second what another has changed.
"""

from __future__ import annotations

import threading
import time
from typing import Any

import msgspec
from sqlalchemy import Column, Integer, Text, bindparam, select, update

from mashrabiya.kernel import clock
from mashrabiya.platform.db import Database, Forever, Read, Statement, Write, table

HOUSE = table(
    "house",
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
    expire=Forever("settings of the house, changed by its hosts"),
)
GENERATION = table(
    "generation",
    Column("name", Text, primary_key=True),
    Column("n", Integer, nullable=False),
    expire=Forever("one counter per kind of thing held in memory"),
)

# What one process changes holds in all within a second, the time of a request included.
_LOOKS_AGAIN = 0.75
CANARY_REMIND_DAYS, CANARY_DAYS = 30, 60
"""After so many days hosts are asked to renew what they said of orders; after so many it counts as not renewed."""

DEFAULT_NAME = {"ar": "مشربيّة", "en": "Mashrabiya"}
DEFAULT_EXITS = {"ar": "https://ar.wikipedia.org/", "en": "https://en.wikipedia.org/"}


class HouseSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the hosts decide. The defaults are what a new house begins with."""

    name: dict[str, str] = msgspec.field(default_factory=lambda: dict(DEFAULT_NAME))
    languages: tuple[str, ...] = ("ar", "en")
    entry: str = "invitation"
    question: dict[str, str] = {}
    answers: tuple[str, ...] = ()
    adults_only: bool = True
    agreements: dict[str, str] = {}
    retention_days: int = 365
    backup_days: int = 14
    exit_address: dict[str, str] = msgspec.field(default_factory=lambda: dict(DEFAULT_EXITS))
    sites: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    steps_done: tuple[str, ...] = ()
    open: bool = False
    sample: bool = False
    # No community may let anybody learn who wrote unnamed. Once said, it is never taken back.
    sealed_only: bool = False
    argon_memory: int = 65536
    argon_time: int = 3
    # Memory, passes, and the last quarter of a year in which an account may still have them.
    argon_former: tuple[tuple[int, int, int], ...] = ()
    # As ``--onion-cookie-plain`` says it, by the hosts' page.
    onion_cookie_plain: bool = False
    # The hour until which the whole house is protected; long past where it is not.
    protected_h: int = 0
    # The day of which the hosts said that no order had come; none where they never did.
    canary_day: int | None = None
    # Whether members make invitations; hosts make them in any case.
    members_invite: bool = True
    # Whether search engines may index the guides of the library, and nothing else.
    index_library: bool = False
    key_checked: bool = False
    backup_checked: bool = False

    @property
    def protected_hours(self) -> int:
        """For so many hours more only the invited come in, and only the established write."""
        return max(0, self.protected_h - clock.hour())

    @property
    def canary_date(self) -> clock.Date | None:
        """The day until which no order had come, as the hosts said on that day."""
        return None if self.canary_day is None else clock.date(self.canary_day)

    @property
    def canary_is_old(self) -> bool:
        """It was not renewed for so long that nothing may be read from it."""
        return self._canary_age > CANARY_DAYS

    @property
    def canary_is_due(self) -> bool:
        """The hosts are asked to renew it, where that is still true."""
        return self._canary_age > CANARY_REMIND_DAYS

    @property
    def _canary_age(self) -> int:
        return 0 if self.canary_day is None else clock.day() - self.canary_day

    @property
    def entry_now(self) -> str:
        """How one comes in at this moment."""
        return "invitation" if self.protected_hours and self.entry != "closed" else self.entry

    def name_in(self, language: str) -> str:
        """The name as that language says it."""
        return self.name.get(language) or next(iter(self.name.values()))

    def exit_in(self, language: str) -> str:
        """Where quick exit leads a reader of that language."""
        return self.exit_address.get(language) or DEFAULT_EXITS.get(language, DEFAULT_EXITS["en"])


_ALL: Statement[None] = Statement(select(HOUSE.c.name, HOUSE.c.value))
_CHANGE: Statement[None] = Statement(
    update(HOUSE).where(HOUSE.c.name == bindparam("key")).values(value=bindparam("new"))
)
_GENERATIONS: Statement[None] = Statement(select(GENERATION.c.name, GENERATION.c.n))
_BUMP: Statement[None] = Statement(
    update(GENERATION).where(GENERATION.c.name == bindparam("key")).values(n=GENERATION.c.n + 1)
)


def load(db: Read) -> HouseSettings:
    """The settings as they stand in the database; what has no row has its default."""
    raw = {name: msgspec.json.decode(value) for name, value in db.tuples(_ALL)}
    known = {field.name for field in msgspec.structs.fields(HouseSettings)}
    return msgspec.convert({key: raw[key] for key in raw.keys() & known}, HouseSettings)


def save(uow: Write, **changes: Any) -> None:
    """Change settings; every process follows within a second. A sample stays one for ever."""
    if changes.get("sample") is False and load(uow).sample:
        raise ValueError("the passphrases of a sample are public: it can never become a real house")
    if changes.get("sealed_only") is False and load(uow).sealed_only:
        raise ValueError("whoever wrote here was told that unnamed writing stays sealed for good")
    for name, value in changes.items():
        text = msgspec.json.encode(value).decode()
        if not uow.run(_CHANGE, key=name, new=text):
            uow.insert(HOUSE, name=name, value=text)
    bump(uow, "house")


def bump(uow: Write, name: str) -> None:
    """Tell all processes that what they hold in memory under this name is out of date."""
    if not uow.run(_BUMP, key=name):
        uow.insert(GENERATION, name=name, n=1)


class Held:
    """What a process keeps in memory of the database, looked at again within a second.

    ``loaders`` maps a generation's name to what reads it anew. Values are read
    under ``held["name"]``. In the middle of a write nothing is looked at again: were
    the write undone, what it had changed would be held as if it were so.
    """

    def __init__(self, database: Database, loaders: dict[str, Any]) -> None:
        self._database = database
        self._loaders = loaders
        self._values: dict[str, Any] = {}
        self._seen: dict[str, int] = {}
        self._checked = -1.0
        self._lock = threading.Lock()

    def __getitem__(self, name: str) -> Any:
        if time.monotonic() - self._checked > _LOOKS_AGAIN and not (
            self._values and self._database.writes_here
        ):
            self.refresh()
        return self._values[name]

    def refresh(self) -> None:
        """Look now. Everything is read once at first, then only what has changed."""
        with self._lock, self._database.read() as db:
            trace, self._database.trace = self._database.trace, None
            current = {str(name): int(n) for name, n in db.tuples(_GENERATIONS)}
            for name, loader in self._loaders.items():
                if name not in self._values or current.get(name, 0) != self._seen.get(name):
                    self._values[name] = loader(db)
                    self._seen[name] = current.get(name, 0)
            self._database.trace = trace
            self._checked = time.monotonic()

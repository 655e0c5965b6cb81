"""A scene whose house rings at a push service of this machine."""

from __future__ import annotations

from mashrabiya.kernel import clock
from mashrabiya.notifications.pushes import Pushes
from mashrabiya.notifications.tests.scene import Scene
from mashrabiya.notifications.tests.service import Service
from mashrabiya.people import flows
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.testing.house import Person, TestHouse

THERE = "/b/s?saved=1"


class Rung(Scene):
    """A scene whose house rings at a service of this machine, when a test says so."""

    def __init__(self, house: TestHouse, service: Service) -> None:
        super().__init__(house)
        self.service = service
        self.pushes: Pushes = house.send_by(service.outward)
        service.key = self.pushes.public

    def switch(self, who: Person, name: str) -> str:
        """She switches it on in a browser; where she is led, or the status."""
        fields = who.browser.get("/b/s").form("/b/p").fields
        page = who.browser.post("/b/p", {**fields, "endpoint": self.service.endpoint(name)})
        return page.location or str(page.status)

    def later(self) -> None:
        """More than an hour later; sessions ended meanwhile, as those of a shared device do, and all sign in again."""
        clock.offset += clock.HOUR + 60
        for who in (self.alice, self.bob):
            who.browser.cookies[SESSION] = flows.sign_in(self.house.site, who.name, who.passphrase).text

    def rings(self) -> list[str]:
        """All that waits is done now; which browsers were rung."""
        self.tell()
        before = len(self.service.got)
        self.pushes.step(whole=True)
        return sorted(path.rpartition("/")[2] for path in self.service.got[before:])

    def bells(self) -> list[tuple[bytes, bytes, int]]:
        """The rows that say which browser is told."""
        found = self.house.database.connection().execute("SELECT addr, blob, until_day FROM push")
        return [(bytes(addr), bytes(blob), int(until)) for addr, blob, until in found.fetchall()]

"""A place that Mona runs, and those who want in."""

from __future__ import annotations

from html import unescape

from mashrabiya.communities import commands
from mashrabiya.communities.entering.types import Ways
from mashrabiya.communities.types import Audience, Entry, NewCommunity
from mashrabiya.kernel.ids import show_id
from mashrabiya.people import flows
from mashrabiya.platform.web import tokens
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import Person, TestHouse

QUESTIONS = ("What do you hope for here?", "How did you hear of us?")
ANSWERS = {"answer_1": "Quiet evenings.", "answer_2": "From a friend."}


class Scene:
    """Mona runs a place that asks; Alice, Bob and Charlie are outside."""

    def __init__(
        self, house: TestHouse, entry: Entry = Entry.QUESTION, audience: Audience = Audience.SIGNED_IN
    ) -> None:
        house.change(open=True)
        self.house = house
        self.mona = house.person("Mona")
        self.alice = house.person("Alice")
        self.new = NewCommunity(name="Night kitchen", about="Recipes.", agreements="Be kind.", language="en")
        self.questions = QUESTIONS if entry == Entry.QUESTION else ()
        with house.database.write() as uow:
            ways = Ways(entry=entry, questions=self.questions)
            self.cid = commands.found(uow, self.mona.viewer, self.new, ways)
        self.path = f"/c/{show_id(self.cid)}"
        if audience != Audience.SIGNED_IN:
            self.become(audience)

    def become(self, audience: Audience) -> None:
        """From now on it is read by these."""
        changed = NewCommunity(name=self.new.name, about="Recipes.", agreements="Be kind.", audience=audience)
        with self.house.database.write() as uow:
            commands.edit(uow, self.mona.viewer, self.cid, changed)

    def enter(self, entry: Entry, **more: str) -> Page:
        """Mona changes how one enters."""
        page = f"{self.path}/edit/entry"
        return self.mona.browser.submit(page, page, entry=str(int(entry)), **more)

    def ask(self, who: Person, **answers: str) -> Page:
        """Through the form, as a person would."""
        page = f"{self.path}/ask"
        return who.browser.submit(page, page, **(answers or (ANSWERS if self.questions else {})))

    def decide(self, act: str, said: str = "") -> Page:
        """Mona decides on the first who asks."""
        page = f"{self.path}/asked"
        action = next(form.action for form in self.mona.browser.get(page).forms if "/asked/" in form.action)
        return self.mona.browser.submit(page, action, act=act, said=said)

    def post(self, who: Person, path: str, route: str, **fields: str) -> Page:
        """As a form would, also where none is shown to her."""
        token = tokens.make(self.house.keys, who.viewer, route)
        return who.browser.post(path, {"_f": token, **fields})

    def sign_in(self, who: Person) -> None:
        """Anew, after time went by."""
        who.browser.cookies[SESSION] = flows.sign_in(self.house.site, who.name, who.passphrase).text

    def text(self, who: Person, path: str = "") -> str:
        """What a page says to her."""
        return unescape(who.browser.get(path or self.path).text)

    def rows(self, table: str) -> int:
        return int(self.house.database.connection().execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    def belongs(self, who: Person) -> bool:
        asked = "SELECT cid, pid FROM membership"
        kept = {
            (bytes(cid), bytes(pid))
            for cid, pid in self.house.database.connection().execute(asked).fetchall()
        }
        return (self.cid, who.viewer.pid) in kept

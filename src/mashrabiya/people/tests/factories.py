"""The people of the tests: Alice writes, Bob is a member, Charlie is outside, Mona cares, Mallory attacks."""

from __future__ import annotations

from dataclasses import dataclass, field

from mashrabiya.kernel import clock
from mashrabiya.kernel.viewer import Face, Tongue, Viewer
from mashrabiya.people import flows
from mashrabiya.people.commands import Draft, issue_invitation
from mashrabiya.people.flows import second
from mashrabiya.people.queries import open_session
from mashrabiya.people.sealed import totp
from mashrabiya.people.types import Band, Grant
from mashrabiya.platform import proof_of_work
from mashrabiya.testing.browser import Browser, Page
from mashrabiya.testing.house import TestHouse

PASSPHRASE = "amber window under quiet olive rain"
OTHER = "seven grey herons cross the canal"


@dataclass(slots=True)
class Person:
    """Somebody with an account, signed in."""

    house: TestHouse
    name: str
    passphrase: str
    codes: tuple[str, ...]
    cookie: str
    slots: dict[str, int] = field(default_factory=dict)

    @property
    def viewer(self) -> Viewer:
        """Who she is to the house now."""
        with self.house.database.read() as db:
            found = open_session(db, self.house.site, self.cookie, Tongue.of("en"))
        assert found is not None
        return found

    @property
    def face(self) -> Face:
        """The persona in use, as others see it."""
        face = self.viewer.face
        assert face is not None
        return face

    def add(self, name: str, pronouns: str = "", about: str = "") -> Viewer:
        """Another persona; she goes on as it."""
        draft = Draft(name, pronouns, about)
        self.cookie = flows.add_persona(self.house.site, self.viewer, self.cookie, draft).text
        viewer = self.viewer
        self.slots[name] = viewer.slot
        return viewer

    def use(self, name: str) -> Viewer:
        """Go on as another of her personas."""
        self.cookie = flows.switch(self.house.site, self.viewer, self.cookie, self.slots[name]).text
        return self.viewer

    def sign_in(self, *, own: bool = False) -> Viewer:
        """Sign in once more, with a new session."""
        cookie = flows.sign_in(self.house.site, self.name, self.passphrase, own=own)
        self.cookie = cookie.text
        return self.viewer

    def browser(self, language: str = "en") -> Browser:
        """Her browser, with her session in it."""
        browser = self.house.browser(language)
        browser.cookies["__Host-v"] = self.cookie
        return browser


def account(
    house: TestHouse, name: str, passphrase: str = PASSPHRASE, *, grant: Grant = Grant.NONE
) -> Person:
    """An account without a persona, signed in."""
    code = ""
    if grant:
        with house.database.write() as uow:
            code = issue_invitation(uow, house.keys, grant=grant)
    new = flows.sign_up(house.site, flows.SignUp(name, passphrase, Band.ADULT, code))
    cookie = flows.enter(house.site, new.unlocked)
    return Person(house, name, passphrase, new.codes, cookie.text)


def person(house: TestHouse, name: str, *, grant: Grant = Grant.NONE) -> Person:
    """An account with one persona of the same name."""
    made = account(house, name.casefold(), grant=grant)
    made.add(name)
    return made


def second_step(someone: Person) -> bytes:
    """Switch the second step on for her, as her pages would; the secret in her app."""
    site, secret = someone.house.site, totp.new_secret()
    who = flows.unlock(site, someone.name, someone.passphrase)
    slip = second.find_slip(someone.viewer, second.slip_of(someone.viewer, who, secret))
    assert slip is not None
    second.switch_on(site, someone.viewer, slip, app_code(secret), shown=someone.cookie)
    clock.offset += 4 * totp.STEP
    return secret


def app_code(secret: bytes, off: int = 0) -> str:
    """What her app shows now, or so many half minutes from now."""
    return totp.code(secret, int(clock.now() // totp.STEP) + off)


def fill(browser: Browser, page: Page, action: str, **fields: str) -> Page:
    """Send a page's form as it stands, with some fields filled."""
    return browser.post(action, {**page.form(action).fields, **fields})


def join(house: TestHouse, browser: Browser, **fields: str) -> Page:
    """Wait out the ticket of the sign-up page, fill the form and send it."""
    page = browser.get("/join")
    clock.offset += proof_of_work.TICKET_WAIT
    return fill(browser, page, "/join", **{"name": "alice", "pass": PASSPHRASE, "age": "over", **fields})

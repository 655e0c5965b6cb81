"""A request as the doors see it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import parse_qs

import msgspec
from litestar import Request
from litestar.connection.base import empty_receive, empty_send

from mashrabiya.kernel.errors import Invalid
from mashrabiya.kernel.viewer import Tongue, Viewer
from mashrabiya.platform.db import Database
from mashrabiya.platform.house import HouseSettings
from mashrabiya.platform.keys import ServerKeys
from mashrabiya.platform.languages import to_latin
from mashrabiya.platform.web import tokens
from mashrabiya.platform.web.cookies import UNCHOSEN, Choices
from mashrabiya.platform.web.origin import name_of
from mashrabiya.platform.web.routes import API, HEALTH
from mashrabiya.platform.web.site import Site

if TYPE_CHECKING:
    from mashrabiya.platform.web.uploads import Upload

Shape = TypeVar("Shape")


MOST_FIELDS = 200

# What nobody would copy out of a page, and what nobody else should read there.
_OF_KEYS = {"challenge", "client", "authenticator", "credential", "signature", "prf"}
_OF_LOCKS = {"pin", "new_pin"}
_SECRETS = {"pass", "new_pass", "new_name", "code", "last", "slip", "fingerprint", "recipients", "invitation"}
_SECRETS |= _OF_KEYS | _OF_LOCKS
_NO_WORDS = _SECRETS | {"work", "nonce", "ticket", "device", "next", "kept_path", "endpoint"}


def _typed(text: str) -> str:
    """With line ends as one character; without the sign that nobody types, and that PostgreSQL keeps in no text."""
    return text.replace("\0", "").replace("\r\n", "\n")


class Form:
    """What was typed. A field that was not sent is empty; of too many fields the last are ``cut``."""

    __slots__ = ("_fields", "cut", "files")

    def __init__(
        self,
        fields: Mapping[str, Sequence[str]] | None = None,
        *,
        cut: bool = False,
        files: Sequence[Upload] = (),
    ) -> None:
        self._fields: dict[str, list[str]] = {}
        for name, values in (fields or {}).items():
            self._fields.setdefault(_typed(name), []).extend(map(_typed, values))
        self.cut = cut
        self.files = tuple(files)

    @classmethod
    def read(cls, body: bytes) -> Form:
        """The fields of an ordinary form body; what is no text is read as well as can be."""
        fields = body.decode("utf-8", "replace").split("&", MOST_FIELDS)
        taken = parse_qs("&".join(fields[:MOST_FIELDS]), keep_blank_values=True)
        return cls(taken, cut=len(fields) > MOST_FIELDS)

    def raw(self, name: str) -> str:
        """As typed, with line ends as one character."""
        values = self._fields.get(name)
        return values[0] if values else ""

    def text(self, name: str) -> str:
        """One line or text without white space around it."""
        return self.raw(name).strip()

    def all(self, name: str) -> list[str]:
        """Every value of a field that may be sent more than once."""
        return list(self._fields.get(name, []))

    def lines(self, name: str) -> list[str]:
        """The lines of a text that are not empty."""
        return [line.strip() for line in self.raw(name).splitlines() if line.strip()]

    def flag(self, name: str) -> bool:
        """Whether a box was ticked."""
        return bool(self.raw(name))

    def choice(self, name: str, allowed: Sequence[str], usual: str = "") -> str:
        """One of the allowed values, else the usual one."""
        value = self.text(name)
        return value if value in allowed else usual

    def number(self, name: str, *, usual: int, least: int, most: int) -> int:
        """A whole number typed in any digits, kept within its bounds."""
        typed = to_latin(self.text(name))
        value = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else usual
        return min(max(value, least), most)

    @property
    def size(self) -> int:
        """How many characters were typed, and sent with them."""
        return sum(len(value) for values in self._fields.values() for value in values)

    @property
    def submission(self) -> str:
        """The one-time name of this sending; the same twice means sent twice."""
        return self.text("_s")

    @property
    def typed(self) -> dict[str, str]:
        """Every field but the house's own, whose names begin with an underscore."""
        return {name: self.raw(name) for name in self._fields if not name.startswith("_")}

    @property
    def words(self) -> dict[str, str]:
        """What was typed and may stand on another page: no secret, and no name beside a passphrase."""
        unsaid = _NO_WORDS | ({"name"} if "pass" in self._fields else set())
        return {name: text for name, text in self.typed.items() if name not in unsaid and text.strip()}


def nowhere() -> None:
    """The network of what comes from no network."""


@dataclass(slots=True)
class Visit:
    """What the shell knows of a request before any door does.

    ``onion``: the house was asked for by its onion name, and answers with nothing of another.
    ``unasked``: an open page asks this by itself; nobody is there for certain.
    """

    site: Site
    tongue: Tongue
    cookie: str = ""
    bearer: str = ""
    choices: Choices = UNCHOSEN
    body: bytes = b""
    too_much: bool = False
    find_network: Callable[[], bytes | None] = nowhere
    accepted: bytes = b""
    form: Form | None = None
    viewer: Viewer | None = None
    route: str = ""
    onion: bool = False
    unasked: bool = False
    set_cookies: list[str] = field(default_factory=list)

    @property
    def plain_cookie(self) -> bool:
        """Whether the session's cookie goes without its prefix here."""
        return self.onion and self.site.plain_on_onion

    @property
    def network(self) -> bytes | None:
        """The coarse network that asks; looked for only where a budget needs it."""
        return self.find_network()


class Ask(Request[Any, Any, Any]):
    """One request: who asks, what was typed, and the house that answers."""

    visit: Visit

    def __init__(self, scope: Any, receive: Any = empty_receive, send: Any = empty_send) -> None:
        super().__init__(scope, receive, send)
        # Kept at hand: an answer asks for it a hundred times.
        self.visit = scope["mash"]

    @property
    def site(self) -> Site:
        return self.visit.site

    @property
    def viewer(self) -> Viewer:
        """Who asks; a visitor where there is no session."""
        visit = self.visit
        return visit.viewer or Viewer.visitor(visit.tongue)

    @property
    def origin(self) -> str:
        """How the visitor reached us, for links that are handed on. The shell has checked the name."""
        host = self.headers.get("host", "")
        name = host.rsplit(":", 1)[0]
        plain = name.endswith(".onion") or name in {"127.0.0.1", "localhost", "[::1]"}
        return f"{'http' if plain else 'https'}://{host}"

    @property
    def db(self) -> Database:
        return self.visit.site.database

    @property
    def house(self) -> HouseSettings:
        return self.visit.site.house

    @property
    def keys(self) -> ServerKeys:
        return self.visit.site.keys

    @property
    def form(self) -> Form:  # type: ignore[override]
        """The form that was sent; an empty one where none was."""
        visit = self.visit
        if visit.form is None:
            visit.form = Form.read(visit.body)
        return visit.form

    @property
    def asked_as(self) -> str:
        """The name by which the house was asked, without a port. The shell has looked that it is ours."""
        return name_of(dict(self.scope["headers"]).get(b"host", b""))

    @property
    def is_too_much(self) -> bool:
        """Whether more was sent than a form may bring. What was cut off is not known: nothing is done."""
        return self.visit.too_much or (not self.is_api and self.form.cut)

    @property
    def is_api(self) -> bool:
        """Whether a JSON door is asked."""
        path = self.scope["path"]
        return path.startswith(API) or path == HEALTH

    def sent(self, shape: type[Shape]) -> Shape:
        """The JSON that was sent, in the shape it must have; Invalid where it has another."""
        try:
            return msgspec.json.decode(self.visit.body, type=shape)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise Invalid({"body": "error.empty"}) from None

    def query(self, name: str) -> str:
        """A value of the address's query, or empty."""
        # Nearly every address has none, and reading it costs more than a statement's arguments.
        return (self.query_params.get(name, "") or "") if self.scope["query_string"] else ""

    def csrf(self, route: str) -> str:
        """The hidden field that proves a form came from us, for a route's template path."""
        return tokens.make(self.site.keys, self.viewer, route)

    def set_cookie(self, header: str) -> None:
        """Add a Set-Cookie header to whatever answers this request."""
        self.visit.set_cookies.append(header)

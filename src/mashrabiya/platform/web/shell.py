"""The outermost layer: bytes in, bytes out. It knows HTTP, and no domain."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack
from functools import partial
from typing import Any

from mashrabiya.kernel.viewer import Tongue
from mashrabiya.platform.languages import LANGUAGES
from mashrabiya.platform.live.door import PATH as LIVE
from mashrabiya.platform.trouble import note
from mashrabiya.platform.web import headers, network, uploads
from mashrabiya.platform.web.ask import Form, Visit, nowhere
from mashrabiya.platform.web.cookies import PLAIN_SESSION, SESSION, Choices, read_cookies
from mashrabiya.platform.web.gate import budget_of
from mashrabiya.platform.web.onion import is_onion
from mashrabiya.platform.web.origin import LOOPBACK, name_of
from mashrabiya.platform.web.site import Site

BODY_LIMIT = 256 * 1024
# A browser reads no answer before it has sent everything; so much of what is too long is heard out.
HEARD_OUT = 16 * 1024 * 1024
BODY_SECONDS = 10.0
UNASKED = b"x-unasked"
"""With what the script of an open page asks for by itself."""
# The framework would answer OPTIONS itself, past the gate: here it is a method that no door knows.
_AS_IF = {"HEAD": "GET", "OPTIONS": "PATCH"}


class Shell:
    """Wraps the Litestar application of a house."""

    def __init__(self, app: Any, site: Site) -> None:
        self.doors = app
        self._site = site
        self._uploads = uploads.Doors(site.routes)
        self._room = uploads.Room()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self.doors(scope, receive, send)
            return
        sender = _Sender(scope, send)
        try:
            await self._serve(scope, receive, sender)
        except Exception as trouble:
            # Not even the page of a failure could be made. The server beneath would write down what the
            # error says, and that may hold anything: it never hears of it.
            note(trouble, "the shell")
            if not sender.begun:
                await plain(sender, 500, b"Something failed on our side.\n")

    async def _serve(self, scope: Any, receive: Any, send: _Sender) -> None:
        given = dict(scope["headers"])
        if scope["path"].startswith("/a/") or scope["path"] == "/favicon.ico":
            await self._asset(scope["path"], given, send)
            return
        if not self._is_our_host(given.get(b"host", b"")):
            await plain(send, 421, b"This name is not one of this house's. Its hosts can add it.\n")
            return
        visit = send.visit = self._visit(scope, given)
        if scope["path"] == LIVE and await self._site.rooms["live"].serve(visit, scope, receive, send):
            return
        boundary = self._uploads.boundary(scope["method"], scope["path"], given.get(b"content-type", b""))
        # The server still reads its own scope: what the doors are told is a copy.
        scope = {**scope, "method": _AS_IF.get(scope["method"], scope["method"]), "mash": visit}
        with ExitStack() as held:
            if boundary:
                room = _is_small(given) or await self._room_for(visit, held)
                seconds = BODY_SECONDS if _is_small(given) else uploads.SECONDS
                visit.form = await read_form(receive, uploads.Reader(boundary, room=room), seconds)
                visit.too_much = visit.form is None
            else:
                body = await read_body(receive, given)
                visit.body, visit.too_much = body or b"", body is None
            await self.doors(scope, _Body(receive), send)

    def end(self) -> None:
        """Answers that have no end of their own end now: the house stops."""
        self._site.rooms["live"].hub.close()

    async def _room_for(self, visit: Visit, held: ExitStack) -> bool:
        """Whether large pictures are kept as they come in: of members alone, and a few at one time."""
        person = await self._site.threads.run(budget_of, visit)
        return held.enter_context(self._room.taken(person))

    def _visit(self, scope: Any, given: dict[bytes, bytes]) -> Visit:
        cookies = read_cookies(given.get(b"cookie", b""))
        choices = Choices.read(cookies.get("l", ""))
        asked = _asked_language(scope["query_string"])
        if asked:
            choices = choices.speaking(asked)
        house, onion = self._site.house, is_onion(given.get(b"host", b""))
        plain = onion and self._site.plain_on_onion
        language = choices.language or accepted_language(given, house.languages)
        visit = Visit(
            site=self._site,
            tongue=Tongue.of(language, discreet=choices.discreet),
            cookie=cookies.get(PLAIN_SESSION if plain else SESSION, ""),
            bearer=_bearer(given),
            choices=choices,
            # Whoever comes through Tor has no network, whatever a proxy or she herself says of one.
            find_network=nowhere
            if onion
            else partial(network.of_request, scope, given, self._site.config.trusted_proxy),
            accepted=given.get(b"accept-encoding", b""),
            onion=onion,
            unasked=UNASKED in given,
        )
        if asked:
            visit.set_cookies.append(choices.header())
        return visit

    def _is_our_host(self, host: bytes) -> bool:
        name = name_of(host)
        return name in LOOPBACK or name in self._site.config.sites or name in self._site.house.sites

    async def _asset(self, path: str, given: dict[bytes, bytes], send: _Sender) -> None:
        asset = self._site.assets.find(path)
        if asset is None:
            await plain(send, 404, b"")
            return
        body, encoding = asset.form_for(given.get(b"accept-encoding", b""))
        pairs = [(b"content-type", asset.kind), (b"content-length", str(len(body)).encode())]
        pairs += [headers.FOR_EVER, (b"vary", b"accept-encoding")]
        if encoding:
            pairs.append((b"content-encoding", encoding))
        await send({"type": "http.response.start", "status": 200, "headers": pairs})
        await send({"type": "http.response.body", "body": body})


class _Sender:
    """Sends answers with the house's headers; a HEAD request gets them without a body."""

    __slots__ = ("_headless", "_onion", "_send", "begun", "visit")

    def __init__(self, scope: Any, send: Any) -> None:
        self._send = send
        self._headless = scope["method"] == "HEAD"
        self._onion = is_onion(dict(scope["headers"]).get(b"host", b""))
        self.visit: Visit | None = None
        self.begun = False

    async def __call__(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            headers.with_ours(message, onion=self._onion)
            for cookie in self.visit.set_cookies if self.visit else ():
                message["headers"].append((b"set-cookie", cookie.encode("latin-1")))
            if self.visit and self.visit.too_much:
                message["headers"].append((b"connection", b"close"))
        elif self._headless:
            message = {**message, "body": b""}
        await self._send(message)


class _Body:
    """The body was read already: what remains is to hear that the client has gone."""

    __slots__ = ("_given", "_receive")

    def __init__(self, receive: Any) -> None:
        self._receive = receive
        self._given = False

    async def __call__(self) -> Any:
        if self._given:
            return await self._receive()
        self._given = True
        return {"type": "http.request", "body": b"", "more_body": False}


async def read_body(receive: Any, given: dict[bytes, bytes]) -> bytes | None:
    """The whole body, or None when it is too large, too slow or broken off."""
    length = given.get(b"content-length", b"0")
    if length == b"0" and b"transfer-encoding" not in given:
        return b""
    try:
        # In this very task: a body is nearly always here already.
        async with asyncio.timeout(BODY_SECONDS):
            return await _collect(receive)
    except TimeoutError:
        return None


async def _collect(receive: Any) -> bytes | None:
    parts, size, more = [], 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None  # half a text is never taken for the whole
        part = message.get("body", b"")
        size += len(part)
        if size <= BODY_LIMIT:
            parts.append(part)
        elif size > HEARD_OUT:
            return None
        more = message.get("more_body", False)
    return b"".join(parts) if size <= BODY_LIMIT else None


async def read_form(receive: Any, reader: uploads.Reader, seconds: float) -> Form | None:
    """The whole form, or None when it is too large, too slow or broken off."""
    try:
        async with asyncio.timeout(seconds):
            return await _collect_form(receive, reader)
    except TimeoutError:
        return None


async def _collect_form(receive: Any, reader: uploads.Reader) -> Form | None:
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect" or not reader.hear(message.get("body", b"")):
            return None
        more = message.get("more_body", False)
    return reader.form()


def _is_small(given: dict[bytes, bytes]) -> bool:
    """Whether this is no larger than what everybody may send. Who does not say is taken at the worst."""
    length = given.get(b"content-length", b"")
    return length.isdigit() and len(length) < 9 and int(length) <= BODY_LIMIT


async def plain(send: Any, status: int, body: bytes) -> None:
    """A few words before any page can be made."""
    pairs = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": pairs})
    await send({"type": "http.response.body", "body": body})


def accepted_language(given: dict[bytes, bytes], offered: tuple[str, ...]) -> str:
    """The first language that the browser names and the house speaks."""
    for part in given.get(b"accept-language", b"").decode("latin-1").split(","):
        language = part.split(";")[0].strip().lower().split("-")[0]
        if language in offered:
            return language
    return offered[0]


def _asked_language(query: bytes) -> str:
    place = query.find(b"lang=")
    if place < 0 or (place > 0 and query[place - 1 : place] != b"&"):
        return ""
    language = query[place + 5 : place + 7].decode("latin-1")
    return language if language in LANGUAGES else ""


def _bearer(given: dict[bytes, bytes]) -> str:
    value = given.get(b"authorization", b"")
    return value[7:].decode("latin-1").strip() if value[:7].lower() == b"bearer " else ""

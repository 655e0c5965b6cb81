"""A browser without a screen and without JavaScript: it keeps cookies and fills forms."""

from __future__ import annotations

import asyncio
import sys
import threading
import traceback
from collections.abc import Coroutine
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, TypeVar
from urllib.parse import urlencode, urlsplit

T = TypeVar("T")
PATIENCE = 240.0
"""No answer of a test house takes this long; what does is not waited for any longer."""


@dataclass(frozen=True, slots=True)
class Page:
    """What came back."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    def header(self, name: str) -> str:
        """The first header of this name, or empty."""
        return next((value for key, value in self.headers if key == name), "")

    @property
    def location(self) -> str:
        return self.header("location")

    @property
    def forms(self) -> list[Sheet]:
        """Every form of the page with its fields as they stand."""
        reader = _FormReader()
        reader.feed(self.text)
        return reader.forms

    def form(self, action: str) -> Sheet:
        """The form that is sent to ``action``."""
        for sheet in self.forms:
            if sheet.action == action:
                return sheet
        raise AssertionError(f"no form to {action}; there are {[s.action for s in self.forms]}")


@dataclass(slots=True)
class Sheet:
    """A form: where it goes, and its fields."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)


class _FormReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Sheet] = []
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Sheet(given.get("action", "")))
        elif self.forms and tag == "input" and given.get("name"):
            self._input(given)
        elif self.forms and tag == "textarea":
            self._text = given.get("name", "")
            self.forms[-1].fields.setdefault(self._text, "")
        elif self.forms and tag == "option" and "selected" in given and self._text == "":
            self.forms[-1].fields.setdefault("", "")

    def _input(self, given: dict[str, str]) -> None:
        if given.get("type") in {"checkbox", "radio"} and "checked" not in given:
            return
        self.forms[-1].fields[given["name"]] = given.get(
            "value", "on" if given.get("type") == "checkbox" else ""
        )

    def handle_data(self, data: str) -> None:
        if self._text:
            self.forms[-1].fields[self._text] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._text = ""


class Loop:
    """An event loop in a thread of its own: it works beside whatever loop the test's thread has."""

    def __init__(self) -> None:
        self._loop, self._end = asyncio.new_event_loop(), asyncio.Event()
        # One task as long as the loop, as in a server: threads then outlive the request they began with.
        live = self._loop.run_until_complete
        self._thread = threading.Thread(target=live, args=(self._end.wait(),), daemon=True)
        self._thread.start()

    def run(self, talk: Coroutine[Any, Any, T], patience: float = PATIENCE) -> T:
        """What the coroutine answers, or where everybody stands if it does not."""
        answer = asyncio.run_coroutine_threadsafe(talk, self._loop)
        try:
            return answer.result(patience)
        except TimeoutError:
            if answer.done():
                raise  # it was the coroutine's own
            answer.cancel()
            raise AssertionError(f"no answer within {patience:.0f} s\n{where_threads_stand()}") from None

    def close(self) -> None:
        """End the thread."""
        self.run(self._loop.shutdown_default_executor(), 60)
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(60)
        assert not self._thread.is_alive(), f"the loop does not end\n{where_threads_stand()}"
        self._loop.close()


def in_a_loop(talk: Coroutine[Any, Any, T]) -> T:
    """What the coroutine answers in a thread of its own: a browser of other tests may have a loop in this one."""
    loop = Loop()
    try:
        return loop.run(talk)
    finally:
        loop.close()


def where_threads_stand() -> str:
    """The lines that every thread of this process is at: who waits for whom."""
    names = {thread.ident: thread.name for thread in threading.enumerate()}
    return "\n".join(
        f"{names.get(ident, ident)}:\n{''.join(traceback.format_stack(frame, 8))}"
        for ident, frame in sys._current_frames().items()
    )


EDGE = "----parts"
_PIECE = 60_000


def parted(fields: dict[str, str], files: dict[str, bytes]) -> bytes:
    """A form as browsers send it where it may bring files; one that was not chosen is empty."""
    parts = [f'name="{name}"\r\n\r\n{text}'.encode() for name, text in fields.items()]
    for name, raw in files.items():
        given = f"{name}.jpg" if raw else ""
        kind = "image/jpeg" if raw else "application/octet-stream"
        parts.append(f'name="{name}"; filename="{given}"\r\nContent-Type: {kind}\r\n\r\n'.encode() + raw)
    edge = f"--{EDGE}\r\nContent-Disposition: form-data; ".encode()
    return b"".join(edge + part + b"\r\n" for part in parts) + f"--{EDGE}--\r\n".encode()


class Browser:
    """Talks to the application in this process, as one visitor with one cookie jar."""

    def __init__(self, app: Any, runner: Loop, language: str = "en") -> None:
        self._app = app
        self._runner = runner
        self.cookies: dict[str, str] = {}
        self.language = language
        self.address = "127.0.0.1"

    def get(self, path: str, **headers: str) -> Page:
        """Ask for a page. Redirections are not followed."""
        return self._ask("GET", path, b"", headers)

    def post(self, path: str, fields: dict[str, str] | None = None, **headers: str) -> Page:
        """Send a form exactly as given: no hidden field is added."""
        body = urlencode(fields or {}).encode()
        kind = {"content-type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, body, {**kind, **headers})

    def send(self, path: str, body: bytes, *, method: str = "POST", **headers: str) -> Page:
        """Send any bytes."""
        return self._ask(method, path, body, headers)

    def upload(self, path: str, fields: dict[str, str], files: dict[str, bytes], **headers: str) -> Page:
        """Send a form with files in it, as browsers do: empty ones too, and in pieces."""
        return self.send(
            path,
            parted(fields, files),
            **{"content-type": f"multipart/form-data; boundary={EDGE}", **headers},
        )

    def submit(self, page: str, action: str, /, **fields: str) -> Page:
        """Open a page, fill its form to ``action`` and send it, as a person would."""
        sheet = self.get(page).form(action)
        return self.post(action, {**sheet.fields, **fields})

    def follow(self, page: Page) -> Page:
        """Where a 303 leads."""
        assert page.status == 303, (page.status, page.text[:400])
        return self.get(page.location)

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Page:
        return self._runner.run(self._talk(method, path, body, headers))

    async def _talk(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Page:
        sent = self.scope(method, path, body, headers)
        parts = [body[place : place + _PIECE] for place in range(0, len(body), _PIECE)] or [b""]
        parts.reverse()
        start: dict[str, Any] = {}
        answer, gone = bytearray(), asyncio.Event()

        async def receive() -> dict[str, Any]:
            if parts:
                piece = parts.pop()
                return {"type": "http.request", "body": piece, "more_body": bool(parts)}
            # It stays until it has everything: an answer may come in many parts.
            await gone.wait()
            return {"type": "http.disconnect"}

        async def send(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            else:
                answer.extend(message.get("body", b""))
                if not message.get("more_body", False):
                    gone.set()

        await self._app(sent, receive, send)
        pairs = tuple((k.decode().lower(), v.decode()) for k, v in start["headers"])
        self._keep(pairs)
        return Page(start["status"], pairs, bytes(answer))

    def scope(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> dict[str, Any]:
        """What a server would say of this request."""
        address = urlsplit(path)
        given = {"host": "localhost", "accept-language": self.language, **headers}
        if body:
            given["content-length"] = str(len(body))
        if self.cookies:
            given["cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        return {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": address.path,
            "raw_path": address.path.encode(),
            "query_string": address.query.encode(),
            "root_path": "",
            "headers": [(k.replace("_", "-").encode(), v.encode()) for k, v in given.items()],
            "client": (self.address, 50000),
            "server": ("127.0.0.1", 8000),
            "state": {},
        }

    def _keep(self, pairs: tuple[tuple[str, str], ...]) -> None:
        for name, value in pairs:
            if name == "set-cookie":
                cookie, _, attributes = value.partition(";")
                key, _, content = cookie.partition("=")
                self.cookies[key] = content
                if "max-age=0" in attributes.lower().replace(" ", ""):
                    del self.cookies[key]

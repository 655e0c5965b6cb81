"""A large sample house for measuring, on SQLite or PostgreSQL, and the way into it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

SIZE = {"members": 500, "threads": 5_000, "posts": 50_000}


@dataclass(frozen=True, slots=True)
class House:
    """Where a house lies, and its way in. ``database`` is empty for the file in its folder."""

    data: Path
    key: Path
    database: str = ""

    @property
    def known(self) -> dict[str, Any]:
        """Who can sign in with what, and the threads worth opening."""
        found: dict[str, Any] = json.loads((self.key.parent / "credentials.json").read_text())
        return found

    @property
    def options(self) -> list[str]:
        options = ["--data", str(self.data), "--key-file", str(self.key)]
        return [*options, "--database", self.database] if self.database else options

    def serve(self, port: int) -> list[str]:
        """The command that serves it."""
        return [*self.serve_strictly(port), "--limits", "off"]

    def serve_strictly(self, port: int, *more: str) -> list[str]:
        """The command that serves it with every limit that a real house has."""
        return ["-m", "mashrabiya", "serve", *self.options, "--port", str(port), *more]


def make_house(folder: Path, database: str = "", **other: int) -> House:
    """Fill a new house with a sample of the size that budgets are held at, or of another."""
    folder.mkdir(parents=True)
    house = House(folder / "data", folder / "house.key", database)
    size = [word for name, number in {**SIZE, **other}.items() for word in (f"--{name}", str(number))]
    way_in = ["--credentials", str(folder / "credentials.json")]
    command = [sys.executable, "-m", "mashrabiya", "sample", *house.options, *size, *way_in]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return house


@dataclass(frozen=True, slots=True)
class Visit:
    """A signed-in member's cookie and token, and the thread that is read and answered."""

    cookie: str
    bearer: str
    thread: str


def sign_in(house: House, port: int, who: str = "alice") -> Visit:
    """Sign in as somebody of the sample, by the form and by the API; a full page of posts to read."""
    passphrases = {one["sign_in_name"]: one["passphrase"] for one in house.known["members"]}
    name, passphrase = who, passphrases[who]
    page = _ask(port, "GET", "/in")
    field = re.search(r'name="_f" value="([^"]+)"', page.body)
    assert field
    form = {"_f": field[1], "name": name, "pass": passphrase, "device": "shared"}
    answer = _ask(port, "POST", "/in", urlencode(form))
    cookie = re.search(r"__Host-v=([^;]+)", answer.cookies)
    assert cookie, answer.status
    body = json.dumps({"sign_in_name": name, "passphrase": passphrase})
    token = re.search(r'"token":"([^"]+)"', _ask(port, "POST", "/api/session", body).body)
    assert token
    return Visit(cookie[1], token[1], house.known["threads"]["fresh"])


def reply_fields(port: int, visit: Visit) -> str:
    """The hidden field of the reply form, good for the whole session."""
    page = _ask(port, "GET", visit.thread, cookie=visit.cookie)
    form = page.body[page.body.index('<form class="compose"') :]
    field = re.search(r'name="_f" value="([^"]+)"', form)
    assert field
    return field[1]


def found_at(port: int, visit: Visit, words: str) -> str:
    """The sealed address at which a search for communities is answered."""
    return _ask(port, "POST", "/c", urlencode({"q": words}), cookie=visit.cookie).location


def page_of(port: int, visit: Visit, path: str) -> str:
    """A page as the visit's member is shown it."""
    return _ask(port, "GET", path, cookie=visit.cookie).body


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    body: str
    cookies: str
    location: str


def _ask(port: int, method: str, path: str, body: str = "", *, cookie: str = "") -> _Answer:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"accept-language": "ar", "cookie": f"__Host-v={cookie}"}
    if body:
        headers["content-type"] = "application/x-www-form-urlencoded"
    connection.request(method, path, body or None, headers)
    answer = connection.getresponse()
    cookies = " ".join(answer.headers.get_all("set-cookie") or [])
    found = _Answer(answer.status, answer.read().decode(), cookies, answer.headers.get("location", ""))
    connection.close()
    return found

"""A large sample house for measuring, on SQLite or PostgreSQL, and the way into it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

NAME, PASSPHRASE = "alice", "amber kettle over quiet roofs"


@dataclass(frozen=True, slots=True)
class House:
    """Where a house lies. ``database`` is empty for the file in its folder."""

    data: Path
    key: Path
    database: str = ""

    @property
    def options(self) -> list[str]:
        options = ["--data", str(self.data), "--key-file", str(self.key)]
        return [*options, "--database", self.database] if self.database else options

    def serve(self, port: int) -> list[str]:
        """The command that serves it."""
        return ["-m", "mashrabiya", "serve", *self.options, "--port", str(port), "--limits", "off"]


def make_house(folder: Path, database: str = "") -> House:
    """Fill a new house: some 5,000 threads and 50,000 posts."""
    folder.mkdir(parents=True)
    house = House(folder / "data", folder / "house.key", database)
    command = [sys.executable, "-m", "mashrabiya", "sample", "--large", *house.options]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return house


@dataclass(frozen=True, slots=True)
class Visit:
    """A signed-in member's cookie and token, and the thread that is read and answered."""

    cookie: str
    bearer: str
    thread: str


def sign_in(port: int, thread: str = "") -> Visit:
    """Sign in as the sample's Alice by the form and by the API."""
    page = _ask(port, "GET", "/in")
    field = re.search(r'name="_f" value="([^"]+)"', page.body)
    assert field
    form = {"_f": field[1], "name": NAME, "pass": PASSPHRASE, "device": "shared"}
    answer = _ask(port, "POST", "/in", urlencode(form))
    cookie = re.search(r"__Host-v=([^;]+)", answer.cookies)
    assert cookie, answer.status
    body = json.dumps({"sign_in_name": NAME, "passphrase": PASSPHRASE})
    token = re.search(r'"token":"([^"]+)"', _ask(port, "POST", "/api/session", body).body)
    assert token
    return Visit(cookie[1], token[1], thread or _long_thread(port, cookie[1]))


def _long_thread(port: int, cookie: str) -> str:
    """A thread with a whole page of posts in which she may write, found as a reader would."""
    home = _ask(port, "GET", "/", cookie=cookie)
    for path in re.findall(r'href="(?:/|&#x2f;)t(?:/|&#x2f;)([0-9a-z]{26})"', home.body):
        page = _ask(port, "GET", f"/t/{path}", cookie=cookie)
        if page.body.count('<article class="reply"') >= 19 and 'name="_s"' in page.body:
            return f"/t/{path}"
    raise RuntimeError("no thread of twenty posts on the home page")


def reply_fields(port: int, visit: Visit) -> str:
    """The hidden field of the reply form, good for the whole session."""
    page = _ask(port, "GET", visit.thread, cookie=visit.cookie)
    form = page.body[page.body.index(f'action="{visit.thread}"') :]
    field = re.search(r'name="_f" value="([^"]+)"', form)
    assert field
    return field[1]


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    body: str
    cookies: str


def _ask(port: int, method: str, path: str, body: str = "", *, cookie: str = "") -> _Answer:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"accept-language": "ar", "cookie": f"__Host-v={cookie}"}
    if body:
        headers["content-type"] = "application/x-www-form-urlencoded"
    connection.request(method, path, body or None, headers)
    answer = connection.getresponse()
    found = _Answer(
        answer.status, answer.read().decode(), " ".join(answer.headers.get_all("set-cookie") or [])
    )
    connection.close()
    return found


def public_thread(port: int) -> str:
    """A thread that a visitor may read."""
    page = _ask(port, "GET", "/t")
    found = re.search(r'href="(/t/[0-9a-z]{26})"', page.body)
    assert found
    return found[1]

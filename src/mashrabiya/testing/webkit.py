"""A real WebKit (GTK's) on a screen that nobody sees, spoken to by plain WebDriver."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

PATIENCE = 60.0


def find_webkit() -> tuple[str, str] | None:
    """Where its driver lies, and the screen; if they do."""
    driver = os.environ.get("MASHRABIYA_WEBKIT") or shutil.which("WebKitWebDriver")
    screen = os.environ.get("MASHRABIYA_XVFB") or shutil.which("Xvfb")
    return (driver, screen) if driver and screen else None


class WebKit:
    """One browser. The few commands that a test of leaving needs have names here."""

    def __init__(self, port: int, *, scripts: bool) -> None:
        self._port = port
        wants = {
            "acceptInsecureCerts": True,
            # It loses what it waits for where Back leads to another site.
            "pageLoadStrategy": "none",
            "webkitgtk:browserOptions": {
                "args": ["--automation", *([] if scripts else ["--enable-javascript=false"])]
            },
        }
        told = self._send("POST", "/session", {"capabilities": {"alwaysMatch": wants}})
        self._session = f"/session/{told['sessionId']}"
        self.ask("POST", "/timeouts", pageLoad=int(PATIENCE * 1000), script=int(PATIENCE * 1000))

    def ask(self, method: str, path: str, **given: Any) -> Any:
        """One command and its answer."""
        return self._send(method, self._session + path, given)

    def _send(self, method: str, path: str, given: dict[str, Any]) -> Any:
        body = json.dumps(given).encode() if method == "POST" else None
        line = HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)
        try:
            line.request(method, path, body, {"content-type": "application/json"})
            answer = line.getresponse()
            found = json.loads(answer.read())["value"]
        finally:
            line.close()
        if answer.status != HTTPStatus.OK:
            raise RuntimeError(f"{method} {path}: {found['error']} {found['message']}")
        return found

    def close(self) -> None:
        with suppress(RuntimeError, OSError):
            self.ask("DELETE", "")

    def go(self, address: str) -> None:
        self.ask("POST", "/url", url=address)

    def back(self) -> None:
        self.ask("POST", "/back")

    def forward(self) -> None:
        self.ask("POST", "/forward")

    def run(self, script: str) -> Any:
        """A script in the page."""
        return self.ask("POST", "/execute/sync", script=script, args=[])

    def wait_for(self, script: str) -> Any:
        """A script that says itself when it is done."""
        return self.ask("POST", "/execute/async", script=script, args=[])

    @property
    def address(self) -> str:
        return str(self.ask("GET", "/url"))

    @property
    def shown(self) -> str:
        """Address, title and page; nothing while it is on its way from one to another."""
        told = (
            "return [document.readyState, document.URL, document.title, document.documentElement.outerHTML]"
        )
        state, address, title, source = self.run(told)
        return f"{address}\n{title}\n{source}" if state == "complete" and address == self.address else ""

    def click(self, selector: str) -> None:
        found = self.ask("POST", "/element", using="css selector", value=selector)
        self.ask("POST", f"/element/{next(iter(found.values()))}/click")

    def keep_cookie(self, name: str, value: str, domain: str) -> None:
        """A cookie as the house would set it."""
        flags = {"path": "/", "secure": True, "httpOnly": True, "sameSite": "Strict"}
        self.ask("POST", "/cookie", cookie={"name": name, "value": value, "domain": domain, **flags})


@contextmanager
def webkit(programs: tuple[str, str], folder: Path, *, scripts: bool = True) -> Iterator[WebKit]:
    """A fresh WebKit with a home of its own."""
    driver, screen = programs
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    with _screen(screen) as display:
        at_home = {"HOME": str(folder), "XDG_RUNTIME_DIR": str(folder), "DISPLAY": display}
        port = _free_port()
        command = [driver, f"--port={port}", "--host=127.0.0.1"]
        running = _start(command, {**os.environ, **at_home, "LIBGL_ALWAYS_SOFTWARE": "1"})
        browser = None
        try:
            _wait_for(port, running)
            browser = WebKit(port, scripts=scripts)
            yield browser
        finally:
            if browser:
                browser.close()
            _end(running)


@contextmanager
def _screen(program: str) -> Iterator[str]:
    """The name of a screen that nobody sees."""
    reads, writes = os.pipe()
    command = [program, "-displayfd", str(writes), "-screen", "0", "1280x900x24", "-nolisten", "tcp"]
    running = subprocess.Popen(
        command, pass_fds=[writes], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    os.close(writes)
    try:
        with os.fdopen(reads) as told:
            number = told.readline().strip()
        assert number, "the screen ended before it began"
        yield f":{number}"
    finally:
        _end(running)


def _start(command: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _end(running: subprocess.Popen[bytes]) -> None:
    running.terminate()
    with suppress(subprocess.TimeoutExpired):
        running.wait(20)
    running.kill()
    running.wait(20)


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def _wait_for(port: int, running: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert running.poll() is None, "the driver of WebKit ended before it began"
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
            return
        time.sleep(0.1)
    raise AssertionError("the driver of WebKit does not answer")

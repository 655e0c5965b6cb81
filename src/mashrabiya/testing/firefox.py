"""A real Firefox without a screen, spoken to in its own protocol (Marionette): no driver is needed beside it."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

PLACES = ("firefox-esr", "firefox")
PATIENCE = 60.0
# Nothing leaves this machine, nothing greets, and a closed window comes back as it would at home.
_CHOICES: dict[str, Any] = {
    "app.update.disabledForTesting": True,
    "browser.shell.checkDefaultBrowser": False,
    "browser.sessionstore.resume_from_crash": True,
    "browser.startup.homepage_override.mstone": "ignore",
    "browser.aboutwelcome.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "datareporting.healthreport.uploadEnabled": False,
    "toolkit.telemetry.server": "",
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,#remote-settings-dummy/v1",
    "extensions.getAddons.cache.enabled": False,
    "intl.accept_languages": "en",
}


def find_firefox() -> str | None:
    """Where Firefox lies, if it does."""
    named = os.environ.get("MASHRABIYA_FIREFOX")
    return named or next((path for name in PLACES if (path := shutil.which(name))), None)


class Firefox:
    """One browser. Commands are Marionette's own; the few that a test of leaving needs have names here."""

    def __init__(self, talk: socket.socket) -> None:
        self._talk = talk
        self._file = talk.makefile("rb")
        self._number = 0
        self._hear()
        self.ask("WebDriver:NewSession", strictFileInteractability=False)
        self.ask("WebDriver:SetTimeouts", pageLoad=int(PATIENCE * 1000), script=int(PATIENCE * 1000))

    def ask(self, command: str, **given: Any) -> Any:
        """One command and its answer."""
        self._number += 1
        said = json.dumps([0, self._number, command, given]).encode()
        self._talk.sendall(str(len(said)).encode() + b":" + said)
        _, number, wrong, found = self._hear()
        assert number == self._number, "answers come in order"
        if wrong:
            raise RuntimeError(f"{command}: {wrong['message']}")
        return found["value"] if isinstance(found, dict) and "value" in found else found

    def _hear(self) -> Any:
        length = b""
        while (letter := self._file.read(1)) != b":":
            if not letter:
                raise RuntimeError("Firefox hung up")
            length += letter
        return json.loads(self._file.read(int(length)))

    def close(self) -> None:
        """Hang up."""
        self._file.close()
        self._talk.close()

    def go(self, address: str) -> None:
        self.ask("WebDriver:Navigate", url=address)

    def back(self) -> None:
        self.ask("WebDriver:Back")

    def forward(self) -> None:
        self.ask("WebDriver:Forward")

    def run(self, script: str, *given: Any) -> Any:
        """A script in the page."""
        return self.ask("WebDriver:ExecuteScript", script=script, args=list(given))

    @property
    def address(self) -> str:
        return str(self.ask("WebDriver:GetCurrentURL"))

    @property
    def source(self) -> str:
        return str(self.ask("WebDriver:GetPageSource"))

    def click(self, selector: str) -> None:
        found = self.ask("WebDriver:FindElement", using="css selector", value=selector)
        self.ask("WebDriver:ElementClick", id=next(iter(found.values())))

    def keep_cookie(self, name: str, value: str, domain: str) -> None:
        """A cookie as the house would set it."""
        cookie = {
            "name": name,
            "value": value,
            "domain": domain,
            "path": "/",
            "secure": True,
            "httpOnly": True,
        }
        self.ask("WebDriver:AddCookie", cookie=cookie)

    @property
    def cookies(self) -> set[str]:
        return {cookie["name"] for cookie in self.ask("WebDriver:GetCookies")}

    def of_the_browser(self, script: str) -> Any:
        """A script with the rights of the browser itself: for what a person does with its menus."""
        self.ask("Marionette:SetContext", value="chrome")
        try:
            return self.ask("WebDriver:ExecuteAsyncScript", script=script, args=[])
        finally:
            self.ask("Marionette:SetContext", value="content")

    def choose(self, name: str, value: Any) -> None:
        """Set one of its preferences."""
        kind = {bool: "Bool", int: "Int", str: "Char"}[type(value)]
        said = f"Services.prefs.set{kind}Pref({json.dumps(name)}, {json.dumps(value)}); arguments[0]();"
        self.of_the_browser(said)

    def look_at(self, handle: str) -> None:
        self.ask("WebDriver:SwitchToWindow", handle=handle)

    @property
    def windows(self) -> list[str]:
        return list(self.ask("WebDriver:GetWindowHandles"))


@contextmanager
def firefox(program: str, folder: Path, **choices: Any) -> Iterator[Firefox]:
    """A fresh Firefox with a profile of its own."""
    port = _free_port()
    folder.mkdir(parents=True, exist_ok=True)
    lines = [
        f"user_pref({json.dumps(name)}, {json.dumps(value)});"
        for name, value in {**_CHOICES, "marionette.port": port, **choices}.items()
    ]
    (folder / "user.js").write_text("\n".join(lines), encoding="utf-8")
    command = [program, "--headless", "--marionette", "--remote-allow-system-access", "--no-remote"]
    command += ["--profile", str(folder)]
    environment = {**os.environ, "MOZ_HEADLESS": "1", "HOME": str(folder)}
    running = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    browser = None
    try:
        browser = Firefox(_connect(port, running))
        yield browser
    finally:
        if browser:
            browser.close()
        running.terminate()
        with suppress(subprocess.TimeoutExpired):
            running.wait(20)
        running.kill()


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def _connect(port: int, running: subprocess.Popen[bytes]) -> socket.socket:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert running.poll() is None, "Firefox ended before it began"
        with suppress(OSError):
            talk = socket.create_connection(("127.0.0.1", port), timeout=5)
            talk.settimeout(PATIENCE)
            return talk
        time.sleep(0.2)
    raise AssertionError("Firefox does not answer")

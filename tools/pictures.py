"""Renew the pictures of the README from a sample house that runs here, with Chromium.

python -m tools.pictures http://127.0.0.1:8000 credentials.json

The credentials are those that ``mashrabiya sample`` wrote. Kept is what the README shows, and nothing else.
"""

from __future__ import annotations

import json
import os
import re
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "pictures"
COLOURS = 128
SCREEN, PHONE = (1280, 900), (390, 844)
# Whose house it is in each language: somebody to whom nothing unusual happened.
WHO = {"ar": "nour", "en": "bob"}
# The thread that is shown, by its title.
THREADS = {"ar": "أول مرة حدا ناداني باسمي", "en": "Two mugs on the counter"}


def shown() -> set[str]:
    """The files that the README shows."""
    return set(
        re.findall(r"\(docs/pictures/([\w.-]+\.png)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    )


class Sitting:
    """One browser with this language and size, taking pictures one after the other."""

    def __init__(self, browser: Browser, address: str, language: str, size: tuple[int, int]) -> None:
        self.address, self.language = address, language
        view: Any = {"width": size[0], "height": size[1]}
        self.page: Page = browser.new_context(viewport=view, locale=language).new_page()
        self.page.goto(f"{address}/?lang={language}")

    def sign_in(self, who: dict[str, Any]) -> None:
        self.page.goto(f"{self.address}/in")
        self.page.fill("input[name=name]", who["sign_in_name"])
        self.page.fill("input[name=pass]", who["passphrase"])
        self.page.locator("main form button[type=submit]").first.click()
        self.page.wait_for_load_state()

    def take(self, name: str, path: str) -> None:
        self.page.goto(self.address + path)
        self._keep(name)

    def _keep(self, name: str) -> None:
        """The page as it stands, if anybody is shown it, in few enough colours to be small."""
        if f"{name}.{self.language}.png" not in shown():
            return
        taken = Image.open(BytesIO(self.page.screenshot())).convert("RGB")
        taken.quantize(COLOURS).save(FOLDER / f"{name}.{self.language}.png", optimize=True)

    def thread(self) -> str:
        """Where the thread of that title stands, in one of the communities that she finds."""
        self.page.goto(f"{self.address}/c")
        places = self.page.locator("a[href^='/c/']").evaluate_all(
            "all => all.map(one => one.getAttribute('href'))"
        )
        for place in dict.fromkeys(places):
            self.page.goto(self.address + place)
            found = self.page.locator("main a[href^='/t/']", has_text=THREADS[self.language])
            if found.count():
                return str(found.first.get_attribute("href"))
        raise SystemExit(f"no thread {THREADS[self.language]}")

    def neutral(self) -> None:
        """The neutral look, as a visitor switches it on; the first entry stands open."""
        self.page.locator("form[action='/v'] button[type=submit]").first.click()
        self.page.goto(f"{self.address}/t")
        hers = self.page.locator("main details", has=self.page.locator(f"[lang={self.language}]"))
        hers.first.locator("summary").click()
        self.page.wait_for_timeout(500)  # its arrow turns
        self._keep("neutral-phone")


def take_all(browser: Browser, address: str, members: list[dict[str, Any]]) -> None:
    """Every picture, in both languages."""
    for language in THREADS:
        who = next(one for one in members if one["sign_in_name"] == WHO[language])
        screen = Sitting(browser, address, language, SCREEN)
        screen.take("landing", "/")
        screen.take("help", "/h")
        Sitting(browser, address, language, PHONE).neutral()
        screen.sign_in(who)
        screen.take("home", "/")
        screen.take("communities", "/c")
        thread = screen.thread()
        screen.take("thread", thread)
        phone = Sitting(browser, address, language, PHONE)
        phone.sign_in(who)
        phone.take("home-phone", "/")
        phone.take("thread-phone", thread)


def main(address: str, credentials: str) -> None:
    members = json.loads(Path(credentials).read_text(encoding="utf-8"))["members"]
    with sync_playwright() as play:
        chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        options = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = play.chromium.launch(executable_path=chromium, args=options)
        take_all(browser, address.rstrip("/"), members)
        browser.close()
    for picture in FOLDER.glob("*.png"):
        if picture.name not in shown():
            picture.unlink()


if __name__ == "__main__":
    main(*sys.argv[1:3])

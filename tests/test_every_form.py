"""Every form of a sample house, sent empty, too long, wrong and twice by everyone whom it is shown to."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest

from mashrabiya.testing.browser import Browser, Page, Sheet
from mashrabiya.testing.house import TestHouse
from tests.pages_read import faults
from tests.test_every_link import SECTIONS, Walk, kind_of, people

BIDI = "abc\u202egnp\u2066\u200b\u200f\u0000\ud7ff"
SCRIPT = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>"
LONG = "word " * 5000
# The house's own fields, without which a form is not ours; and what ends the session that tries on.
OWN = {"_f", "_s"}
ENDING = {"/x", "/me/out", "/me/end", "/me/delete", ""}
# After these there is less to try on.
LAST = re.compile(r"/delete$|/out$|/d/")


def everywhere(word: str) -> Callable[[Sheet], dict[str, str]]:
    """The word in every field."""
    return lambda sheet: {name: word for name in sheet.fields if name not in OWN}


WAYS: dict[str, Callable[[Sheet], dict[str, str]]] = {
    "empty": everywhere(""),
    "too long": everywhere(LONG),
    "bidi": everywhere(BIDI),
    "script": everywhere(SCRIPT),
    "number": everywhere("99999999999999999999"),
    "as it stands": lambda sheet: {},
}


@pytest.mark.parametrize("language", ["ar", "en"])
def test_no_form_fails_or_loses_words_however_it_is_sent(house: TestHouse, language: str) -> None:
    house.site.rooms["limits"].on = False
    for who, person in people(house).items():
        browser = house.browser(language)
        browser.cookies = person()
        browser.get(f"/?lang={language}")
        for page, sheet in forms(browser, language):
            for way, typed in WAYS.items():
                stands = shown(browser, page, sheet) or anew(browser, page, sheet, person)
                wrong = sent(browser, stands, typed(sheet), language)
                assert wrong == [], (who, page, sheet.action, way, wrong)


def forms(browser: Browser, language: str) -> list[tuple[str, Sheet]]:
    """One form of each kind, with the page where it stands."""
    walk = Walk(browser, language, most=2)
    walk.everything()
    found: dict[str, tuple[str, Sheet]] = {}
    for path, page in walk.opened.items():
        for sheet in page.forms:
            if sheet.action not in ENDING and ("_f" in sheet.fields or sheet.action in {"/c", "/q"}):
                found.setdefault(re.sub(r"/\d+", "/n", kind_of(sheet.action)), (path, sheet))
    return sorted(found.values(), key=lambda form: bool(LAST.search(form[1].action)))


def shown(browser: Browser, path: str, sheet: Sheet) -> Sheet | None:
    """The form as it stands there now; nothing where the last sending ended the session, or the form."""
    return next((one for one in browser.get(path).forms if one.action == sheet.action), None)


def anew(browser: Browser, path: str, sheet: Sheet, person: Callable[[], dict[str, str]]) -> Sheet:
    """The form in a new session, or as it was where it is gone."""
    browser.cookies = {**browser.cookies, **person()}
    return shown(browser, path, sheet) or sheet


def sent(browser: Browser, sheet: Sheet, typed: dict[str, str], language: str) -> list[str]:
    """What is wrong with the answers to a form that is sent twice."""
    fields = {**sheet.fields, **typed}
    answers = [browser.post(sheet.action, fields) for _ in range(2)]
    return [fault for answer in answers for fault in judged(browser, answer, fields, language)]


def judged(browser: Browser, page: Page, fields: dict[str, str], language: str) -> list[str]:
    """What is wrong with an answer."""
    if page.status == 303:
        onward = browser.get(page.location)
        return [] if onward.status in {200, 303} else [f"{page.location}: {onward.status}"]
    found = [] if page.status in {200, 403, 404, 409, 413, 422} else [f"status {page.status}"]
    if page.status == 404 and "<h1>404" in page.text:
        return found
    found += faults(page.text, language=language, site_words=SECTIONS)
    found += ["a script"] if "<script>alert" in page.text or "<img src=x" in page.text else []
    # What nobody types is read by no form, and comes back in none.
    body = fields.get("body", "").replace("\0", "").strip()
    if page.status in {403, 409, 422} and body:
        found += [] if body[:200] in unescape(page.text) else ["the text is lost"]
    return found

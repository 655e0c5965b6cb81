"""First run by hand, without JavaScript; and a desk that exists for hosts only."""

from __future__ import annotations

from html import unescape

import pytest
from pyrage import x25519

from mashrabiya.communities import queries
from mashrabiya.people import commands as people
from mashrabiya.people.flows.beginning import SignUp, sign_up
from mashrabiya.people.flows.entering import enter
from mashrabiya.people.types import Band, Grant
from mashrabiya.platform.languages import catalogue
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.stewardship.types import ORDER, Step
from mashrabiya.testing.browser import Browser
from mashrabiya.testing.house import Person, TestHouse

DESK = ["/o", "/o/i", "/o/u", *(step.path for step in ORDER)]
SENT = ["/o/i", "/o/i/end", "/o/u", *(step.path for step in ORDER)]


def host(house: TestHouse, name: str = "Mona", language: str = "en") -> Person:
    """Whoever opened the first host's link."""
    with house.database.write() as uow:
        code = people.issue_invitation(uow, house.keys, grant=Grant.HOST)
    passphrase = f"{name} walks by the quiet river"
    account = sign_up(house.site, SignUp(name, passphrase, Band.ADULT, invitation=code))
    browser = house.browser(language)
    browser.cookies[SESSION] = enter(house.site, account.unlocked).text
    person = Person(name, passphrase, account.codes, browser, house)
    person.new_persona(name)
    return person


@pytest.mark.parametrize("path", DESK)
def test_the_desk_does_not_exist_for_others(house: TestHouse, path: str) -> None:
    alice = house.person("Alice")
    made_up = alice.browser.get("/o/made/up")
    answer = alice.browser.get(path)
    assert (answer.status, answer.body) == (404, made_up.body)
    visitor = house.browser()
    assert visitor.get(path).body == visitor.get("/made/up").body


@pytest.mark.parametrize("path", SENT)
def test_nothing_is_sent_to_the_desk_by_others(house: TestHouse, path: str) -> None:
    alice = house.person("Alice")
    assert alice.browser.post(path, {"name_en": "Taken"}).status == 404
    assert house.site.house.steps_done == ()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_first_run_by_hand(house: TestHouse, language: str) -> None:
    browser = host(house, language=language).browser
    assert 'href="/o/1"' in unescape(browser.get("/o").text)
    take(browser, Step.NAME, name_en="Courtyard", name_ar="فناء", languages="ar")
    take(browser, Step.ENTRY, entry="invitation")
    take(browser, Step.AGREEMENTS)
    take(browser, Step.RETENTION, retention_days="90")
    take(browser, Step.EXIT, exit_en="https://weather.example.org/")
    found_community(browser)
    take(browser, Step.COMMUNITY)
    take(browser, Step.CARERS)
    take(browser, Step.KEY, fingerprint=house.keys.fingerprint().upper())
    try_backup(house, browser)
    assert browser.submit("/o/10", "/o/10").status == 303
    settings = house.site.house
    assert settings.open
    assert set(settings.steps_done) == set(ORDER)
    assert settings.name == {"ar": "فناء", "en": "Courtyard"}
    assert (settings.retention_days, settings.adults_only, settings.entry) == (90, True, "invitation")
    assert settings.exit_address["en"] == "https://weather.example.org/"
    assert settings.key_checked
    assert settings.backup_checked
    assert settings.agreements["en"].startswith("Kindness first")
    assert browser.get("/o/10").status == 404


def take(browser: Browser, step: Step, **fields: str) -> None:
    answer = browser.submit(step.path, step.path, **fields)
    following = ORDER[step.number].path
    assert (answer.status, answer.location) == (303, following), answer.text


def found_community(browser: Browser) -> None:
    answer = browser.submit("/c/new", "/c/new", name="Night kitchen", about="Recipes.", agreements="Be kind.")
    assert (answer.status, answer.location) == (303, "/o/6")


def try_backup(house: TestHouse, browser: Browser) -> None:
    # A real house was made by its migrations, and a copy without their mark is refused.
    house.database.connection().execute("CREATE TABLE IF NOT EXISTS alembic_version (version_num TEXT)")
    recipient = str(x25519.Identity.generate().to_public())
    answer = browser.submit("/o/9", "/o/9", recipients=recipient)
    assert answer.status == 200
    assert 'href="/o/10"' in unescape(answer.text)


def test_a_step_can_be_taken_again(house: TestHouse) -> None:
    browser = host(house).browser
    take(browser, Step.RETENTION, retention_days="30")
    take(browser, Step.RETENTION, retention_days="180")
    assert house.site.house.retention_days == 180
    assert house.site.house.steps_done == ("retention",)


def test_a_shorter_retention_holds_in_every_community(house: TestHouse) -> None:
    browser = host(house).browser
    found_community(browser)
    take(browser, Step.RETENTION, retention_days="30")
    alice = house.person("Alice").viewer
    with house.database.read() as db:
        card = queries.listing(db, alice)[0]
        assert queries.get_community(db, alice, card.id).retention_days == 30


def test_the_house_does_not_open_before_key_and_backup(house: TestHouse) -> None:
    browser = host(house).browser
    assert 'action="/o/10"' not in browser.get("/o/10").text
    token = browser.get("/o/1").form("/o/1").fields["_f"]
    assert browser.post("/o/10", {"_f": token}).status == 403
    assert not house.site.house.open


WRONG = [
    (Step.NAME, {"name_en": "", "name_ar": ""}, "Each language needs a name."),
    (Step.NAME, {"name_en": "A\u202eb"}, "signs that cannot be shown"),
    (Step.ENTRY, {"entry": "question"}, "The question is missing."),
    (Step.AGREEMENTS, {"agreements_ar": "", "agreements_en": " "}, "There are no agreements yet."),
    (Step.EXIT, {"exit_en": "http://weather.example.org/"}, "not an ordinary https address"),
    (Step.EXIT, {"exit_en": "https://name:word@weather.example.org/"}, "not an ordinary https"),
    (Step.EXIT, {"exit_en": "javascript:alert(1)"}, "not an ordinary https address"),
    (Step.COMMUNITY, {}, "There is no community yet."),
    (Step.KEY, {"fingerprint": "0123456789abcdef"}, "not the fingerprint"),
    (Step.KEY, {"fingerprint": ""}, "not the fingerprint"),
    (Step.BACKUP, {"recipients": "age1nonsense"}, "not a public age key"),
    (Step.BACKUP, {"recipients": ""}, "One to three public keys"),
]


@pytest.mark.parametrize(("step", "fields", "says"), WRONG)
def test_wrong_input_comes_back_with_a_reason(
    house: TestHouse, step: Step, fields: dict[str, str], says: str
) -> None:
    browser = host(house).browser
    answer = browser.submit(step.path, step.path, **fields)
    assert answer.status == 422
    assert says in answer.text
    assert house.site.house.steps_done == ()


def test_what_was_typed_comes_back(house: TestHouse) -> None:
    browser = host(house).browser
    answer = browser.submit("/o/5", "/o/5", exit_en="http://weather.example.org/")
    assert answer.form("/o/5").fields["exit_en"] == "http://weather.example.org/"


def test_the_key_itself_is_refused_and_not_shown(house: TestHouse) -> None:
    browser = host(house).browser
    typed = "07" * 32
    answer = browser.submit("/o/8", "/o/8", fingerprint=typed)
    assert "That was the key itself" in answer.text
    assert typed not in answer.text
    assert not house.site.house.key_checked


def test_the_secret_half_of_a_backup_key_is_refused_and_not_shown(house: TestHouse) -> None:
    browser = host(house).browser
    typed = str(x25519.Identity.generate())
    answer = browser.submit("/o/9", "/o/9", recipients=typed)
    assert "That was the secret half" in answer.text
    assert typed not in answer.text


def test_links_are_shown_once_and_counted(house: TestHouse) -> None:
    browser = host(house).browser
    answer = browser.submit("/o/7", "/o/i", **{"for": "care", "count": "٣"})
    assert unescape(answer.text).count("/join/") == 3
    assert "3 links still open" in browser.get("/o/i").text
    assert "/join/" not in browser.get("/o/i").text


@pytest.mark.parametrize("count", ["0", "21", "999", "٢١", "two", ""])
def test_another_number_of_links_is_refused_and_nothing_typed_is_lost(house: TestHouse, count: str) -> None:
    browser = host(house).browser
    answer = browser.submit("/o/7", "/o/i", **{"for": "care", "count": count, "days": "30"})
    assert answer.status == 422
    assert "from 1 to 20" in answer.text
    assert answer.form("/o/i").fields["count"] == count
    assert answer.form("/o/i").fields["for"] == "care"
    assert answer.form("/o/i").fields["days"] == "30"
    assert "No link is open" in browser.get("/o/i").text


def test_a_carers_link_makes_a_carer(house: TestHouse) -> None:
    browser = host(house).browser
    answer = browser.submit("/o/7", "/o/i", **{"for": "care", "count": "1"})
    code = unescape(answer.text).split("/join/")[1].split("<")[0]
    wish = SignUp("Bob", "bob walks by the quiet river", Band.ADULT, invitation=code)
    account = sign_up(house.site, wish)
    assert account.unlocked.vault.grant & Grant.CARE


def test_once_the_house_is_open_one_person_makes_no_carers(house: TestHouse) -> None:
    browser = host(house).browser
    house.change(open=True)
    sheet = browser.get("/o/i").form("/o/i")
    assert browser.post("/o/i", {**sheet.fields, "for": "care"}).status == 403


def test_no_page_offers_carers_links_once_the_house_is_open(house: TestHouse) -> None:
    browser = host(house).browser
    assert any(sheet.action == "/o/i" for sheet in browser.get("/o/7").forms)
    house.change(open=True)
    page = browser.get("/o/7")
    assert all(sheet.action != "/o/i" for sheet in page.forms)
    assert "The links below" not in page.text


def test_what_two_fields_have_in_common_is_said_once_above(house: TestHouse) -> None:
    browser = host(house).browser
    answer = browser.submit("/o/5", "/o/5", exit_ar="http://x", exit_en="http://y")
    assert answer.status == 422
    assert answer.text.count("This is not an ordinary https address.") == 1 + 2


def test_all_links_can_be_cancelled(house: TestHouse) -> None:
    browser = host(house).browser
    browser.submit("/o/i", "/o/i", count="2")
    assert browser.submit("/o/i", "/o/i/end").status == 303
    assert "No link is open" in browser.get("/o/i").text


def test_afterwards_each_change_leads_back_to_the_settings(house: TestHouse) -> None:
    browser = host(house).browser
    house.change(open=True)
    answer = browser.submit("/o/4", "/o/4", retention_days="30")
    assert answer.location == "/o?s=1"
    assert "Changes saved." in browser.get(answer.location).text


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_host_rules_out_for_good_that_unnamed_writing_is_opened(house: TestHouse, language: str) -> None:
    browser = host(house, language=language).browser
    said = catalogue(language).texts
    page = browser.get("/o/u")
    assert said["house.unnamed_forbid", "n"] in page.text
    hasty = browser.submit("/o/u", "/o/u")
    assert hasty.status == 422
    assert house.site.house.sealed_only is False
    assert browser.submit("/o/u", "/o/u", final="1").location == "/o/u"
    house.site.held.refresh()
    assert bool(house.site.house.sealed_only)
    after = browser.get("/o/u")
    assert said["house.unnamed_forbidden", "n"] in after.text
    # Nothing there takes it back, and nothing sent to it does.
    assert not [form for form in after.forms if form.action == "/o/u"]
    browser.post("/o/u", {**page.form("/o/u").fields, "final": "0"})
    house.site.held.refresh()
    assert house.site.house.sealed_only

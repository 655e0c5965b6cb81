"""What hosts change stands in the log of acts: that it was changed always, what it is now where that is no secret."""

from __future__ import annotations

from mashrabiya.platform import audit
from mashrabiya.platform.audit import Kept
from mashrabiya.stewardship.tests.test_pages import host
from mashrabiya.testing.house import TestHouse


def log(house: TestHouse) -> list[Kept]:
    with house.database.read() as db:
        assert audit.examine(db).broken == ""
        return list(reversed(audit.entries(db, before=1 << 40, most=99)))


def test_each_step_and_each_setting_is_an_entry(house: TestHouse) -> None:
    browser = host(house).browser
    browser.submit("/o/4", "/o/4", retention_days="90")
    browser.submit("/o/2", "/o/2", entry="question", question_en="The word?", answers="jasmine-canary", adults_only="1")  # fmt: skip
    browser.submit("/o/i", "/o/i", count="2", **{"for": "care"})
    browser.submit("/o/i", "/o/i/end")
    browser.submit("/o/t", "/o/t/onion", plain="1")
    browser.submit("/o/u", "/o/u", final="1")
    said = [(one.entry.action, one.entry.role) for one in log(house)]
    assert said == [
        ("role:accepted", "receiver"),
        ("house:changed", "house"),
        ("house:changed", "house"),
        ("house:invited_carers", "house"),
        ("house:uninvited", "house"),
        ("house:changed", "house"),
        ("house:sealed", "house"),
    ]
    assert log(house)[1].detail == "retention_days: 90"
    assert log(house)[2].entry.rule == "adults_only,answers,entry,question"
    # The word that lets people in stays out of it.
    assert "canary" not in "".join(one.detail or "" for one in log(house))


def test_what_was_refused_leaves_no_entry(house: TestHouse) -> None:
    browser = host(house).browser
    browser.submit("/o/u", "/o/u")
    browser.submit("/o/9", "/o/9", recipients="nonsense")
    house.person("Alice").browser.post("/o/i", {"count": "2"})
    assert [one.entry.action for one in log(house)] == ["role:accepted"]

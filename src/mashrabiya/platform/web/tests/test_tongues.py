"""The same page in another language."""

from mashrabiya.platform.web.tongues import kept_query
from mashrabiya.testing.house import TestHouse


def asked(query: bytes, method: str = "GET") -> str | None:
    return kept_query({"method": method, "query_string": query})


def test_a_page_keeps_its_own_question_in_another_language() -> None:
    assert asked(b"") == ""
    assert asked(b"n=21") == "n=21&"
    assert asked(b"lang=en&all=1") == "all=1&"


def test_what_was_typed_is_not_given_up_for_another_language() -> None:
    assert asked(b"", "POST") is None


def test_the_link_of_a_page_carries_its_question(house: TestHouse) -> None:
    page = house.browser("en").get("/h?all=1")
    assert 'href="?all=1&amp;lang=ar"' in page.text
    assert page.text.count("<details open>") > 1


def test_the_question_cannot_leave_its_place(house: TestHouse) -> None:
    page = house.browser("en").get("/k?%22%3E%3Cscript%3E")
    assert "<script>" not in page.text

"""The hint as it stands in a form, in both languages."""

from __future__ import annotations

import re
from html import unescape

import pytest

from mashrabiya.kernel.viewer import Tongue
from mashrabiya.platform.languages import catalogue
from mashrabiya.platform.templating import Templates
from mashrabiya.safety.screening import CHOICE, SHOWN, Kind, look_over

TYPED = "رقمي 079 555 0142 <b>"


class Sheet(dict[str, str]):
    """A form as it was sent."""

    def raw(self, name: str) -> str:
        return self.get(name, "")


def render(text: str, language: str, **pressed: str) -> str:
    look = look_over(Sheet(body=text, **pressed), "body")
    return Templates(str).render(look.partial, Tongue.of(language), {"look": look})


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_find_is_marked_and_explained(language: str) -> None:
    shown = render(TYPED, language)
    assert "<mark><bdi>079 555 0142</bdi></mark>" in shown
    assert "&lt;b&gt;" in shown
    assert 'role="status"' in shown
    words = {"ar": ("رقم هاتف", "لم يُرسَل النص"), "en": ("a phone number", "sent nowhere else")}[language]
    assert all(word in unescape(shown) for word in words)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_both_ways_on_are_plain_buttons(language: str) -> None:
    shown = render(TYPED, language)
    assert f'name="{SHOWN}" value="{look_over(Sheet(body=TYPED), "body").shown}"' in shown
    assert re.findall(rf'<button type="submit" class="[\w ]+" name="{CHOICE}" value="(\w+)">', shown) == [
        "remove",
        "keep",
    ]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_several_kinds_are_named_each_once(language: str) -> None:
    shown = unescape(render("079 555 0142 و 079 555 0143 و sara@example.org", language))
    phone, email = {"ar": ("رقم هاتف", "عنوان بريد"), "en": ("a phone number", "an e-mail")}[language]
    assert shown.count(phone) == 1
    assert shown.count(email) == 1


def test_only_a_number_is_said_to_be_called() -> None:
    assert "call it" in render(TYPED, "en")
    assert "call it" not in render("sara@example.org", "en")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_kind_has_its_words(language: str) -> None:
    for kind in Kind:
        assert catalogue(language).text(f"guard.{kind}", Tongue.of(language))


def test_nothing_found_shows_nothing() -> None:
    assert not render("لا أحد يعرف بعد", "ar").strip()


@pytest.mark.parametrize(("language", "said"), [("ar", "ولم يُنشر بعد"), ("en", "nothing is posted yet")])
def test_after_removing_it_says_so(language: str, said: str) -> None:
    assert said in render(TYPED, language, **{CHOICE: "remove"})

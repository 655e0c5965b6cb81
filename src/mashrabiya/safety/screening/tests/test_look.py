"""Looking through all the words of one form."""

from __future__ import annotations

from mashrabiya.safety.screening import CHOICE, SHOWN, Kind, look_over

NUMBER, MAIL = "079 555 0142", "sara@example.org"


class Sheet(dict[str, str]):
    """A form as it was sent."""

    def raw(self, name: str) -> str:
        return self.get(name, "")


def test_words_without_a_find_are_not_held_up() -> None:
    assert not look_over(Sheet(title="Mint", body="Shade."), "title", "body").is_due


def test_what_stands_in_two_fields_is_shown_at_once_and_then_not_again() -> None:
    sheet = Sheet(title=NUMBER, body=MAIL)
    look = look_over(sheet, "title", "body")
    assert look.hint is not None
    assert look.hint.kinds == (Kind.PHONE, Kind.EMAIL)
    again = look_over(Sheet(sheet, **{SHOWN: look.shown}), "title", "body")
    assert (again.is_due, again.shown) == (False, look.shown)


def test_what_was_shown_in_one_field_is_still_known_when_the_other_changes() -> None:
    shown = look_over(Sheet(title=NUMBER), "title", "body").shown
    sheet = Sheet(title=NUMBER, body=MAIL, **{SHOWN: shown})
    look = look_over(sheet, "title", "body")
    assert look.hint is not None
    assert look.hint.kinds == (Kind.EMAIL,)
    assert not look_over(Sheet(sheet, **{SHOWN: look.shown}), "title", "body").is_due


def test_fields_that_were_not_asked_about_are_not_read() -> None:
    assert not look_over(Sheet(name=NUMBER, about="x"), "about").is_due


def test_removing_always_goes_back_to_the_author() -> None:
    look = look_over(Sheet(body=f"Call {NUMBER} now", **{CHOICE: "remove"}), "body")
    assert (look.is_due, look.texts) == (True, {"body": "Call now"})
    assert look_over(Sheet(body="Nothing left", **{CHOICE: "remove"}), "body").is_due


def test_so_many_finds_that_they_cannot_all_be_told_end_nevertheless() -> None:
    text = " ".join(f"a{n}@example.org" for n in range(99))
    sheet = Sheet(a=text, b=text.replace("a", "b"), c=text.replace("a", "c"))
    shown = look_over(sheet, "a", "b", "c").shown
    assert not look_over(Sheet(sheet, **{SHOWN: shown}), "a", "b", "c").is_due

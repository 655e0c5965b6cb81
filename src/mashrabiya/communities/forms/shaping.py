"""What comes in by HTML about the smaller settings of a place."""

from __future__ import annotations

from typing import Any

from mashrabiya.communities import rules
from mashrabiya.communities.types import SEED_SIZE, WANTS, CommunityFacts, wants_in
from mashrabiya.communities.types.words import OtherWords, PlaceWords, Receiving, Texts
from mashrabiya.kernel.content import Note, notes_in
from mashrabiya.kernel.ids import new_id
from mashrabiya.platform.house import HouseSettings
from mashrabiya.platform.web import Form


def other_languages(house: HouseSettings, own: str) -> list[str]:
    """The languages of the house in which a place is not called anything yet."""
    return [language for language in house.languages if language != own]


def read_other(form: Form, languages: list[str]) -> OtherWords:
    """Name and description in another language, as typed."""
    return OtherWords(
        language=form.choice("language", languages, languages[0]) if languages else "",
        name=rules.tidy_name(form.text("other_name")),
        about=form.text("other_about"),
    )


def other_typed(words: PlaceWords) -> dict[str, Any]:
    """What stands, in the shape of the form that changes it."""
    return {
        "language": words.other_tongue,
        "other_name": words.other_name,
        "other_about": words.other_about,
    }


def read_receiving(form: Form) -> Receiving:
    """How a place receives people, as typed."""
    return Receiving(
        welcome=form.text("welcome"),
        notes=sum(note for note in Note if form.flag(f"note_{int(note)}")),
        slow=form.number("slow", usual=-1, least=-1, most=9999),
    )


def receiving_typed(words: PlaceWords, notes: int, slow: int) -> dict[str, Any]:
    """What stands, in the shape of the form that changes it."""
    ticked = {f"note_{int(note)}": "1" for note in notes_in(notes)}
    return {"welcome": words.welcome, "slow": str(slow), **ticked}


def read_texts(form: Form) -> Texts:
    """What a place says of itself, as typed."""
    return Texts(
        about=form.text("about"),
        agreements="\n".join(dict.fromkeys(form.lines("agreements"))),
        welcome=form.text("welcome"),
        wants=sum(1 << place for place, want in enumerate(WANTS) if form.flag(f"tick_want.{want}")),
        submission=form.submission,
    )


def texts_typed(community: CommunityFacts, words: PlaceWords) -> dict[str, Any]:
    """What stands, in the shape of the form that changes it."""
    ticked = {f"tick_want.{want}": "1" for want in wants_in(community.wants)}
    return {
        "about": words.about,
        "agreements": community.agreements,
        "welcome": words.welcome,
        **ticked,
    }


def note_choices() -> list[tuple[str, str]]:
    """Every content note: the name of its field, and what it is called."""
    return [(f"note_{int(note)}", f"note.{note.code}") for note in Note]


def drawn(many: int) -> list[bytes]:
    """New pictures to choose from."""
    return [new_id(SEED_SIZE) for _ in range(many)]


def read_seed(form: Form) -> bytes:
    """The picture that was chosen; nothing where none was."""
    typed = form.text("door")
    try:
        return bytes.fromhex(typed)
    except ValueError:
        return b""

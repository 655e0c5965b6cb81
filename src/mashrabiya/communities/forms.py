"""What comes in by HTML about a community."""

from __future__ import annotations

import unicodedata
from typing import Any

from mashrabiya.communities.types import (
    ABOUT_LIMIT,
    AGREEMENTS_LIMIT,
    NAME_LIMIT,
    RETENTION_CHOICES,
    Audience,
    CommunityFacts,
    NewCommunity,
)
from mashrabiya.kernel.errors import Invalid
from mashrabiya.platform.house import HouseSettings
from mashrabiya.platform.web import Form


def read_community(form: Form, house: HouseSettings) -> NewCommunity:
    """The community as typed, or Invalid with each field's reason.

    Language and retention are among those the house offers, whatever was sent.
    """
    new = NewCommunity(
        name=unicodedata.normalize("NFKC", form.text("name")),
        about=form.text("about"),
        language=form.choice("language", house.languages, house.languages[0]),
        audience=Audience(int(form.choice("audience", ("0", "1", "2", "3"), "1"))),
        retention_days=_days(form, house.retention_days),
        agreements="\n".join(form.lines("agreements")),
    )
    wrong = {**_wrong_words(new), **_wrong_audience(new, form)}
    if wrong:
        raise Invalid(wrong)
    return new


def as_typed(community: CommunityFacts) -> dict[str, Any]:
    """What stands, in the shape of the form that changes it."""
    return {
        "name": community.name,
        "about": community.about,
        "language": community.language,
        "audience": str(community.audience),
        "retention_days": str(community.retention_days),
        "agreements": community.agreements,
        "public_understood": "1" if community.is_public else "",
    }


def blank(language: str, retention_days: int) -> dict[str, Any]:
    """The form of a community that is not there yet."""
    return {
        "language": language,
        "audience": str(int(Audience.SIGNED_IN)),
        "retention_days": str(retention_days),
    }


def retentions(longest: int) -> list[int]:
    """The times offered in a house that keeps threads at most so long."""
    return [days for days in RETENTION_CHOICES if days <= longest]


def _days(form: Form, longest: int) -> int:
    offered = [str(days) for days in retentions(longest)]
    return int(form.choice("retention_days", offered, str(longest)))


def _wrong_words(new: NewCommunity) -> dict[str, str]:
    wrong = {} if new.name else {"name": "community.name_missing"}
    limits = {"name": NAME_LIMIT, "about": ABOUT_LIMIT, "agreements": AGREEMENTS_LIMIT}
    for field, limit in limits.items():
        text = getattr(new, field)
        if len(text) > limit:
            wrong[field] = "community.too_long"
        elif not _is_plain(text):
            wrong[field] = "community.bad_signs"
    return wrong


def _wrong_audience(new: NewCommunity, form: Form) -> dict[str, str]:
    if new.audience == Audience.PUBLIC and not form.flag("public_understood"):
        return {"audience": "community.public_needs_tick"}
    return {}


def _is_plain(text: str) -> bool:
    """No sign that turns or hides its neighbours. Joiners inside Persian words are letters to us."""
    return not any(
        unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co"} and sign not in "\n\u200c\u200d"
        for sign in text
    )

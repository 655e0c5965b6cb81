"""What comes in by HTML about a community."""

from __future__ import annotations

from typing import Any

from mashrabiya.communities import rules
from mashrabiya.communities.types import (
    AGREEMENTS_OFFERED,
    ALL_WANTS,
    RETENTION_CHOICES,
    TOPIC_GROUPS,
    WANTS,
    Audience,
    CommunityFacts,
    NewCommunity,
    Topic,
    topics_in,
    wants_in,
)
from mashrabiya.kernel.errors import Invalid
from mashrabiya.kernel.viewer import Tongue
from mashrabiya.platform.house import HouseSettings
from mashrabiya.platform.languages import catalogue
from mashrabiya.platform.web import Form

_AUDIENCES = [str(int(audience)) for audience in Audience]


def read_community(form: Form, house: HouseSettings) -> NewCommunity:
    """The community as typed, or Invalid with each field's reason.

    Language and retention are among those the house offers, whatever was sent.
    """
    language = form.choice("language", house.languages, house.languages[0])
    new = NewCommunity(
        name=rules.tidy_name(form.text("name")),
        about=form.text("about"),
        language=language,
        audience=Audience(int(form.choice("audience", _AUDIENCES, "1"))),
        retention_days=_days(form, house.retention_days),
        agreements="\n".join(_agreements(form, language)),
        topics=sum(topic for topic in Topic if form.flag(f"tick_{topic.key}")),
        wants=sum(1 << place for place, want in enumerate(WANTS) if form.flag(f"tick_want.{want}")),
        submission=form.submission,
    )
    wrong = {**rules.wrong_words(new), **_wrong_audience(new, form)}
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
        "tick_agreed": community.agreed_print,
        "public_understood": "1" if community.is_public else "",
        **{f"tick_{topic.key}": "1" for topic in topics_in(community.topics)},
        **_ticked_wants(community.wants),
    }


def blank(language: str, retention_days: int) -> dict[str, Any]:
    """The form of a community that is not there yet."""
    return {
        "language": language,
        "audience": str(int(Audience.SIGNED_IN)),
        "retention_days": str(retention_days),
        **_ticked_wants(ALL_WANTS),
    }


def choices(house: HouseSettings) -> dict[str, Any]:
    """What the form offers."""
    return {
        "retentions": [days for days in RETENTION_CHOICES if days <= house.retention_days],
        "topic_groups": [(name, [topic.key for topic in topics]) for name, topics in TOPIC_GROUPS],
        "agreements_offered": [_offered(number) for number in range(1, AGREEMENTS_OFFERED + 1)],
    }


def _ticked_wants(bits: int) -> dict[str, str]:
    return {f"tick_want.{want}": "1" for want in wants_in(bits)}


def _offered(number: int) -> str:
    return f"community.agree_{number}"


def _agreements(form: Form, language: str) -> list[str]:
    """Those picked, in the community's language, and those typed; each once."""
    texts = catalogue(language)
    picked = [
        texts.text(_offered(number), Tongue.of(language))
        for number in range(1, AGREEMENTS_OFFERED + 1)
        if form.flag(f"tick_agree.{number}")
    ]
    return list(dict.fromkeys([*picked, *form.lines("agreements")]))


def _days(form: Form, longest: int) -> int:
    offered = [str(days) for days in RETENTION_CHOICES if days <= longest]
    return int(form.choice("retention_days", offered, str(longest)))


def _wrong_audience(new: NewCommunity, form: Form) -> dict[str, str]:
    if new.audience == Audience.PUBLIC and not form.flag("public_understood"):
        return {"audience": "community.public_needs_tick"}
    return {}


def hours(form: Form) -> int:
    """For how long a place is to be protected; what is no choice is left for the command to refuse."""
    return form.number("hours", usual=-1, least=-1, most=999)

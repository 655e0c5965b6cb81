"""What comes in of services: a record, a check, a word of members, and what somebody looks for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, TypeVar

from msgspec import DecodeError, json

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid
from mashrabiya.library.services.countries import code_of, country_name, is_country, is_language
from mashrabiya.library.services.types import (
    ASPECTS,
    CHOICES,
    EVERYWHERE,
    MOST_CHANNELS,
    Channel,
    Cost,
    Doubt,
    Kind,
    Lived,
    Method,
    NewCheck,
    Record,
    Said,
    Spoken,
    Wanted,
    Way,
)
from mashrabiya.platform.keys import ServerKeys
from mashrabiya.platform.sought import open_asked, seal_asked
from mashrabiya.platform.web import Form

Choice = TypeVar("Choice", bound=StrEnum)
PICKED: dict[str, type[StrEnum]] = {"kind": Kind, **CHOICES}
"""Fields that take one of few answers: in a form their names begin with ``pick_``."""
TEXTS = (
    "name_ar", "name_en", "retention", "mandatory_ar", "mandatory_en", "religious", "eligibility_ar",
    "eligibility_en", "happens_ar", "happens_en", "exposure_ar", "exposure_en", "source_url", "advisory_ar",
    "advisory_en",
)  # fmt: skip
LINES = ("who", "documents", "accessibility", "conflicts")
_COMMAS = re.compile(r"[\n,،]")
_SEALED, _PURPOSE = 128, b"services"


def read_record(form: Form, before: Record | None = None) -> Record:
    """The record as typed. A number that changed stands only where its source was seen anew."""
    wrong: dict[str, str] = {}
    channels = _channels(form)
    values: dict[str, Any] = {name: form.text(name) for name in TEXTS}
    values |= {name: tuple(form.lines(name)) for name in LINES}
    values |= {name: _chosen(form, f"pick_{name}", kind) for name, kind in PICKED.items()}
    values |= {name: form.number(name, usual=0, least=0, most=120) for name in ("age_min", "age_max")}
    values |= {"countries": _countries(form, wrong), "languages": _languages(form, wrong)}
    same = before is not None and _numbers(before.channels) == _numbers(channels)
    seen = before.source_seen if before and same else 0
    record = Record(**values, channels=channels, source_seen=clock.day() if form.flag("tick_seen") else seen)
    if wrong:
        raise Invalid(wrong)
    return record


def _numbers(channels: Sequence[Channel]) -> list[tuple[Way, str]]:
    return [(one.way, one.value) for one in channels]


def _chosen(form: Form, name: str, kind: type[Choice]) -> Choice:
    """What was chosen; where it is no answer, the first, which says least."""
    return kind(form.choice(name, [str(one) for one in kind], str(next(iter(kind)))))


def _channels(form: Form) -> tuple[Channel, ...]:
    found = []
    for number in range(1, MOST_CHANNELS + 1):
        value = form.text(f"value_{number}")
        if value:
            way, cost = _chosen(form, f"pick_way_{number}", Way), _chosen(form, f"pick_cost_{number}", Cost)
            hours, zone = form.text(f"hours_{number}"), form.text(f"zone_{number}")
            found.append(Channel(way=way, value=value, hours=hours, zone=zone, cost=cost))
    return tuple(found)


def _countries(form: Form, wrong: dict[str, str]) -> tuple[str, ...]:
    found = [EVERYWHERE] if form.flag("tick_everywhere") else []
    for typed in filter(None, map(str.strip, _COMMAS.split(form.raw("countries")))):
        code = code_of(typed)
        if not code:
            wrong["countries"] = "library.services.country_unknown"
        found.append(code)
    return tuple(dict.fromkeys(found))


def _languages(form: Form, wrong: dict[str, str]) -> tuple[Spoken, ...]:
    found = []
    for line in form.lines("languages"):
        code, dialect, hours = [*map(str.strip, re.split(r"[;؛]", line)), "", ""][:3]
        if not is_language(code.lower()):
            wrong["languages"] = "library.services.language_unknown"
        found.append(Spoken(code=code.lower(), dialect=dialect, hours=hours))
    return tuple(found)


def shown(record: Record, language: str) -> dict[str, str]:
    """The fields of a form that says what stands."""
    fields = {name: str(getattr(record, name)) for name in TEXTS}
    fields |= {name: "\n".join(getattr(record, name)) for name in LINES}
    fields |= {f"pick_{name}": str(getattr(record, name)) for name in PICKED}
    fields |= {name: str(getattr(record, name) or "") for name in ("age_min", "age_max")}
    fields["countries"] = "\n".join(filter(None, (country_name(code, language) for code in record.countries)))
    fields["tick_everywhere"] = "1" if EVERYWHERE in record.countries else ""
    fields["languages"] = "\n".join(_line(one) for one in record.languages)
    for number, one in enumerate(record.channels, 1):
        fields[f"pick_way_{number}"], fields[f"pick_cost_{number}"] = str(one.way), str(one.cost)
        fields[f"value_{number}"], fields[f"hours_{number}"] = one.value, one.hours
        fields[f"zone_{number}"] = one.zone
    return fields


def _line(one: Spoken) -> str:
    return f"{one.code}; {one.dialect}; {one.hours}".rstrip("; ")


def read_check(form: Form, roles: Sequence[str]) -> NewCheck:
    """What somebody found who looked again; whoever has one role looked in that."""
    method = form.choice("pick_method", [str(one) for one in Method])
    usual = roles[0] if len(roles) == 1 else ""
    return NewCheck(
        role=form.choice("pick_role", roles, usual),
        method=Method(method) if method else None,
        affirming=_chosen(form, "pick_affirming", Said),
        note=form.text("note")[:400],
    )


def read_lived(form: Form) -> Lived:
    """What somebody found, by aspect."""
    words = ["1", "2", "3", "4", "5"]
    return Lived(**{aspect: int(form.choice(f"pick_{aspect}", words, "0")) for aspect in ASPECTS})


def read_doubt(form: Form) -> Doubt | None:
    """What is wrong."""
    what = form.choice("pick_what", [str(one) for one in Doubt])
    return Doubt(what) if what else None


def read_wanted(form: Form) -> Wanted:
    """How somebody narrows the directory."""
    country, language = form.text("pick_country"), form.text("pick_language")
    return Wanted(
        country=country if is_country(country) else "",
        kind=form.choice("pick_kind", [str(kind) for kind in Kind]),
        language=language if is_language(language) else "",
        old=form.flag("tick_old"),
        after=form.number("after", usual=0, least=0, most=10_000),
    )


def sealed(keys: ServerKeys, wanted: Wanted) -> str:
    """The address that asks for it and says nothing of it: all are equally long, and open today and tomorrow."""
    if wanted == Wanted():
        return "/y/s"
    return "/y/s?k=" + seal_asked(keys, json.encode(wanted), purpose=_PURPOSE, size=_SEALED)


def address(keys: ServerKeys, country: str) -> str:
    """Where everything stands that serves a country. For other rooms."""
    return sealed(keys, Wanted(country=country))


def opened(keys: ServerKeys, address: str) -> Wanted:
    """What an address asks for; everything, where it is too old or made up."""
    plain = open_asked(keys, address, purpose=_PURPOSE, size=_SEALED)
    try:
        return json.decode(plain, type=Wanted) if plain is not None else Wanted()
    except DecodeError:
        return Wanted()


def blank() -> Mapping[str, str]:
    """The fields of a new entry."""
    return shown(Record(), "en")


_SAID = {
    "kind": ("library.services.kind", "library.services.kind_"),
    "risk": ("library.services.risk", "library.services.risk_"),
    "calls_police": ("library.services.q_police", "library.services.police_"),
    "conversion": ("library.services.q_conversion", "library.services.stance_"),
    "affirming_basis": ("library.services.basis", "library.services.basis_"),
    "abroad": ("library.services.q_abroad", ""),
    "anonymous": ("library.services.q_anonymous", ""),
    "caller_id_seen": ("library.services.q_caller_id", ""),
    "records_kept": ("library.services.q_records", ""),
    "shares_with_family": ("library.services.q_family", ""),
    "shares_with_police": ("library.services.q_shares_police", ""),
    "shares_with_state": ("library.services.q_state", ""),
    "minors_alone": ("library.services.q_minors", ""),
    "informed_consent": ("library.services.q_informed", ""),
}


def choices() -> dict[str, tuple[str, list[tuple[str, str]]]]:
    """Each field of few answers: what it is called, and its answers with what they are called."""
    found = {}
    for name, (label, start) in _SAID.items():
        answers = [(str(one), f"{start or 'library.services.'}{one}") for one in PICKED[name]]
        found[name] = (label, answers)
    return found

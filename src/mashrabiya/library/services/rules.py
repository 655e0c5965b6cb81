"""What is listed, for whom, and how long a check holds. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from mashrabiya.kernel.verdict import ALLOWED, Denied, Verdict
from mashrabiya.kernel.viewer import CARE, HOST, Viewer
from mashrabiya.library.services import places
from mashrabiya.library.services.types import (
    ASPECTS,
    CRISIS_DAYS,
    DOUBT_MONTHS,
    EVERYWHERE,
    LINE_LIMIT,
    MOST_CHANNELS,
    MOST_COUNTRIES,
    MOST_LINES,
    NAME_LIMIT,
    OLD_DAYS,
    OTHER_DAYS,
    TEXT_LIMIT,
    TOLD_FROM,
    WARNED_DAYS,
    Channel,
    Check,
    Kind,
    Lived,
    Record,
    Risk,
    Said,
    Service,
    Spoken,
    Stance,
    Status,
    Way,
)

_EPOCH = date(1970, 1, 1).toordinal()
NO_SPEAKER = Denied("library.services.as_name")
ROLES = (HOST, CARE)
"""In which roles somebody checks. Two of them make one finding certain."""
LAWFUL = frozenset({"legal"})
"""What a country's page has to say before a street is told there."""
MOST_PARTS = {"countries": MOST_COUNTRIES, "channels": MOST_CHANNELS}
LawOf = Callable[[str], str]


def may_keep(viewer: Viewer) -> Verdict:
    """Add, change, pause, close, remove, read in and write out: hosts of the house."""
    return ALLOWED if viewer.speaks and viewer.has(HOST) else Denied("", hidden=True)


def may_check(viewer: Viewer) -> Verdict:
    """Look again, and read what was doubted: hosts, and carers of the house, since two roles are needed."""
    return ALLOWED if roles_of(viewer) else Denied("", hidden=True)


def roles_of(viewer: Viewer) -> tuple[str, ...]:
    """In which roles she may say that she looked."""
    return tuple(role for role in ROLES if viewer.speaks and viewer.has(role))


def may_tell(viewer: Viewer) -> Verdict:
    """Say what one found there, or that something is wrong: members."""
    return ALLOWED if viewer.speaks else NO_SPEAKER


def sees(viewer: Viewer, service: Service, *, trusted: bool) -> bool:
    """Whether she may know of it. Who keeps the directory sees everything."""
    if may_check(viewer).allowed:
        return True
    if service.status == Status.CLOSED and not viewer.is_member:
        return False
    if service.risk == Risk.PUBLIC:
        return True
    return viewer.speaks and (service.risk == Risk.MEMBERS or trusted)


def holds_for(kind: Kind) -> int:
    """So many days a check holds."""
    return CRISIS_DAYS if kind in {Kind.CRISIS, Kind.SUICIDE} else OTHER_DAYS


def is_old(service: Service, today: int) -> bool:
    """Nobody checked it for a year, or ever."""
    return service.checked_day < today - OLD_DAYS


def is_overdue(service: Service, today: int) -> bool:
    """Its next check should have been."""
    return service.next_day < today


def is_due(service: Service, today: int) -> bool:
    """Its next check is near, or should have been: whoever keeps it is warned."""
    return service.status != Status.CLOSED and service.next_day < today + WARNED_DAYS


def is_listed(service: Service, record: Record) -> bool:
    """It stands in the directory at all. One whose only name was a place has none that can be shown."""
    named = bool(record.name_ar or record.name_en)
    return named and service.status != Status.CLOSED and record.conversion is not Stance.PRACTISES


def is_line(service: Service, record: Record, today: int) -> bool:
    """It stands in help now: it answers, its check holds, and its source was seen."""
    stands = service.status == Status.ACTIVE and not is_overdue(service, today) and not is_old(service, today)
    return (
        stands
        and is_listed(service, record)
        and record.kind is not Kind.DIRECTORY
        and bool(record.source_seen and record.channels)
    )


def no_law(_code: str) -> str:
    """Where no room knows the laws, none is known."""
    return "unknown"


def told(record: Record, law_of: LawOf) -> Record:
    """What of it may be shown: no number without its source seen, no street where the law is no known safety."""
    shown = record if may_tell_streets(record, law_of) else places.spared(record)
    return shown if record.source_seen else replace(shown, channels=())


def may_tell_streets(record: Record, law_of: LawOf) -> bool:
    """Only where the page of every country it serves says that the law is no danger."""
    return bool(record.countries) and all(
        code != EVERYWHERE and law_of(code) in LAWFUL for code in record.countries
    )


def affirming(checks: Iterable[Check]) -> Said:
    """Whether it is kind, from its checks, the newest first: two people in two roles, and no one who found otherwise since.

    A person counts by her newest check. One "no" stands until somebody in that role, or she herself, finds otherwise.
    """
    newest: dict[bytes, Check] = {}
    for check in checks:
        if check.affirming != Said.UNKNOWN:
            newest.setdefault(check.by, check)
    found = list(newest.values())
    if any(check.affirming == Said.NO for check in found):
        return Said.NO
    return Said.YES if len({check.role for check in found}) > 1 else Said.UNKNOWN


def half_affirming(checks: Sequence[Check]) -> bool:
    """One person has found it kind, and a second in another role is missing."""
    return affirming(checks) is Said.UNKNOWN and any(check.affirming == Said.YES for check in checks)


def doubt_kept_until(today: int) -> int:
    """The last day of the third month after this one: the day itself is not kept with what was said."""
    then = date.fromordinal(_EPOCH + today)
    return _first_day(then.year, then.month + DOUBT_MONTHS + 1) - 1


def doubted_since(until: int) -> int:
    """The first day of the month in which it was said."""
    then = date.fromordinal(_EPOCH + until)
    return _first_day(then.year, then.month - DOUBT_MONTHS)


def _first_day(year: int, month: int) -> int:
    more, month = divmod(month - 1, 12)
    return date(year + more, month + 1, 1).toordinal() - _EPOCH


def ready(fresh: Sequence[int]) -> list[str]:
    """The aspects of which five people said something that is not in what is told.

    Sooner none is told anew: else whoever changes her own word, again and again, would reckon out those of four others.
    """
    counts = {aspect: sum(bits >> place & 1 for bits in fresh) for place, aspect in enumerate(ASPECTS)}
    return [aspect for aspect, count in counts.items() if count >= TOLD_FROM]


def still_told(told: Lived, rows: Sequence[Lived]) -> dict[str, int]:
    """What was told, of each aspect of which five people still say something."""
    return {
        aspect: told.of(aspect)
        for aspect in ASPECTS
        if told.of(aspect) and sum(bool(row.of(aspect)) for row in rows) >= TOLD_FROM
    }


def lived_by_all(rows: Sequence[Lived]) -> Mapping[str, int]:
    """By aspect the nearest of the five words; none of what fewer than five people spoke of."""
    found = {}
    for aspect in ASPECTS:
        said = [row.of(aspect) for row in rows if row.of(aspect)]
        if len(said) >= TOLD_FROM:
            found[aspect] = (2 * sum(said) + len(said)) // (2 * len(said))
    return found


def wrong(record: Record, today: int, law_of: LawOf) -> dict[str, str]:
    """What is wrong with each field: nothing, or the key that says it."""
    found = {} if record.name_ar or record.name_en else {"name_ar": "library.services.name_missing"}
    if not record.countries:
        found["countries"] = "library.services.country_missing"
    if record.channels and not record.source_seen:
        found["source_seen"] = "library.services.source_missing"
    if record.source_seen > today:
        found["source_seen"] = "library.services.day_ahead"
    if record.age_max and record.age_max < record.age_min:
        found["age_max"] = "library.services.ages_wrong"
    if record.source_url and not record.source_url.startswith(("https://", "http://")):
        found["source_url"] = "library.services.address_wrong"
    if not all(map(places.is_reached_by, record.channels)):
        found["channels"] = "library.services.no_number"
    return found | _streets(record, law_of) | _too_long(record)


def _streets(record: Record, law_of: LawOf) -> dict[str, str]:
    """Where the law is no known safety, in which fields a place stands: as a way to reach it, or in words."""
    if may_tell_streets(record, law_of):
        return {}
    found = dict.fromkeys(places.placed(record), "library.services.no_place")
    beside = any(places.has_place(text) for one in record.channels for text in (one.hours, one.zone))
    if beside or any(one.way is Way.PERSON for one in record.channels):
        found["channels"] = "library.services.no_street"
    return found


def _too_long(record: Record) -> dict[str, str]:
    found = {}
    for name in record.__struct_fields__:
        value = getattr(record, name)
        parts = (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ()
        texts = [text for part in parts for text in _texts(part)]
        most = _most(name)
        if len(parts) > MOST_PARTS.get(name, MOST_LINES) or any(len(text) > most for text in texts):
            found[name] = "library.services.too_long"
        elif any(not _is_plain(text) for text in texts):
            found[name] = "library.services.bad_signs"
    return found


def _most(name: str) -> int:
    if name.startswith("name_"):
        return NAME_LIMIT
    return TEXT_LIMIT if name.endswith(("_ar", "_en")) else LINE_LIMIT


def _texts(part: object) -> list[str]:
    if isinstance(part, (Channel, Spoken)):
        return [str(getattr(part, name)) for name in part.__struct_fields__]
    return [str(part)]


def _is_plain(text: str) -> bool:
    return not any(unicodedata.category(sign) in {"Cc", "Cs", "Co"} for sign in text.replace("\n", " "))

"""What is known of a service."""

from __future__ import annotations

from msgspec import Struct, json

from mashrabiya.library.services.types.answers import Basis, Cost, Kind, Police, Risk, Said, Stance, Way

ID_SIZE = 10
EVERYWHERE = "001"
"""In place of a country: it serves whoever calls, wherever from."""

NAME_LIMIT = 120
LINE_LIMIT = 200
TEXT_LIMIT = 600
MOST_CHANNELS = 4
MOST_COUNTRIES = 60
MOST_LINES = 12

CRISIS_DAYS = 90
OTHER_DAYS = 180
OLD_DAYS = 365
WARNED_DAYS = 14
CHECKS_DAYS = 3 * 365
DOUBT_MONTHS = 3
"""So many whole months after its own a doubt is kept. Its day is kept nowhere."""
LIVED_MONTHS = 24
TOLD_FROM = 5
"""From so many people on, what they found is told."""


class Channel(Struct, frozen=True, kw_only=True):
    """One way to reach it."""

    way: Way
    value: str
    hours: str = ""
    zone: str = ""
    cost: Cost = Cost.UNKNOWN

    @property
    def is_free(self) -> bool:
        return self.cost is Cost.FREE


class Spoken(Struct, frozen=True, kw_only=True):
    """A language in which it answers."""

    code: str
    dialect: str = ""
    hours: str = ""


class Record(Struct, frozen=True, kw_only=True):
    """What is known of a service; everything that nobody asked is unknown."""

    kind: Kind = Kind.LGBTQ
    name_ar: str = ""
    name_en: str = ""
    countries: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    age_min: int = 0
    age_max: int = 0
    channels: tuple[Channel, ...] = ()
    abroad: Said = Said.UNKNOWN
    languages: tuple[Spoken, ...] = ()
    affirming_basis: Basis = Basis.NONE
    anonymous: Said = Said.UNKNOWN
    caller_id_seen: Said = Said.UNKNOWN
    records_kept: Said = Said.UNKNOWN
    retention: str = ""
    shares_with_family: Said = Said.UNKNOWN
    shares_with_police: Said = Said.UNKNOWN
    shares_with_state: Said = Said.UNKNOWN
    calls_police: Police = Police.UNKNOWN
    mandatory_ar: str = ""
    mandatory_en: str = ""
    documents: tuple[str, ...] = ()
    minors_alone: Said = Said.UNKNOWN
    informed_consent: Said = Said.UNKNOWN
    religious: str = ""
    conversion: Stance = Stance.UNKNOWN
    accessibility: tuple[str, ...] = ()
    eligibility_ar: str = ""
    eligibility_en: str = ""
    happens_ar: str = ""
    happens_en: str = ""
    risk: Risk = Risk.PUBLIC
    exposure_ar: str = ""
    exposure_en: str = ""
    source_url: str = ""
    source_seen: int = 0
    conflicts: tuple[str, ...] = ()
    advisory_ar: str = ""
    advisory_en: str = ""

    def name(self, language: str) -> str:
        """In the reader's language, where it has a name there."""
        return self.said("name", language)

    def said(self, field: str, language: str) -> str:
        """A text that may stand in two languages: in the reader's, else in the other."""
        ar, en = getattr(self, f"{field}_ar"), getattr(self, f"{field}_en")
        said: str = (ar or en) if language == "ar" else (en or ar)
        return said

    def tongue(self, field: str, language: str) -> str:
        """In which language that is."""
        other = "en" if language == "ar" else "ar"
        return language if getattr(self, f"{field}_{language if language == 'ar' else 'en'}") else other


def packed(record: Record) -> str:
    """As the row keeps it."""
    return json.encode(record).decode()

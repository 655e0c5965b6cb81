"""Lines as whoever keeps them tells: without the room that does."""

from __future__ import annotations

from dataclasses import dataclass, field

from mashrabiya.kernel import clock

NAMES = {"EG": "مصر", "LB": "لبنان", "TN": "تونس", "DE": "ألمانيا", "": ""}


@dataclass(frozen=True)
class Way:
    """How it is reached."""

    way: str = "phone"
    value: str = "000-111-222-333"
    hours: str = "كل يوم من ١٨ إلى ٢"
    zone: str = "UTC+2"


@dataclass(frozen=True)
class Told:
    """A line with the longest words that stand around it."""

    countries: tuple[tuple[str, str], ...]
    name: str = "خط الإصغاء الليلي في المدينة"
    lang: str = "ar"
    kind: str = "library.services.kind_lgbtq"
    channels: tuple[Way, ...] = (Way(),)
    cost: str = "library.services.cost_local"
    languages: str = "العربية · الفرنسية"
    anonymous: str = "library.services.unknown"
    police: str = "library.services.police_imminent_only"
    checked: clock.Date = field(default_factory=lambda: clock.date(20_000))
    role: str = "library.services.role_host"
    method: str = "library.services.method_page_read"
    made_up: bool = True
    doubted: bool = True


def line(*codes: str, name: str = "", ways: int = 1) -> Told:
    """One that serves these countries; none is every country."""
    countries = tuple((code, NAMES.get(code, code)) for code in codes) or (("001", ""),)
    told = Told(countries, channels=(Way(),) * ways)
    return Told(countries, name=name, channels=told.channels) if name else told

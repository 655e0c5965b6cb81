"""Reading what a file says of penalties, and of whom a law names. What cannot be read is not known."""

from __future__ import annotations

import re

from mashrabiya.library.laws.types import UNKNOWN

_SPAN = re.compile(
    r"(\d+(?:\.\d+)?)(?:\s*(?:-|–|to)\s*(\d+(?:\.\d+)?))?\s*-?\s*(year|yr|month|week|day)s?\b", re.IGNORECASE
)
_YEARS = {"year": 1.0, "yr": 1.0, "month": 1 / 12, "week": 1 / 52, "day": 1 / 365}
_NOTHING = {"", "na", "n/a", "nan", "none", "0"}
_SEXES = {
    **dict.fromkeys(("men", "man", "male", "males", "men only", "male only"), "men"),
    **dict.fromkeys(("women", "woman", "female", "females", "women only", "female only"), "women"),
    **dict.fromkeys(("both", "all", "both sexes", "men and women", "male and female", "all sexes"), "all"),
}


def is_nothing(text: str) -> bool:
    """Whether a field of a file says nothing."""
    return text.strip().casefold() in _NOTHING


def penalty_of(punishment: str, fine: str = "") -> str:
    """The heaviest that a text names."""
    said = punishment.casefold()
    if "death" in said or "execution" in said or "stoning" in said:
        return "death_certain" if "mandatory" in said else "death_possible"
    if re.search(r"\blife\b", said):
        return "prison_gt10_life"
    years = _longest(said)
    if years > 10:
        return "prison_gt10_life"
    if re.search(r"\blash|\bflog|\bwhip|\bcaning|\bcane\b|\bcorporal", said):
        return "corporal"
    if years:
        return "prison_lt1" if years < 1 else "prison_1_3" if years <= 3 else "prison_3_10"
    return "fine" if "fine" in said or (is_nothing(punishment) and not is_nothing(fine)) else UNKNOWN


def _longest(said: str) -> float:
    spans = _SPAN.findall(said)
    return max((float(most or least) * _YEARS[unit] for least, most, unit in spans), default=0.0)


def sexes_of(text: str) -> str:
    """Whom a law names."""
    return _SEXES.get(" ".join(text.casefold().replace("&", "and").split()), UNKNOWN)

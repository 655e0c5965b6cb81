"""Reading what a file says of penalties, and of whom a law names. What cannot be read is not known."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

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


class Punishment(Struct, frozen=True):
    """One punishment that a text names: a word of the catalogues, and from how much to how much where it says so."""

    kind: str
    unit: str = ""
    least: int = 0
    most: int = 0

    @property
    def key(self) -> str:
        return f"library.laws.penalty.{self.kind}"


_KINDS = {
    "death": re.compile(r"\bdeath|\bexecution|\bstoning"),
    "life": re.compile(r"\blife\b"),
    "lashes": re.compile(r"\blash|\bflog|\bwhip|\bcaning|\bcane\b|\bcorporal"),
    "labour": re.compile(r"\blabou?r\b"),
    "fine": re.compile(r"\bfines?\b"),
}
_PRISON = re.compile(r"\bprison|\bimprison|\bjail|\bdetention|\bincarcerat")


def punishments(text: str) -> list[Punishment]:
    """What a text names that can be said in every language; beside it the text itself stands as it was."""
    said = text.casefold()
    found = [Punishment(kind) for kind, form in _KINDS.items() if form.search(said)]
    spans = list(_spans(said))
    if not spans and _PRISON.search(said) and "life" not in {one.kind for one in found}:
        spans = [Punishment("prison")]
    return [*found, *spans]


def _spans(said: str) -> Iterator[Punishment]:
    for least, most, unit in _SPAN.findall(said):
        word = {"yr": "year"}.get(unit, unit)
        numbers = sorted(float(one) for one in (least, most) if one)
        if all(one.is_integer() and 0 < one < 1000 for one in numbers):
            low = int(numbers[0]) if len(numbers) > 1 else 0
            yield Punishment("prison_span" if low else "prison_most", word, low, int(numbers[-1]))

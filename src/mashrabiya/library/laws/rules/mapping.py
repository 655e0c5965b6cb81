"""From the rows of the data set to values: what its numbers mean, and what they do not mean. Pure.

A number is how much of a country a law covers. Between 0 and 1 it differs by region. Two directions that are both 0
mean that no explicit law was found, and never that something is allowed; two that are both 1, that it changed within
the year. A law that is missing or cannot be read is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

from mashrabiya.library.laws.rules.penalties import penalty_of, sexes_of
from mashrabiya.library.laws.types import UNKNOWN, Cell, Row

VARIES = "varies"
ACTS, DEATH, MARKER = "Same-Sex Acts", "Death Penalty", "Gender Marker Change"
_SO, _GI = "Sexual Orientation", "Gender Identity"
_REQUIREMENTS = {
    "self-id": "self_declaration",
    "self-declaration": "self_declaration",
    "medical/psychological": "diagnosis",
    "medical diagnosis": "diagnosis",
    "surgery": "surgery",
    "mixed (surgery + medical/psychological)": "surgery",
    "surgery+sterilization": "surgery_sterilisation",
}


class Line(Struct, frozen=True):
    """The newest row of one law and direction, read: ``share`` is None where it cannot be read."""

    row: Row
    share: float | None
    enforcement: float | None = None
    punishment: str = ""
    fine: str = ""
    sexes: str = ""
    region: str = ""
    requirement: str = ""
    corrected: bool = False


Lines = Mapping[tuple[str, str], Line]
Said = tuple[str, tuple[str, ...]]
"""A value, and what was peculiar about its rows."""


class Asked:
    """The lines of one country, and what was used of them for one topic."""

    def __init__(self, lines: Lines, dropped: frozenset[tuple[str, str]]) -> None:
        self._lines, self._dropped = lines, dropped
        self.used: list[Line] = []

    def line(self, law: str, status: str) -> Line | None:
        """The row of this law and direction; none where there is none, or none of any country says anything."""
        found = self._lines.get((law, status))
        if found is None or (law, status) in self._dropped:
            return None
        if found not in self.used:
            self.used.append(found)
        return found

    def share(self, law: str, status: str) -> float | None:
        line = self.line(law, status)
        return None if line is None else line.share

    def against(self, law: str, status: str) -> float | None:
        """The other of two directions: one that is a placeholder in the whole file says nothing, which is 0."""
        return 0.0 if (law, status) in self._dropped else self.share(law, status)


def both_ways(good: float | None, bad: float | None, words: tuple[str, str, str]) -> Said:
    """A law with two directions, and the words for one of them, for the other, and for neither."""
    yes, no, neither = words
    if bad is None:
        return UNKNOWN, ()
    if good is None:
        return (no, ()) if bad == 1 else (UNKNOWN, ())
    if good == 1 and bad == 1:
        return VARIES, ("changed",)
    if 0 < good < 1 or 0 < bad < 1:
        return VARIES, ()
    if bad == 1:
        return no, ()
    return (yes, ()) if good == 1 else (neither, ())


def one_way(share: float | None, yes: str, none: str) -> Said:
    """A law with one direction: 0 means that none was counted."""
    if share is None:
        return UNKNOWN, ()
    return (yes if share == 1 else none if share == 0 else VARIES), ()


def pair(orientation: float | None, identity: float | None) -> Said:
    """A protection that is coded twice."""
    if orientation is None or identity is None:
        return UNKNOWN, ()
    if 0 < orientation < 1 or 0 < identity < 1:
        return VARIES, ()
    words = {(1, 1): "both", (1, 0): "so_only", (0, 1): "gi_only"}
    return words.get((int(orientation), int(identity)), "none_found"), ()


def _acts(asked: Asked) -> Said:
    value, marks = both_ways(
        asked.against(ACTS, "Legal"), asked.against(ACTS, "Illegal"), ("legal", "criminal", "no_explicit_law")
    )
    line = asked.line(ACTS, "Illegal")
    if value == "criminal" and line is not None and line.enforcement == 0:
        return "criminal_not_enforced", marks
    return value, marks


def _penalty(asked: Asked) -> Said:
    value, _ = _acts(asked)
    line, death = asked.line(ACTS, "Illegal"), asked.against(DEATH, "Legal")
    if death:
        return "death_possible", ()
    if value == "legal":
        return "none", ()
    if line is None or death is None or value in {UNKNOWN, "no_explicit_law"}:
        return UNKNOWN, ()
    return penalty_of(line.punishment, line.fine), ()


def _covered(asked: Asked) -> Said:
    value, _ = _acts(asked)
    line = asked.line(ACTS, "Illegal")
    if value in {"legal", "no_explicit_law"}:
        return "not_applicable", ()
    return (UNKNOWN if line is None or value == UNKNOWN else sexes_of(line.sexes)), ()


def _enforcement(asked: Asked) -> Said:
    """1 stands also where nothing was coded, so that it says nothing; steps between have no published names."""
    value, _ = _acts(asked)
    line = asked.line(ACTS, "Illegal")
    if value == "legal":
        return "not_applicable", ()
    if value == UNKNOWN or line is None:
        return UNKNOWN, ()
    if value != "no_explicit_law" and line.enforcement is not None and line.enforcement < 1:
        return ("some_cases", ()) if line.enforcement else ("dead_letter_documented", ())
    return "no_information", ()


def _marker(asked: Asked) -> Said:
    value, marks = one_way(asked.share(MARKER, "Legal"), "possible_requirement_unknown", "none_found")
    line = asked.line(MARKER, "Legal")
    if value != "possible_requirement_unknown" or line is None:
        return value, marks
    return _REQUIREMENTS.get(line.requirement.strip().casefold(), value), marks


def _hate(asked: Asked) -> Said:
    value, marks = _pair("Hate Crime Protections", "Legal")(asked)
    return value, (*marks, *(("incitement",) if asked.share("Incitement to Hatred", "Legal") == 1 else ()))


def _expression(asked: Asked) -> Said:
    value, marks = one_way(asked.share("Morality/Propaganda", "Legal"), "restricted", "none_found")
    line = asked.line("Morality/Propaganda", "Legal")
    dead = line is not None and line.enforcement == 0
    return ("restricted_not_enforced" if value == "restricted" and dead else value), marks


def _partnership(asked: Asked) -> Said:
    marriage, ban = asked.against("Marriage Equality", "Legal"), asked.against("Marriage Equality", "Illegal")
    union = asked.against("Civil Unions", "Legal")
    value, marks = both_ways(marriage, ban, ("marriage", "barred", "none_found"))
    if value not in {"barred", "none_found"}:
        return value, marks
    if union is None:
        return (value if value == "barred" else UNKNOWN), marks
    return ("union_only" if union == 1 else VARIES if union else value), marks


def _two(law: str, good: str, bad: str, words: tuple[str, str, str]) -> Callable[[Asked], Said]:
    return lambda asked: both_ways(asked.against(law, good), asked.against(law, bad), words)


def _one(law: str, status: str, *words: str) -> Callable[[Asked], Said]:
    return lambda asked: one_way(asked.share(law, status), *words)


def _pair(law: str, status: str) -> Callable[[Asked], Said]:
    return lambda asked: pair(
        asked.against(f"{law} - {_SO}", status), asked.against(f"{law} - {_GI}", status)
    )


def _care(whom: str) -> Callable[[Asked], Said]:
    law = f"Gender Affirming Care - {whom}"
    return _two(law, "Covered", "Restricted", ("covered", "restricted", "neither_coded"))


def _surgery(asked: Asked) -> Said:
    law = "Gender Assignment Surgeries on Children"
    return both_ways(
        asked.against(law, "Illegal"), asked.against(law, "Legal"), ("banned", "permitted", "no_explicit_law")
    )


def _parenting(asked: Asked) -> Said:
    law = "Joint Adoption"
    return both_ways(
        asked.against(law, "Legal"), asked.against(law, "Illegal"), ("allowed", "barred", "none_found")
    )


READ: dict[str, Callable[[Asked], Said]] = {
    "same_sex_acts": _acts,
    "max_penalty": _penalty,
    "who_is_covered": _covered,
    "enforcement": _enforcement,
    "age_of_consent": _two("Age of Consent", "Equal", "Unequal", ("equal", "unequal", "no_explicit_law")),
    "legal_gender": _marker,
    "third_gender": _one("Third-Gender Recognition", "Legal", "recognised", "not_recognised"),
    "trans_care_adults": _care("Adults"),
    "trans_care_minors": _care("Minors"),
    "intersex_surgery": _surgery,
    "conversion": _one("Conversion Therapies", "Illegal", "banned", "no_ban_found"),
    "employment": _pair("Employment Discrimination", "Illegal"),
    "goods_services": _pair("Goods/Services Discrimination", "Illegal"),
    "hate_crime": _hate,
    "constitution": _pair("Constitutional Protections", "Legal"),
    "expression": _expression,
    "association": _one("LGBTQ+ Civil Society Restrictions", "Legal", "restricted", "none_found"),
    "partnership": _partnership,
    "parenting": _parenting,
}
"""What a data set can say. The other topics are editors' alone."""


def cells_of(
    lines: Lines, dropped: frozenset[tuple[str, str]]
) -> tuple[dict[str, Cell], dict[str, tuple[Row, ...]]]:
    """Every topic that the lines of a country say something of, and the rows it was made from."""
    cells: dict[str, Cell] = {}
    rows: dict[str, tuple[Row, ...]] = {}
    for topic, read in READ.items():
        asked = Asked(lines, dropped)
        value, marks = read(asked)
        if not asked.used:
            continue
        cells[topic] = _cell(topic, value, marks, asked.used)
        rows[topic] = tuple(line.row for line in asked.used)
    return cells, rows


def _cell(topic: str, value: str, marks: tuple[str, ...], used: list[Line]) -> Cell:
    """What a page shows. Of rows of several years the oldest counts."""
    said = [line for line in used if line.share]
    penalty = "; ".join(dict.fromkeys(part for line in said for part in (line.punishment, line.fine) if part))
    region = "; ".join(dict.fromkeys(line.region for line in said if line.region))
    return Cell(
        value,
        min(line.row.year for line in used),
        penalty if topic == "max_penalty" else "",
        region,
        (*marks, *(("corrected",) if any(line.corrected for line in used) else ())),
    )

"""What is read again because the law of some country is another."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer, bindparam, literal_column, select

from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import show_id
from mashrabiya.library.guides import commands as guides
from mashrabiya.library.guides import queries as guide_queries
from mashrabiya.library.guides.tables import GUIDE
from mashrabiya.library.guides.types import Kind, State
from mashrabiya.platform.db import Statement, Write

_WITHIN = 14
"""So many days a guide still counts as reviewed: hosts read meanwhile that it is due soon."""
_PAPERS = frozenset({"transition-legal", "know-the-law-page"})
_WORK = frozenset({"work", "trans-at-work", "housing", "know-the-law-page"})
_ARREST = frozenset({"law-and-arrest", "know-the-law-page", "blackmail", "migration-asylum"})
_CARE = frozenset({"transition-medical"})
_SPEECH = frozenset({"digital-safety", "law-and-arrest"})
RESTS_ON: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        ("same_sex_acts", "max_penalty", "who_is_covered", "enforcement", "indirect_laws"), _ARREST
    ),
    "gender_expression_crime": _ARREST | {"transition-social"},
    **dict.fromkeys(("legal_gender", "legal_name", "third_gender"), _PAPERS),
    **dict.fromkeys(("trans_care_adults", "trans_care_minors"), _CARE),
    "intersex_surgery": frozenset({"intersex"}),
    "conversion": frozenset({"conversion-survival"}),
    **dict.fromkeys(("employment", "goods_services"), _WORK),
    **dict.fromkeys(("expression", "association"), _SPEECH),
}
_LATER: Statement[Any] = Statement(
    select(GUIDE.c.id, GUIDE.c.slug, GUIDE.c.kind).where(
        GUIDE.c.state == literal_column(str(int(State.REVIEWED))),
        GUIDE.c.next_day > bindparam("until", type_=Integer),
    )
)


def look_again(uow: Write, topic: str) -> int:
    """Reviewed guides that rest on this topic of law, and those of law that the house wrote, are due within two weeks.

    How many; what was due sooner stays as it was. Safe to repeat.
    """
    until, slugs = clock.day() + _WITHIN, RESTS_ON.get(topic, frozenset())
    found = [
        bytes(guide)
        for guide, slug, kind in uow.tuples(_LATER, until=until)
        if slug in slugs or (slugs and kind == Kind.LEGAL and slug == show_id(bytes(guide)))
    ]
    for guide in found:
        guides.change_guide(uow, guide_queries.get_guide(uow, guide), next_day=until)
    return len(found)

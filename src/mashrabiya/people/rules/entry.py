"""Who may make an account in this house."""

from __future__ import annotations

from mashrabiya.kernel.verdict import ALLOWED, Denied, Verdict
from mashrabiya.people.rules.names import name_key
from mashrabiya.people.types import Band, Entry
from mashrabiya.platform.house import HouseSettings


def may_sign_up(house: HouseSettings, *, invited: bool) -> Verdict:
    """An invitation opens every house; without one it depends on the house."""
    if invited or house.entry in (Entry.OPEN, Entry.QUESTION):
        return ALLOWED
    return Denied("join.closed" if house.entry == Entry.CLOSED else "join.by_invitation")


def may_enter(house: HouseSettings, band: Band) -> Verdict:
    """Adults-only is the default; the age group is believed."""
    if band == Band.UNKNOWN:
        return Denied("signup.age_missing")
    return Denied("signup.adults_only") if house.adults_only and band != Band.ADULT else ALLOWED


def answers(house: HouseSettings, answer: str) -> bool:
    """Whether the house's own question is answered; a house without answers asks none."""
    wanted = {name_key(word) for word in house.answers}
    return not wanted or name_key(answer) in wanted


def asks_question(house: HouseSettings, *, invited: bool) -> bool:
    """Whether the house's question stands on the sign-up page."""
    return not invited and house.entry == Entry.QUESTION and bool(house.answers)

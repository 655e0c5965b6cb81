"""Who may make an account in this house."""

from __future__ import annotations

from mashrabiya.kernel.verdict import ALLOWED, Denied, Verdict
from mashrabiya.people.rules.names import name_key
from mashrabiya.people.types import Band, Entry


def may_sign_up(entry: str, *, invited: bool) -> Verdict:
    """An invitation opens every house; without one it depends on the house."""
    if invited or entry in (Entry.OPEN, Entry.QUESTION):
        return ALLOWED
    return Denied("join.closed" if entry == Entry.CLOSED else "join.by_invitation")


def may_invite(entry: str, *, members: bool = True) -> Verdict:
    """Members invite into every house but one that takes nobody, or whose hosts alone invite.

    What they gave out before still opens it, unless hosts have taken it back.
    """
    if entry == Entry.CLOSED:
        return Denied("invite.closed")
    return ALLOWED if members else Denied("invite.off")


def may_enter(band: Band, *, adults_only: bool) -> Verdict:
    """Adults-only is the default; the age group is believed."""
    if band == Band.UNKNOWN:
        return Denied("signup.age_missing")
    return Denied("signup.adults_only") if adults_only and band != Band.ADULT else ALLOWED


def may_turn(band: Band) -> Verdict:
    """From under 18 to 18 or over, once and never back: adults who say that they are young are the danger."""
    return ALLOWED if band == Band.MINOR else Denied("band.over")


def answers(accepted: tuple[str, ...], answer: str) -> bool:
    """Whether the house's own question is answered; a house without answers asks none."""
    wanted = {name_key(word) for word in accepted}
    return not wanted or name_key(answer) in wanted


def asks_question(entry: str, accepted: tuple[str, ...], *, invited: bool) -> bool:
    """Whether the house's question stands on the sign-up page."""
    return not invited and entry == Entry.QUESTION and bool(accepted)

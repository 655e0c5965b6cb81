"""How one enters a community, and who decides. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence

from mashrabiya.communities.entering.types import (
    ANSWER_LIMIT,
    MOST_INVITATIONS,
    QUESTION_LIMIT,
    QUESTIONS,
    SAID_LIMIT,
    VOUCHERS,
    NewRequest,
    Own,
    Ways,
)
from mashrabiya.communities.rules import NO_PERSONA, may
from mashrabiya.communities.rules.doors import may_write_in, takes_in_now
from mashrabiya.communities.types import Audience, CommunityFacts, Entry, Power
from mashrabiya.kernel.verdict import ALLOWED, Denied, Verdict
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.safety.trust.rules import may_vouch, may_vouch_for
from mashrabiya.safety.trust.types import Standing

ASKS = frozenset((Entry.QUESTION, Entry.VOUCH))
"""Ways in which one asks first."""

OPEN_NOW = Denied("entry.open_now")
MEMBER_ALREADY = Denied("entry.link_member")
INVITED_ONLY = Denied("entry.invited_only")
NOT_WAITING = Denied("entry.not_waiting")
ASKED_ALREADY = Denied("entry.asked_already")
ASK_LATER = Denied("entry.ask_later")
OVER = Denied("entry.invitation_over")
HOSTS_INVITE = Denied("entry.hosts_invite")
ENOUGH_OPEN = Denied("entry.enough_open")
NOT_VOUCHED = Denied("entry.not_vouched")
NOT_BY_VOUCHING = Denied("entry.not_by_vouching")
_REFUSED = Denied("community.refused")


def may_ask(viewer: Viewer, community: CommunityFacts, own: Own | None = None) -> Verdict:
    """Ask to enter with the persona in use. ``own`` is a request of this persona that still stands.

    Another persona of hers may ask too: were it refused, names that never ask together would be known for one person's.
    """
    if community.belongs:
        return MEMBER_ALREADY
    if community.excluded or community.audience == Audience.HIDDEN:
        return Denied(_REFUSED.why, hidden=not community.is_public)
    if not viewer.speaks:
        return NO_PERSONA
    if community.entry not in ASKS:
        return OPEN_NOW if community.entry == Entry.OPEN else INVITED_ONLY
    if own is not None:
        return ASK_LATER if own.declined else ASKED_ALREADY
    return takes_in_now(community)


def may_decide(viewer: Viewer, community: CommunityFacts) -> Verdict:
    """Read what was asked and answered, let in or decline: the personas that run it, and nobody above them."""
    return may(viewer, community, Power.ADMIT)


def may_let_in(community: CommunityFacts) -> Verdict:
    """Nobody enters a place while it is protected, or once it is archived."""
    return takes_in_now(community)


def may_see_asked(viewer: Viewer, community: CommunityFacts) -> Verdict:
    """Know who asks: those who run it; where members vouch, those who belong."""
    by_members = viewer.speaks and community.belongs and community.entry == Entry.VOUCH
    return ALLOWED if by_members else may(viewer, community, Power.ADMIT)


def may_stand_for(viewer: Viewer, community: CommunityFacts, standing: Standing, target: bytes) -> Verdict:
    """Say yes for somebody who asks: a trusted member, and never for a name of her own."""
    seen = may_see_asked(viewer, community)
    if not seen.allowed:
        return seen
    if community.entry != Entry.VOUCH:
        return NOT_BY_VOUCHING
    able = may_vouch(viewer, standing)
    return may_vouch_for(viewer, target) if able.allowed else Denied("vouch.not_yet")


def are_enough(branches: Collection[int]) -> bool:
    """Two who came by different branches of invitations."""
    return len(set(branches)) >= VOUCHERS


def may_enter_vouched(viewer: Viewer, community: CommunityFacts, own: Own | None) -> Verdict:
    """Enter, once two have said yes. That they did stays true when the place has other ways meanwhile."""
    if community.belongs:
        return ALLOWED
    if community.excluded or community.audience == Audience.HIDDEN:
        return Denied(_REFUSED.why, hidden=not community.is_public)
    if not viewer.speaks:
        return NO_PERSONA
    if own is None or not own.vouched:
        return NOT_VOUCHED
    return takes_in_now(community)


def may_invite(viewer: Viewer, community: CommunityFacts, open_now: int = 0) -> Verdict:
    """Make a link that lets in once: whoever runs the place, and its members where it lets them."""
    if not (viewer.speaks and community.belongs):
        return Denied(_REFUSED.why, hidden=True)
    if not (community.may(Power.ADMIT) or community.members_invite):
        return HOSTS_INVITE
    if open_now >= MOST_INVITATIONS:
        return ENOUGH_OPEN
    # A link to an archived place would let nobody in.
    return may_write_in(community)


def may_enter_invited(viewer: Viewer, community: CommunityFacts) -> Verdict:
    """Enter by a link that opens, however one enters otherwise."""
    if community.belongs:
        return ALLOWED
    if community.excluded:
        return OVER
    if not viewer.speaks:
        return NO_PERSONA
    return takes_in_now(community)


def wrong_ways(ways: Ways) -> dict[str, str]:
    """What is wrong with each field: nothing, or the key that says it."""
    wrong = {
        f"question_{number}": "community.too_long"
        for number, question in enumerate(ways.questions, 1)
        if len(question) > QUESTION_LIMIT
    }
    wrong |= {
        f"question_{number}": "community.bad_signs"
        for number, question in enumerate(ways.questions, 1)
        if not _is_plain(question)
    }
    if ways.entry == Entry.QUESTION and not ways.questions:
        wrong["question_1"] = "entry.question_missing"
    return wrong


def wrong_answers(questions: Sequence[str], new: NewRequest) -> dict[str, str]:
    """What is wrong with each answer."""
    wrong = {}
    for number, answer in enumerate(new.answers[: len(questions)], 1):
        if not answer:
            wrong[f"answer_{number}"] = "entry.answer_missing"
        elif len(answer) > ANSWER_LIMIT:
            wrong[f"answer_{number}"] = "community.too_long"
    return wrong


def wrong_said(said: str) -> dict[str, str]:
    """What is wrong with the sentence beside a decision."""
    return {"said": "community.too_long"} if len(said) > SAID_LIMIT else {}


def tidy(question: str) -> str:
    """A question is one line."""
    return " ".join(unicodedata.normalize("NFC", question).split())


def _is_plain(text: str) -> bool:
    return not any(unicodedata.category(sign) in {"Cc", "Cs", "Co"} for sign in text)


def asked_of(typed: Sequence[str]) -> tuple[str, ...]:
    """The questions among what was typed, without empty ones; three at most."""
    return tuple(question for one in typed[:QUESTIONS] if (question := tidy(one)))

"""How help becomes trust. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mashrabiya.kernel.keys import mac
from mashrabiya.kernel.verdict import ALLOWED, Denied, Verdict
from mashrabiya.kernel.viewer import CARE, HOST, TRUSTED, Viewer
from mashrabiya.safety.trust.types import (
    BUCKETS,
    KNOWN_DAYS,
    KNOWN_SPAN,
    MOST_NEEDED,
    PER_BRANCH,
    PRESENT_DAYS,
    SHARE,
    TRUSTED_DAYS,
    TRUSTED_SPAN,
    TRUSTED_TIMES,
    TRUSTED_VOUCHERS,
    Allowance,
    Help,
    Level,
    Measure,
    Presence,
    Standing,
)

NAMED = frozenset((HOST, CARE, TRUSTED))


THREADS_SPENT = Denied("newcomer.threads_spent")
REPLIES_SPENT = Denied("newcomer.replies_spent")
NO_PICTURES = Denied("newcomer.no_pictures")
INVITING_LATER = Denied("invite.not_yet")
VOUCHING_LATER = Denied("vouch.not_yet", hidden=True)
VOUCHING_OWN = Denied("vouch.own")


def may_begin(allowance: Allowance) -> Verdict:
    """Begin one more thread today."""
    return THREADS_SPENT if allowance.new and allowance.threads < 1 else ALLOWED


def may_answer_more(allowance: Allowance) -> Verdict:
    """Give one more answer today."""
    return REPLIES_SPENT if allowance.new and allowance.replies < 1 else ALLOWED


def may_bring_pictures(allowance: Allowance, *, unnamed: bool) -> Verdict:
    """Put pictures into words written so."""
    return ALLOWED if allowance.may_show(unnamed=unnamed) else NO_PICTURES


def is_named_trusted(viewer: Viewer) -> bool:
    """Those who were named when the house began, or since: it runs on them, whichever name they use now."""
    return not (viewer.roles | viewer.kin_roles).isdisjoint(NAMED)


def is_known(help_: Help, measure: Measure) -> bool:
    """Established: enough different people, on different days, not all at once nor in one place."""
    return (
        help_.people >= measure.people
        and help_.days >= KNOWN_DAYS
        and help_.places >= measure.places
        and help_.span >= KNOWN_SPAN
    )


def is_trusted(help_: Help, measure: Measure, vouchers: int) -> bool:
    """Three times as many, for longer, and two who vouch for her."""
    return (
        is_known(help_, measure)
        and help_.people >= TRUSTED_TIMES * measure.people
        and help_.days >= TRUSTED_DAYS
        and help_.span >= TRUSTED_SPAN
        and vouchers >= TRUSTED_VOUCHERS
    )


def is_settled(presence: Presence, vouchers: int = 0) -> bool:
    """No longer new: some days, some answer or somebody who vouches for her, and nothing of it removed."""
    return presence.days >= PRESENT_DAYS and (presence.answered or vouchers > 0) and not presence.removed


def may_invite(viewer: Viewer, standing: Standing) -> Verdict:
    """Invite somebody into the house: under a name that is established itself, since others may learn under which she did."""
    return ALLOWED if viewer.speaks and standing.under(viewer.slot) >= Level.KNOWN else INVITING_LATER


def may_vouch(viewer: Viewer, standing: Standing) -> Verdict:
    """Vouch for somebody: under a name that is trusted itself. To all others there is no such door."""
    trusted = viewer.speaks and standing.under(viewer.slot) >= Level.TRUSTED
    return ALLOWED if trusted else VOUCHING_LATER


def may_vouch_for(viewer: Viewer, target: bytes) -> Verdict:
    """Not for oneself, under whichever name: said to herself alone."""
    return VOUCHING_OWN if target in viewer.siblings else ALLOWED


def level_of(help_: Help, presence: Presence, measure: Measure, *, vouchers: int = 0) -> Level:
    """The level of one name, or of one unnamed voice."""
    if is_trusted(help_, measure, vouchers):
        return Level.TRUSTED
    if is_known(help_, measure):
        return Level.KNOWN
    return Level.SETTLED if is_settled(presence, vouchers) else Level.NEW


def counted(by_branch: Mapping[int, int]) -> int:
    """How many of these people count: two of one branch at most."""
    return sum(min(PER_BRANCH, many) for many in by_branch.values())


def bucket_of(branch: bytes, target: bytes, nullifier: bytes) -> int:
    """Which of a few numbers stands for the branch a person came by, for this target alone.

    Whoever came by nobody's invitation is a branch of her own.
    """
    drawn = mac(branch, b"vote", target) if any(branch) else nullifier
    return drawn[0] % BUCKETS


def needed(helped_by: Sequence[int], named: int) -> int:
    """How many established people it takes: a quarter of the established, five at most.

    ``helped_by``: for each persona that fulfils everything else, how many found it helpful;
    ``named``: how many are established without that. The number decides who is established, and
    they decide the number: it is the smallest that a quarter of them does not exceed. So it is the
    same every night while nothing happens, and a swarm that one person helped up raises it above
    itself. It never asks for more people than there would be to ask.
    """
    enough = 1
    for people in range(1, MOST_NEEDED + 1):
        established = named + sum(1 for many in helped_by if many >= people)
        if established < people:
            break
        enough = people
        if established <= SHARE * people:
            break
    return enough

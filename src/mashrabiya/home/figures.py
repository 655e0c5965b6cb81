"""The figures that pages promise, from the settings in force and from the rules of the tables."""

from __future__ import annotations

from dataclasses import dataclass

from mashrabiya.communities.entering.types import AGAIN_DAYS, ASKED_DAYS
from mashrabiya.communities.entering.types import INVITED_DAYS as LINK_DAYS
from mashrabiya.discussions.types import ANSWERABLE_DAYS
from mashrabiya.library.stories.types import KEPT_DAYS as STORY_KEPT_DAYS
from mashrabiya.people.commands.invitations import DAYS as INVITATION_DAYS
from mashrabiya.people.queries.sessions import OWN_WHOLE
from mashrabiya.people.sealed.read import FURTHEST as MARKS_FURTHEST
from mashrabiya.people.sealed.saved import FURTHEST
from mashrabiya.people.types import BRANCH_QUARTERS
from mashrabiya.platform.audit import KEPT_DAYS as KEPT_LOG_DAYS
from mashrabiya.platform.db import Expires, metadata
from mashrabiya.platform.house import HouseSettings
from mashrabiya.safety.trust.types import PULLED_DAYS
from mashrabiya.safety.types import KEPT_APPEAL_DAYS, KEPT_CLOSED_DAYS, KEPT_DAYS

DAYS_A_MONTH = 30.44
MONTHS_A_QUARTER = 3


@dataclass(frozen=True, slots=True)
class Figures:
    """Whole months until a silent thread goes, days until a deleted text has left our copies, and the rest.

    ``unused_months`` and ``notes_months`` go by when somebody last came or looked.
    """

    months: int
    backup_days: int
    session_days: int
    unused_months: int
    notes_months: int
    marks_months: int
    report_days: int
    report_months: int
    decision_months: int
    invitation_days: int
    answerable_days: int
    told_months: int
    trust_months: int
    branch_months: int
    pulled_days: int
    appeal_days: int
    log_months: int
    detail_months: int
    tally_months: int
    asked_days: int
    asked_again_days: int
    place_link_days: int
    wish_days: int
    guide_wrong_days: int
    notice_days: int
    law_months: int
    story_months: int


def figures(house: HouseSettings) -> Figures:
    """Months rounded up, within a day: a promise of deletion is never shorter than the truth."""
    return Figures(
        months=months_of(house.retention_days),
        backup_days=house.backup_days,
        session_days=-(-OWN_WHOLE // 24),
        unused_months=_after("account") * MONTHS_A_QUARTER,
        notes_months=FURTHEST * MONTHS_A_QUARTER,
        marks_months=MARKS_FURTHEST * MONTHS_A_QUARTER,
        report_days=KEPT_CLOSED_DAYS,
        report_months=months_of(KEPT_DAYS),
        decision_months=months_of(_after("decision")),
        invitation_days=INVITATION_DAYS,
        answerable_days=ANSWERABLE_DAYS,
        told_months=months_of(_after("told")),
        trust_months=months_of(_after("trust_vote")),
        branch_months=BRANCH_QUARTERS * MONTHS_A_QUARTER,
        pulled_days=PULLED_DAYS,
        appeal_days=KEPT_APPEAL_DAYS,
        log_months=months_of(KEPT_LOG_DAYS),
        detail_months=months_of(_after("audit_detail")),
        tally_months=months_of(_after("tally")),
        asked_days=ASKED_DAYS,
        asked_again_days=AGAIN_DAYS,
        place_link_days=LINK_DAYS,
        wish_days=_after("wish"),
        guide_wrong_days=_after("guide_wrong"),
        notice_days=_after("notice"),
        law_months=months_of(_after("law_mistake")),
        story_months=months_of(STORY_KEPT_DAYS),
    )


def months_of(days: int) -> int:
    """Whole months, rounded up."""
    return max(1, int(-(-(days - 1) // DAYS_A_MONTH)))


def _after(table: str) -> int:
    """What a table's own rule says, in its unit."""
    expire = metadata.tables[table].info["expire"]
    assert isinstance(expire, Expires)
    return expire.after

"""Whether the house trusts whoever is about to enter. Reckoned at the press, in her session, and kept nowhere."""

from __future__ import annotations

from mashrabiya.communities import rules
from mashrabiya.communities.types import CommunityFacts
from mashrabiya.kernel.verdict import ALLOWED, Verdict
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Read
from mashrabiya.safety.trust.queries import standing_by_name


def trusts(db: Read, viewer: Viewer, community: CommunityFacts) -> Verdict:
    """What is asked last, by every way in. Only a place for trusted members costs a statement."""
    if not community.asks_trust or community.belongs:
        return ALLOWED
    return rules.may_enter_trusted(viewer, community, standing_by_name(db, viewer))

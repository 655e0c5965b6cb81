"""Having seen that vouching was taken back."""

from __future__ import annotations

from mashrabiya.care.rules import may_close
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform import audit
from mashrabiya.platform.db import Write
from mashrabiya.safety.trust import commands as trust


def put_away_pulled(uow: Write, viewer: Viewer, which: bytes) -> None:
    """Nobody is told of it any more; that the branch was looked at stands in the log."""
    may_close(viewer).or_raise()
    trust.put_away(uow, viewer, which)
    audit.record(uow, "branch:seen", role="care", thing=which)

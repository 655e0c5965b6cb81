"""Taking in a report; an outing is hidden at once, on one established person's word or two people's, until somebody has looked."""

from __future__ import annotations

from mashrabiya.care import queries, rules
from mashrabiya.care.commands.decisions import hide_for_two
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Write
from mashrabiya.platform.keys import ServerKeys
from mashrabiya.safety import commands as safety
from mashrabiya.safety import queries as safety_queries
from mashrabiya.safety.trust.queries import is_established
from mashrabiya.safety.types import NewReport, Reason, Thing


def report(uow: Write, viewer: Viewer, keys: ServerKeys, new: NewReport) -> None:
    """Keep a report. An outing is hidden when somebody established says so, or a second person; by no number of anything else.

    Whoever was overturned twice reports as before, and her word hides nothing: for all her names, since
    her own places are asked.
    """
    outing = new.reason == Reason.OUTING and new.kind.is_written
    weighs = not outing or rules.word_weighs(queries.overturned(uow, viewer))
    safety.report(uow, viewer, keys, new, weighs=weighs)
    if outing and (new.place is not None or new.kind == Thing.STORY):
        voices = safety_queries.voices(uow, new.object, Reason.OUTING, new.kind)
        kept = queries.was_kept(uow, new.object)
        # Asked in her own session, and kept nowhere: the report's row is like every other.
        established = weighs and voices < rules.VOICES and not kept and is_established(uow, viewer)
        if rules.hides_at_once(voices, kept=kept, established=established):
            hide_for_two(uow, new.place, new.object, new.kind)

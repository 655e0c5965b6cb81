"""Like words that several people send within hours: a wave that was hidden in one press, and one that waits.

None of them has a name: nobody whom the sample tells of ever wrote such words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mashrabiya.discussions import commands as discussions
from mashrabiya.discussions.types import NewReply
from mashrabiya.kernel.viewer import CARE, Viewer
from mashrabiya.platform.db import Database
from mashrabiya.safety.trust.types import FREE
from mashrabiya.stewardship.sample.moving_in import days_ago
from mashrabiya.stewardship.sample.script import lines

VOICES, _FEWEST, _DAYS_AGO = 5, 4, 0.05
# As somebody new writes: an address in it leads nowhere.
_OF_SOMEBODY_NEW = replace(FREE, shows=False, shows_unnamed=False)


@dataclass(frozen=True, slots=True)
class Storm:
    """In which community; whether it was hidden, and with which words; what was alike, and what they wrote."""

    place: str
    act: str
    sign: str
    body: str
    words: str

    @property
    def was_hidden(self) -> bool:
        return self.act == "hide"


def storms() -> list[Storm]:
    """Those of the sample."""
    told = ([*(part.strip() for part in line.split("|")), ""] for line in lines("wave"))
    return [Storm(*parts[:5]) for parts in told]


def crowd_of(members: Sequence[Viewer]) -> list[Viewer]:
    """Those of these who send the same words; nobody where they are too few for a wave."""
    crowd = [viewer for viewer in members if not viewer.has(CARE)][:VOICES]
    return crowd if len(crowd) >= _FEWEST else []


def write_alike(database: Database, tid: bytes, body: str, members: Sequence[Viewer]) -> bool:
    """Let some of these send the same words there; false where they are too few for a wave."""
    crowd = crowd_of(members)
    if not crowd:
        return False
    with days_ago(_DAYS_AGO):
        for viewer in crowd:
            with database.write() as uow:
                new = NewReply(body=body, unnamed=True)
                discussions.reply(uow, viewer, tid, new, allowed=_OF_SOMEBODY_NEW)
    return True

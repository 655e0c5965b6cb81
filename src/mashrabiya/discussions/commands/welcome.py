"""Saying welcome: once from one person to one author, and nobody learns from whom."""

from __future__ import annotations

from sqlalchemy import bindparam, literal_column, update

from mashrabiya.discussions import queries, rules
from mashrabiya.discussions.tables import POST, WELCOME
from mashrabiya.kernel import clock
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Statement, Write

QUARTERS = 4
"""So long, in quarters of a year, a mark keeps a welcome from being said twice."""

_COUNT: Statement[None] = Statement(
    update(POST)
    .where(POST.c.tid == bindparam("tid"), POST.c.n == bindparam("at"))
    .values(welcomed=POST.c.welcomed + literal_column("1"))
)


def say_welcome(uow: Write, viewer: Viewer, post: bytes) -> None:
    """Welcome the author of first words. Said again, under whatever name, it changes nothing."""
    words = queries.get_first_words(uow, viewer, post)
    rules.may_welcome(viewer, words).or_raise()
    tag = queries.welcome_tag(viewer, words)
    if uow.insert_once(WELCOME, tag=tag, until_q=clock.quarter(QUARTERS)):
        uow.run(_COUNT, tid=words.tid, at=words.n)

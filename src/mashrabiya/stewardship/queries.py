"""What the hosts' desk reads."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, func, select

from mashrabiya.kernel import clock
from mashrabiya.kernel.viewer import Tongue, Viewer
from mashrabiya.people.tables import INVITATION
from mashrabiya.platform.db import Read, Statement
from mashrabiya.platform.languages import catalogue
from mashrabiya.stewardship import rules

_OUT: Statement[Any] = Statement(
    select(func.count()).select_from(INVITATION).where(INVITATION.c.until_day >= bindparam("today"))
)


def default_agreements(language: str) -> str:
    """The text that a new house begins from."""
    return catalogue(language).text("house.agreements_default", Tongue.of(language))


def count_invitations(db: Read, viewer: Viewer) -> int:
    """How many codes are out that still open. Which, and for whom, nobody knows."""
    rules.may_run_house(viewer).or_raise()
    return int(db.scalar(_OUT, today=clock.day()))

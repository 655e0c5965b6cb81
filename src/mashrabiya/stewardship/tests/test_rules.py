"""What hosts may do, and when a house may open."""

from __future__ import annotations

import msgspec

from mashrabiya.kernel.keys import Work
from mashrabiya.kernel.verdict import Denied
from mashrabiya.kernel.viewer import CARE, HOST, Viewer
from mashrabiya.platform.house import HouseSettings
from mashrabiya.stewardship import rules
from mashrabiya.stewardship.types import ORDER, Step

MONA = Viewer(work=Work(b"m" * 32), roles=frozenset({HOST}))
BOB = Viewer(work=Work(b"b" * 32), roles=frozenset({CARE}))
NEW = HouseSettings()
READY = msgspec.structs.replace(NEW, steps_done=tuple(step.value for step in rules.NEEDED))
OPEN = msgspec.structs.replace(READY, open=True)


def test_the_desk_is_for_hosts() -> None:
    assert rules.may_run_house(MONA).allowed
    assert rules.may_run_house(BOB) == Denied("community.refused", hidden=True)


def test_a_house_opens_with_its_key_copied_and_its_backup_tried() -> None:
    assert rules.may_open(MONA, READY).allowed
    assert rules.may_open(MONA, NEW) == Denied("house.open_missing")
    assert rules.may_open(BOB, READY) == Denied("community.refused", hidden=True)
    assert {Step.KEY, Step.BACKUP} <= set(rules.missing(NEW))


def test_carers_are_invited_while_the_house_is_set_up() -> None:
    assert rules.may_invite_carers(MONA, READY).allowed
    assert rules.may_invite_carers(MONA, OPEN) == Denied("house.carers_two_people")
    assert rules.may_invite_carers(BOB, READY) == Denied("community.refused", hidden=True)


def test_first_run_goes_on_where_it_stopped() -> None:
    assert rules.next_step(NEW) is Step.NAME
    named = msgspec.structs.replace(NEW, steps_done=(Step.NAME.value,))
    assert rules.next_step(named) is Step.ENTRY
    assert rules.step_after(Step.BACKUP) is Step.OPEN
    assert rules.step_after(Step.OPEN) is Step.OPEN


def test_an_open_house_has_no_last_step() -> None:
    assert len(rules.places(NEW)) == len(ORDER)
    assert len(rules.places(OPEN)) == len(ORDER) - 1

"""What may happen in a community."""

from __future__ import annotations

import msgspec
import pytest

from mashrabiya.communities import rules
from mashrabiya.communities.tests.factories import (
    ALICE,
    BOB,
    CHARLIE,
    MONA,
    VISITOR,
    without_persona,
)
from mashrabiya.communities.types import Audience, CommunityFacts, Entry, Role
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.verdict import Denied
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.house import HouseSettings

OUTSIDE = CommunityFacts(
    id=bytes(16),
    name="Night kitchen",
    about="",
    seed=bytes(8),
    language="en",
    audience=Audience.SIGNED_IN,
    entry=0,
    retention_days=365,
    agreements="Be kind.\n\n No photos. ",
    anon_mode=0,
    topics=0,
    wants=63,
    excluded=0,
    role=None,
    kin=0,
)


def seen(**changes: object) -> CommunityFacts:
    return msgspec.structs.replace(OUTSIDE, **changes)


INSIDE = seen(role=Role.MEMBER, kin=1)
RUNS = seen(role=Role.HOST, kin=1)
BY_KIN = seen(kin=1)
SHUT_OUT = seen(role=Role.MEMBER, kin=1, excluded=1)

READS = {
    # audience: (visitor, signed in, sibling of a member, member, excluded member)
    Audience.PUBLIC: (True, True, True, True, True),
    Audience.SIGNED_IN: (False, True, True, True, False),
    Audience.MEMBERS: (False, False, False, True, False),
    Audience.TRUSTED: (False, False, False, True, False),
    Audience.HIDDEN: (False, False, False, True, False),
}


@pytest.mark.parametrize("audience", list(Audience))
def test_who_reads(audience: Audience) -> None:
    readers = ((VISITOR, OUTSIDE), (CHARLIE, OUTSIDE), (ALICE, BY_KIN), (BOB, INSIDE), (BOB, SHUT_OUT))
    reads = tuple(
        rules.may_read(viewer, msgspec.structs.replace(facts, audience=audience)).allowed
        for viewer, facts in readers
    )
    assert reads == READS[audience]


def test_a_refused_reader_finds_nothing() -> None:
    refused = rules.may_read(CHARLIE, seen(audience=Audience.MEMBERS))
    assert isinstance(refused, Denied)
    with pytest.raises(NotFound):
        refused.or_raise()


def test_a_persona_joins_an_open_community() -> None:
    assert rules.may_join(CHARLIE, OUTSIDE).allowed


@pytest.mark.parametrize(
    ("viewer", "facts", "why", "hidden"),
    [
        (without_persona(CHARLIE), OUTSIDE, "community.no_persona", False),
        (CHARLIE, seen(excluded=1), "community.refused", True),
        (CHARLIE, seen(excluded=1, audience=Audience.PUBLIC), "community.refused", False),
        (CHARLIE, seen(audience=Audience.HIDDEN), "community.refused", True),
        (CHARLIE, seen(entry=Entry.QUESTION), "entry.asks_first", False),
        (CHARLIE, seen(entry=Entry.VOUCH), "entry.asks_first", False),
        (CHARLIE, seen(entry=Entry.INVITE), "entry.invited_only", False),
    ],
)
def test_joining_is_refused(viewer: Viewer, facts: CommunityFacts, why: str, hidden: bool) -> None:
    assert rules.may_join(viewer, facts) == Denied(why, hidden=hidden)


def test_a_member_may_ask_to_join_again() -> None:
    assert rules.may_join(BOB, msgspec.structs.replace(INSIDE, audience=Audience.HIDDEN)).allowed


@pytest.mark.parametrize(
    ("viewer", "facts", "why"),
    [
        (CHARLIE, OUTSIDE, "community.not_a_member"),
        (ALICE, BY_KIN, "community.not_a_member"),
        (BOB, SHUT_OUT, "community.not_a_member"),
        (without_persona(BOB), INSIDE, "community.no_persona"),
        (VISITOR, OUTSIDE, "community.no_persona"),
    ],
)
def test_named_writing_is_refused(viewer: Viewer, facts: CommunityFacts, why: str) -> None:
    assert rules.may_write(viewer, facts) == Denied(why)


@pytest.mark.parametrize(("viewer", "facts"), [(BOB, INSIDE), (ALICE, BY_KIN)])
def test_any_persona_of_a_member_writes_unnamed(viewer: Viewer, facts: CommunityFacts) -> None:
    assert rules.may_write_unnamed(viewer, facts).allowed


@pytest.mark.parametrize(
    ("viewer", "facts", "why"),
    [
        (CHARLIE, OUTSIDE, "community.not_a_member"),
        (BOB, SHUT_OUT, "community.not_a_member"),
        (VISITOR, OUTSIDE, "community.no_persona"),
    ],
)
def test_unnamed_writing_is_refused(viewer: Viewer, facts: CommunityFacts, why: str) -> None:
    assert rules.may_write_unnamed(viewer, facts) == Denied(why)


def test_a_member_leaves() -> None:
    assert rules.may_leave(BOB, INSIDE).allowed


@pytest.mark.parametrize(
    ("facts", "why"),
    [(OUTSIDE, "community.not_a_member"), (RUNS, "community.host_stays")],
)
def test_leaving_is_refused(facts: CommunityFacts, why: str) -> None:
    assert rules.may_leave(BOB, facts) == Denied(why)


OPEN, CLOSED, SAMPLE = (
    HouseSettings(open=True),
    HouseSettings(),
    HouseSettings(open=True, sample=True),
)


@pytest.mark.parametrize(
    ("viewer", "house", "runs"),
    [(ALICE, OPEN, 0), (ALICE, OPEN, 2), (MONA, CLOSED, 0), (MONA, CLOSED, 9), (MONA, SAMPLE, 9)],
)
def test_founding_is_for_everybody_once_the_house_is_open(
    viewer: Viewer, house: HouseSettings, runs: int
) -> None:
    assert rules.may_found(viewer, house, runs).allowed


@pytest.mark.parametrize(
    ("viewer", "house", "runs", "why", "hidden"),
    [
        (ALICE, CLOSED, 0, "community.refused", True),
        (VISITOR, OPEN, 0, "community.refused", True),
        (without_persona(MONA), CLOSED, 0, "community.no_persona", False),
        (without_persona(ALICE), OPEN, 0, "community.no_persona", False),
        (ALICE, OPEN, 3, "community.runs_enough", False),
        (MONA, OPEN, 3, "community.runs_enough", False),
        (ALICE, SAMPLE, 3, "community.runs_enough", False),
    ],
)
def test_founding_is_refused(viewer: Viewer, house: HouseSettings, runs: int, why: str, hidden: bool) -> None:
    assert rules.may_found(viewer, house, runs) == Denied(why, hidden=hidden)


def test_those_who_run_it_edit_it() -> None:
    assert rules.may_edit(BOB, RUNS).allowed
    assert rules.may_edit(BOB, INSIDE) == Denied("community.refused", hidden=True)
    # Running the house is not running a community: its words belong to those inside.
    assert rules.may_edit(MONA, OUTSIDE) == Denied("community.refused", hidden=True)


def test_agreements_are_read_line_by_line() -> None:
    assert OUTSIDE.agreed == ["Be kind.", "No photos."]

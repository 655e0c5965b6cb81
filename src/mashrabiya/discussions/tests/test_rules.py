"""What may be written, changed and taken back, and why not."""

from __future__ import annotations

import pytest

from mashrabiya.communities.rules import NO_PERSONA, NOT_A_MEMBER
from mashrabiya.communities.tests.factories import ALICE, BOB, MALLORY, VISITOR, other_persona
from mashrabiya.communities.types import Audience, CommunityFacts, Role
from mashrabiya.discussions import rules
from mashrabiya.discussions.tests.factories import TID, community_facts, nameless, thread_facts
from mashrabiya.discussions.types import BODY_LIMIT, TITLE_LIMIT, PostFacts, PostState, Speaking
from mashrabiya.kernel.verdict import ALLOWED, Denied, Verdict
from mashrabiya.kernel.viewer import Viewer

NOTHING_YET = Speaking(members=40)
OUTSIDE = community_facts(role=None, kin=False)
KIN_ONLY = community_facts(role=None, kin=True)


def post_of(viewer: Viewer, *, unnamed: bool = False, state: PostState = PostState.SHOWN) -> PostFacts:
    return PostFacts(
        id=b"p" * 10,
        tid=TID,
        n=1,
        home_tid=TID,
        pid=None if unnamed else viewer.pid,
        tok=viewer.token(TID) if unnamed else None,
        state=state,
        lang="en",
        notes=0,
        t=0,
        html="",
        body="",
    )


@pytest.mark.parametrize("unnamed", [False, True])
def test_a_member_opens_threads(unnamed: bool) -> None:
    assert rules.may_open(ALICE, community_facts(), unnamed=unnamed) == ALLOWED


@pytest.mark.parametrize(
    ("viewer", "community", "unnamed", "verdict"),
    [
        (BOB, OUTSIDE, False, NOT_A_MEMBER),
        (BOB, OUTSIDE, True, NOT_A_MEMBER),
        (BOB, KIN_ONLY, False, NOT_A_MEMBER),
        (nameless(BOB), community_facts(), False, NO_PERSONA),
        (VISITOR, community_facts(Audience.PUBLIC, role=None, kin=False), False, NO_PERSONA),
        (VISITOR, community_facts(Audience.PUBLIC, role=None, kin=False), True, NO_PERSONA),
    ],
)
def test_opening_is_refused(
    viewer: Viewer, community: CommunityFacts, unnamed: bool, verdict: Verdict
) -> None:
    assert rules.may_open(viewer, community, unnamed=unnamed) == verdict


def test_where_she_cannot_read_nothing_is_there_to_write_in() -> None:
    closed = community_facts(Audience.MEMBERS, role=None, kin=True)
    verdict = rules.may_open(BOB, closed, unnamed=True)
    assert isinstance(verdict, Denied)
    assert verdict.hidden


def test_unnamed_asks_for_any_persona_of_the_person() -> None:
    assert rules.may_open(BOB, KIN_ONLY, unnamed=True) == ALLOWED
    assert rules.may_open(nameless(BOB), KIN_ONLY, unnamed=True) == ALLOWED


def test_one_voice_in_a_thread() -> None:
    spoke = Speaking(voice=ALICE.pid, voice_name="Alice", members=40)
    again = other_persona(ALICE)
    assert rules.may_reply(ALICE, thread_facts(), spoke, unnamed=False) == ALLOWED
    refused = rules.may_reply(again, thread_facts(), spoke, unnamed=False)
    assert refused == Denied("compose.one_voice", {"name": "Alice"})
    assert rules.may_reply(again, thread_facts(), spoke, unnamed=True) == ALLOWED


def test_outside_comes_before_one_voice() -> None:
    spoke = Speaking(voice=ALICE.pid, voice_name="Alice")
    thread = thread_facts(KIN_ONLY)
    assert rules.may_reply(other_persona(ALICE), thread, spoke, unnamed=False) == NOT_A_MEMBER


def test_unnamed_writing_taken_from_a_person_meets_her_alone() -> None:
    home = b"h" * 16
    closed = [b"x" * 32, home + MALLORY.token(home)]
    assert rules.may_be_unnamed(MALLORY, closed) == rules.UNNAMED_CLOSED
    assert rules.may_be_unnamed(other_persona(MALLORY), closed) == rules.UNNAMED_CLOSED
    assert rules.may_be_unnamed(ALICE, closed) == ALLOWED
    assert rules.may_be_unnamed(ALICE, []) == ALLOWED


def test_an_author_changes_her_post() -> None:
    assert rules.may_change(ALICE, post_of(ALICE)) == ALLOWED
    assert rules.may_change(ALICE, post_of(ALICE, unnamed=True)) == ALLOWED


def test_unnamed_she_is_the_same_under_any_name() -> None:
    assert rules.may_change(other_persona(ALICE), post_of(ALICE, unnamed=True)) == ALLOWED
    assert rules.may_change(nameless(ALICE), post_of(ALICE, unnamed=True)) == ALLOWED


@pytest.mark.parametrize(
    ("viewer", "post"),
    [
        (MALLORY, post_of(ALICE)),
        (MALLORY, post_of(ALICE, unnamed=True)),
        (VISITOR, post_of(ALICE)),
        (VISITOR, post_of(VISITOR, unnamed=True)),
        (other_persona(ALICE), post_of(ALICE)),
        (ALICE, post_of(ALICE, state=PostState.DELETED)),
        (ALICE, post_of(ALICE, state=PostState.REMOVED)),
    ],
)
def test_to_everybody_else_a_post_is_not_there_to_be_changed(viewer: Viewer, post: PostFacts) -> None:
    assert rules.may_change(viewer, post) == rules.NOT_THERE
    assert rules.NOT_THERE.hidden


@pytest.mark.parametrize(
    ("labels", "hers", "label"),
    [(0, None, 1), (1, None, 2), (4, None, 5), (4, 2, 2), (1, 0, 0)],
)
def test_a_label_is_kept_or_is_the_next(labels: int, hers: int | None, label: int) -> None:
    assert rules.label_of(thread_facts(labels=labels), Speaking(label=hers)) == label


def test_ways_are_what_the_rules_allow() -> None:
    ways = rules.ways_to_reply(ALICE, thread_facts(), NOTHING_YET)
    assert (ways.named, ways.unnamed, ways.label, ways.small) == (True, True, 1, False)
    spoke = Speaking(voice=ALICE.pid, voice_name="Alice", label=3, members=4)
    again = rules.ways_to_reply(other_persona(ALICE), thread_facts(labels=3), spoke)
    assert (again.named, again.unnamed, again.other_voice) == (False, True, "Alice")
    assert again.spoke_named
    assert again.spoke_unnamed
    assert again.small
    assert not again.stays_unnamed
    assert rules.ways_to_reply(ALICE, thread_facts(labels=3), Speaking(label=3)).stays_unnamed
    assert not ways.stays_unnamed
    assert not rules.ways_to_reply(BOB, thread_facts(OUTSIDE), NOTHING_YET).any
    assert not rules.ways_to_open(BOB, OUTSIDE, small=False).any


@pytest.mark.parametrize(
    ("text", "usual", "language"),
    [
        ("مرحبا", "en", "ar"),
        ("مرحبا", "ar", "ar"),
        ("سڵاو", "ckb", "ckb"),
        ("hello", "ar", "en"),
        ("hello", "en", "en"),
        ("١٢٣ 🌿", "ar", "ar"),
        ("🌿", "en", "en"),
        ("مقلوبة is the one I mean", "ar", "en"),
        ("كتبت عن queer theory أمس في الدفتر", "en", "ar"),
    ],
)
def test_the_language_is_told_from_the_letters(text: str, usual: str, language: str) -> None:
    assert rules.language_of(text, usual) == language


@pytest.mark.parametrize("nothing", ["", "  \n ", "\u200b\u200d", "\u2003\u200e"])
def test_nothing_to_see_is_no_text(nothing: str) -> None:
    assert rules.wrong_body(nothing) == {"body": "error.empty"}
    assert rules.wrong_title(nothing) == {"title": "compose.title_missing"}


def test_long_is_told() -> None:
    assert rules.wrong_body("a" * BODY_LIMIT) == {}
    assert rules.wrong_body("a" * (BODY_LIMIT + 1)) == {"body": "compose.too_long"}
    assert rules.wrong_title("ب" * TITLE_LIMIT) == {}
    assert rules.wrong_title("ب" * (TITLE_LIMIT + 1)) == {"title": "compose.title_too_long"}


def test_a_thread_keeps_the_narrower_audience_and_the_shorter_time() -> None:
    wider = community_facts(Audience.PUBLIC, role=Role.HOST)
    assert thread_facts(wider).audience == Audience.SIGNED_IN
    assert thread_facts(community_facts(Audience.MEMBERS)).audience == Audience.MEMBERS
    assert thread_facts().kept_days == 365

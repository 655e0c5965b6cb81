"""T24: who reads a note among carers, and that each deletes her own and no other."""

from __future__ import annotations

import pytest

from mashrabiya.care.tests.desks import CARER, HOST, Desk
from mashrabiya.care.tests.talking import beside, hand, listed, note, seen, take, unwrite
from mashrabiya.care.tests.test_among import DANA, HELPER, case, desk
from mashrabiya.care.types import Case, Wish
from mashrabiya.communities.tests.factories import ALICE, BOB, CHARLIE, MALLORY, other_persona
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.safety.types import Thing

__all__ = ["case", "desk"]


def words_for(desk: Desk, case: Case, by: Viewer) -> list[str]:
    return [one.words for one in beside(desk, case, by).asides]


def test_notes_of_the_house_are_read_by_its_care_team_unless_written_for_both(desk: Desk, case: Case) -> None:
    note(desk, case, CARER, "House.", second=True)
    note(desk, case, HOST, "Host.")
    note(desk, case, CARER, "Both.", shared=True)
    for who in (CARER, DANA):
        assert words_for(desk, case, who) == ["House.", "Host.", "Both."]
    for who in (HOST, HELPER):
        assert words_for(desk, case, who) == ["Host.", "Both."]
        assert listed(desk, who).wish == seen(desk, case, who).wish == Wish.NONE
    assert [one.shared for one in beside(desk, case, HOST).asides] == [False, True]
    assert listed(desk, DANA).wish == Wish.SECOND
    take(desk, case, CARER)
    hand(desk, case, CARER, "For the house.")
    assert listed(desk, HOST).wish == Wish.NONE
    take(desk, case, CARER)
    hand(desk, case, CARER, "For both.", shared=True)
    assert listed(desk, HOST).wish == Wish.OTHER
    assert words_for(desk, case, HOST)[-1] == "For both."


def test_only_the_house_writes_for_both(desk: Desk, case: Case) -> None:
    """Of hosts everything is read by both already; of a persona there are no hosts."""
    note(desk, case, HOST, "Host.", shared=True)
    desk.report_thing(Thing.PERSONA, MALLORY.pid)
    about = next(one for one in desk.queue(CARER) if one.kind == Thing.PERSONA)
    note(desk, about, CARER, shared=True)
    for one, who in ((case, HOST), (about, CARER)):
        assert not any(aside.shared for aside in beside(desk, one, who).asides)


def test_one_deletes_a_note_of_ones_own_with_what_it_asked(desk: Desk, case: Case) -> None:
    note(desk, case, HOST, "First.", second=True)
    note(desk, case, HELPER, "Second.", second=True)
    note(desk, case, CARER, "Third.")
    unwrite(desk, case, HELPER, 2)
    unwrite(desk, case, other_persona(CARER), 3)
    assert words_for(desk, case, CARER) == ["First."]
    with pytest.raises(NotFound):
        unwrite(desk, case, HELPER, 2)
    note(desk, case, HELPER, "Again.")
    assert words_for(desk, case, CARER) == ["First.", "Again."]
    unwrite(desk, case, HOST, 1)
    assert listed(desk, CARER).wish == Wish.NONE


@pytest.mark.parametrize("who", [CARER, HELPER, ALICE, BOB, CHARLIE, MALLORY], ids=str)
def test_nobody_deletes_anothers_note(desk: Desk, case: Case, who: Viewer) -> None:
    note(desk, case, HOST, "Mine.")
    with pytest.raises(NotFound):
        unwrite(desk, case, who, 1)
    for number in (0, 2, 99):
        with pytest.raises(NotFound):
            unwrite(desk, case, HOST, number)
    assert words_for(desk, case, HOST) == ["Mine."]

"""What may be done with a whole thread, and why not."""

from __future__ import annotations

from mashrabiya.care.rules.deciding import has_decided, wrong_words
from mashrabiya.care.types import NOTE_LIMIT, PACES, SLOW_DAYS, Act, NewTending, Staying, Tended
from mashrabiya.communities.rules import may, may_write_in
from mashrabiya.communities.types import Audience, CommunityFacts, Power
from mashrabiya.discussions.rules import tag_bits, wrong_tags
from mashrabiya.discussions.types import ThreadFacts
from mashrabiya.kernel.folding import can_be_seen
from mashrabiya.kernel.verdict import ALLOWED, Denied, Verdict
from mashrabiya.kernel.viewer import Viewer

OWN, BY_ANOTHER, BOTH = Denied("tend.own"), Denied("tend.by_another"), Denied("tend.both")
ARCHIVED = Denied("tend.move_archived")


_NEEDS = {Act.SHUT: Power.ORDER, Act.SLOW: Power.ORDER} | dict.fromkeys(
    (Act.TOP, Act.CARE_NOTE, Act.TAG), Power.KEEP
)


def power_of(act: Act) -> Power:
    """Which power of a place an act on a whole thread needs."""
    return _NEEDS.get(act, Power.MOVE)


def may_tend(viewer: Viewer, tended: Tended) -> Verdict:
    """Act so on a thread of a place one cares for. One's own is ordered like any other, but for what
    somebody else did with it, and nobody speaks as the care team beside her own words.
    """
    if not tended.own:
        return ALLOWED
    if tended.act == Act.CARE_NOTE:
        return OWN
    mine = tended.standing is None or has_decided(viewer, tended.standing)
    return ALLOWED if mine else BY_ANOTHER


def wrong_tending(new: NewTending, agreements: int) -> dict[str, str]:
    """What is wrong with such an act, by field."""
    said = wrong_words(new.words)
    if new.agreement >= agreements:
        said["agreement"] = "care.agreement_gone"
    if new.act == Act.SLOW and new.minutes not in PACES:
        said["minutes"] = "tend.pace_missing"
    if new.act == Act.SLOW and new.days not in SLOW_DAYS:
        said["days"] = "tend.days_missing"
    if new.act == Act.CARE_NOTE:
        said |= _wrong_note(new.note)
    return said


def wrong_retagging(thread: ThreadFacts, new: NewTending) -> dict[str, str]:
    """What is wrong with the tags it is to have instead of its author's."""
    place = thread.community.all_tags
    wrong = wrong_tags(place, new.tags, thread.tags)
    return wrong or (
        {"tags": "tend.tags_same"} if tag_bits(place, new.tags, thread.tags) == thread.tags else {}
    )


def _wrong_note(note: str) -> dict[str, str]:
    if not can_be_seen(note):
        return {"note": "tend.note_missing"}
    return {"note": "tend.note_long"} if len(note) > NOTE_LIMIT else {}


def may_go(viewer: Viewer, thread: ThreadFacts, to: CommunityFacts, staying: Staying) -> Verdict:
    """The same for somebody who cares for the place it leaves: she cares for this one as well."""
    return may_move(thread, to, staying) if may(viewer, to, Power.MOVE).allowed else BOTH


def may_move(thread: ThreadFacts, to: CommunityFacts, staying: Staying) -> Verdict:
    """Move a thread there. Nobody can then read what she could not read before: not words that members
    alone could read, none that an excluded person would find again, nothing that only carers here see.
    """
    if to.id == thread.community.id:
        return Denied("tend.move_same")
    if thread.audience >= Audience.MEMBERS:
        return Denied("tend.move_members")
    if thread.is_accountable:
        return Denied("tend.move_accountable")
    # Nothing new comes into an archived place, and with one that closes the words of others would go.
    if not may_write_in(to).allowed:
        return ARCHIVED
    return _stays_for(thread.audience, staying)


def may_move_back(viewer: Viewer, thread: ThreadFacts, to: CommunityFacts, staying: Staying) -> Verdict:
    """Take a move back, as somebody who cares for both places. What was written meanwhile was written behind
    the door it has now.
    """
    if not all(may(viewer, place, Power.MOVE).allowed for place in (to, thread.community)):
        return BOTH
    if thread.begun_for >= Audience.MEMBERS:
        return Denied("tend.back_members")
    return _stays_for(thread.begun_for, staying)


def _stays_for(audience: int, staying: Staying) -> Verdict:
    if staying.withheld:
        return Denied("tend.move_withheld")
    if staying.reported:
        return Denied("tend.move_reported")
    # What everybody reads, she reads as well.
    if staying.excluded and audience != Audience.PUBLIC:
        return Denied("tend.move_excluded")
    return ALLOWED

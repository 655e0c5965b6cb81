"""Who may decide on what, and why not."""

from __future__ import annotations

from collections.abc import Sequence
from hmac import compare_digest

from mashrabiya.care.types import (
    AS_CARE,
    DAYS,
    LIMIT_DAYS,
    PAUSE_DAYS,
    REPLY_LIMIT,
    UNLIST_DAYS,
    WORDS_LIMIT,
    Act,
    Case,
    Concerned,
    Decision,
    Disputed,
    NewAnswer,
    NewDecision,
    Place,
)
from mashrabiya.communities.types import Role
from mashrabiya.discussions import rules as discussion_rules
from mashrabiya.discussions.types import ID_SIZE, Judged
from mashrabiya.kernel.content import ALL_NOTES
from mashrabiya.kernel.keys import SLOTS
from mashrabiya.kernel.verdict import ALLOWED, Denied, Verdict
from mashrabiya.kernel.viewer import CARE, Viewer
from mashrabiya.safety.rules import GENTLE, OFFERED
from mashrabiya.safety.types import Thing

NOT_THERE = Denied("error.not_found", hidden=True)
MOVED_ON = Denied("tend.moved_on")


def may_report(viewer: Viewer, kind: Thing, thing: bytes, post: Judged | None) -> Verdict:
    """Report what one may read, unless it is one's own."""
    return Denied("report.own") if is_own(viewer, kind, thing, post) else ALLOWED


def may_judge(viewer: Viewer, case: Case) -> Verdict:
    """Decide on it. Nobody decides on what is her own, under whichever name: it is not at her desk."""
    return NOT_THERE if is_own(viewer, case.kind, case.object, case.post) else ALLOWED


def may_exclude(viewer: Viewer, role: int | None) -> Verdict:
    """Exclude whoever wrote it. Who cares for the place is excluded by the house's care team alone."""
    if role is not None and role >= Role.CARER and not viewer.has(CARE):
        return Denied("care.not_a_host")
    return ALLOWED


def may_undo(
    viewer: Viewer, decision: Decision, subject: bytes, post: Judged | None, *, afar: bool = False
) -> Verdict:
    """Take a decision back: never one that meets oneself, by the ``subject`` of its guard or its post.

    What the house's care team decided, a community does not undo. ``afar``: not asked where the thread stands.
    """
    own = is_own(viewer, decision.kind, decision.object, post)
    # Whoever ordered a thread of her own takes that back as she did it.
    if _meets(viewer, subject) or (own and not (decision.act.in_place and has_decided(viewer, decision))):
        return NOT_THERE
    if decision.act.takes_two:
        return Denied("together.not_undone")
    if decision.role == AS_CARE and not viewer.has(CARE):
        return Denied("care.undo_care")
    if afar and not _stands_here(viewer, decision, post):
        return MOVED_ON
    return Denied("care.too_late") if decision.stands and not decision.may_be_undone else ALLOWED


def _stands_here(viewer: Viewer, decision: Decision, post: Judged | None) -> bool:
    """What was done with a thread goes along when it is moved: those who care for it there take it back,
    or the house's care team, and not those of the place it left.
    """
    stays = decision.act in {Act.MOVE, Act.CAME} or not decision.act.in_place
    return stays or post is None or post.cid == decision.cid or viewer.has(CARE)


def is_own(viewer: Viewer, kind: Thing, thing: bytes, post: Judged | None) -> bool:
    """Whether it is hers, by any of her names or by the token of an unnamed post."""
    if kind == Thing.PERSONA:
        return thing in viewer.siblings
    if post is None:
        return False
    return post.pid in viewer.siblings or discussion_rules.is_author(viewer, post)


def is_hers(viewer: Viewer, pid: bytes | None, tok: bytes | None, home_tid: bytes) -> bool:
    """Whether the person herself wrote it, under any of her names or under none."""
    return discussion_rules.is_her_voice(viewer, pid, tok, home_tid)


def is_concerned(
    viewer: Viewer, *, subject: bytes, post: tuple[bytes | None, bytes | None, bytes], mine: bytes | None
) -> bool:
    """Whether a decision meets the person: by its guard, by its post, or because she objected to it."""
    if viewer.work is None:
        return False
    return _meets(viewer, subject) or is_hers(viewer, *post) or (mine or b"") in appeal_places(viewer)


def appeal_places(viewer: Viewer) -> list[bytes]:
    """The sixteen places for her objections, which her own session alone can name."""
    if viewer.work is None:
        return []
    return [viewer.work.nullifier(b"appeal", bytes([number])) for number in range(SLOTS)]


def decided_by(viewer: Viewer, decision: bytes) -> bytes:
    """What a decision keeps of whoever decided: another for each decision, the same for all her names."""
    assert viewer.work is not None
    return viewer.work.nullifier(b"decide", decision)


def has_decided(viewer: Viewer, decision: Decision) -> bool:
    """Whether the person decided this, under whichever of her names. Where two did, each of them did."""
    return is_by_her(viewer, decision.id, decision.by)


def is_by_her(viewer: Viewer, decision: bytes, kept: bytes | None) -> bool:
    """The same, by what the decision of that id keeps of whoever decided."""
    if viewer.work is None or not kept:
        return False
    own = decided_by(viewer, decision)
    return any(compare_digest(own, kept[place : place + 16]) for place in range(0, len(kept), 16))


def may_appeal(found: Concerned) -> Verdict:
    """Object to a decision that stands, while there is time, and once."""
    decision = found.decision
    if found.appeal is not None:
        return Denied("appeal.once")
    if not decision.stands:
        return Denied("appeal.undone")
    # What a rule holds nobody has decided: a person looks at it anyway.
    if decision.act.takes_two or decision.act in {Act.KEEP, Act.CAME} or decision.is_by_rule:
        return NOT_THERE
    return ALLOWED if decision.appeal_left >= 0 else Denied("appeal.too_late")


def may_have_another(answered: int) -> Verdict:
    """Sixteen objections of one person wait at most."""
    return ALLOWED if answered else Denied("appeal.full")


def may_answer(viewer: Viewer, found: Disputed) -> Verdict:
    """Answer an objection: another person than whoever decided; of care's decisions, care alone."""
    if found.own:
        return Denied("appeal.other_person")
    if found.decision.role == AS_CARE and not viewer.has(CARE):
        return Denied("care.undo_care")
    return ALLOWED


def wrong_appeal(words: str) -> dict[str, str]:
    """What is wrong with the words of an objection."""
    if not words.strip():
        return {"words": "appeal.words_missing"}
    too_long = len(words) > WORDS_LIMIT
    return {"words": "care.words_too_long"} if too_long else {}


def wrong_answer(new: NewAnswer) -> dict[str, str]:
    """What is wrong with an answer, by field."""
    said = {} if new.reverse is not None else {"act": "appeal.answer_missing"}
    return said | wrong_words(new.words)


VOICES, OVERTURNED = 2, 2


def hides_at_once(voices: int, *, kept: bool, established: bool = False) -> bool:
    """Whether what is called an outing is hidden before anybody has looked: on one established person's word, or two people's.

    On one, where she is ``established`` and her word weighs. What a carer has looked at and left is
    not hidden by more of the same.
    """
    return not kept and (established or voices >= VOICES)


def word_weighs(overturned: int) -> bool:
    """Whether somebody's word counts for that: not when carers have left twice what she called so."""
    return overturned < OVERTURNED


def acts_on(
    case: Case, places: Sequence[Place] = (), *, for_two: bool = False, other: bool = False
) -> list[Act]:
    """What can be decided about it now, from the gentlest. ``for_two``: two have hidden it. ``places`` are those from which a reported persona can be excluded.

    ``other``: it is decided for something else than what was said. Whoever may only harm herself is met
    with words alone, and help comes first.
    """
    acts = _acts_on(case, places, for_two=for_two)
    if not case.gentle or other:
        return acts
    return [act for act in (Act.WORD, Act.ASK, Act.NOTE, Act.KEEP) if act in acts]


def _acts_on(case: Case, places: Sequence[Place], *, for_two: bool) -> list[Act]:
    if case.kind == Thing.PERSONA and places:
        return [Act.KEEP, Act.LIMIT, Act.PAUSE, Act.EXCLUDE]
    if case.is_community and case.name:
        return [Act.KEEP, Act.WORD, Act.ASK, Act.UNLIST]
    if not case.kind.is_written or case.post is None:
        return [Act.KEEP]
    # To leave it as it is closes reports, and shows what is held; else nothing would be decided.
    acts = [Act.KEEP, Act.WORD] if case.is_reported or case.is_held else [Act.WORD]
    if case.post.is_shown:
        acts += [Act.ASK, Act.NOTE, Act.HOLD, Act.HIDE] if case.has_text else [Act.HIDE]
    elif case.is_held:
        acts += [Act.ASK, Act.HIDE]
    elif for_two:
        acts.append(Act.HIDE)
    if case.has_text and not case.post.is_removed:
        acts.append(Act.REMOVE)
    if case.is_story:
        # It stands in no community from which anybody could be kept.
        return acts
    return [*acts, Act.LIMIT, Act.PAUSE, Act.EXCLUDE]


def wrong(case: Case, new: NewDecision, places: Sequence[Place] = ()) -> dict[str, str]:
    """What is wrong with a decision, by field."""
    said = {} if new.act is not None else {"act": "care.act_missing"}
    said |= wrong_words(new.words)
    if len(new.reply) > REPLY_LIMIT:
        said["reply"] = "care.reply_too_long"
    if new.agreement >= len(agreed(case, new)):
        said["agreement"] = "care.agreement_gone"
    if case.gentle and new.act is not None and new.act not in _KIND_ACTS and new.other not in OTHER_REASONS:
        said["act"] = "care.act_gentle"
    said |= _wrong_of_act(case, new)
    if new.act in LASTING and places and new.place not in {place.id for place in places}:
        said["place"] = "care.place_missing"
    return said


def agreed(case: Case, new: NewDecision) -> Sequence[str]:
    """The agreements of which a decision on it may cite one: the community's, or the house's."""
    return case.place.agreed if case.place.id else new.of_house


_KIND_ACTS = {Act.WORD, Act.ASK, Act.NOTE, Act.KEEP}
OTHER_REASONS = tuple(reason for reason in OFFERED if reason not in GENTLE)
"""For which something else may be decided where somebody may harm herself."""

LASTING = {Act.LIMIT: LIMIT_DAYS, Act.PAUSE: PAUSE_DAYS, Act.EXCLUDE: DAYS}
"""What closes something to a person, and how long each may last."""

_SO_LONG = {**LASTING, Act.UNLIST: UNLIST_DAYS}
_NO_DAYS = {
    Act.UNLIST: "care.unlist_days_missing",
    Act.LIMIT: "care.limit_days_missing",
    Act.PAUSE: "care.pause_days_missing",
    Act.EXCLUDE: "care.days_missing",
}


def _wrong_of_act(case: Case, new: NewDecision) -> dict[str, str]:
    if new.act in _SO_LONG and new.days not in _SO_LONG[new.act]:
        return {"days": _NO_DAYS[new.act]}
    carried = case.post.notes if case.post else 0
    if new.act == Act.NOTE and not new.notes & ALL_NOTES & ~carried:
        return {"notes": "care.notes_missing"}
    return {}


def is_there(case: Case, act: Act, places: Sequence[Place]) -> Verdict:
    """Whether there is something for this act: what was chosen on an old page may be gone."""
    gentle = act in {Act.WORD, Act.ASK, Act.NOTE, Act.HOLD, Act.LIMIT, Act.PAUSE, Act.UNLIST}
    gone = gentle and act not in acts_on(case, places, other=True)
    nowhere = case.is_persona and act.lasts and not places
    return Denied("care.nothing_there") if gone or nowhere else ALLOWED


def decided_for(case: Case, new: NewDecision) -> int:
    """Why it is decided: as was said, or for something else where only gentle acts go with that."""
    return new.other if case.gentle and new.act not in _KIND_ACTS else int(case.reason)


def wrong_words(words: str) -> dict[str, str]:
    """What is wrong with a reason: none is given, or too long a one."""
    if not words.strip():
        return {"words": "care.words_missing"}
    return {"words": "care.words_too_long"} if len(words) > WORDS_LIMIT else {}


def _meets(viewer: Viewer, subject: bytes) -> bool:
    if not subject or subject in viewer.siblings:
        return bool(subject)
    return len(subject) == 2 * ID_SIZE and compare_digest(viewer.token(subject[:ID_SIZE]), subject[ID_SIZE:])

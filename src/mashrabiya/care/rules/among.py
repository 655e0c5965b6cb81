"""Who has a case, and what carers tell each other. Pure."""

from __future__ import annotations

from hmac import compare_digest

from mashrabiya.care.types import (
    AS_CARE,
    AS_HOST,
    ASIDE_LIMIT,
    MOST_ASIDES,
    WHY_LIMIT,
    Case,
    NewAside,
    OnDesk,
    Taken,
)
from mashrabiya.kernel.verdict import ALLOWED, Denied, Verdict
from mashrabiya.kernel.viewer import Viewer


def has_it(viewer: Viewer, case: Case) -> bool:
    """Whether the person has this case, under whichever of her names."""
    claim = case.claim
    if claim is None or viewer.work is None:
        return False
    if claim.by:
        return compare_digest(claimed_by(viewer, case.kind, case.object), claim.by)
    return claim.pid in viewer.siblings


def taken(viewer: Viewer, case: Case) -> Taken | None:
    """That somebody has the case, as the viewer reads it.

    Those who run a place are named on its page; a carer of the house is named nowhere, and not kept either.
    """
    claim = case.claim
    if claim is None:
        return None
    return Taken(has_it(viewer, case), claim.name if case.place.runs else "", claim.role, claim.left)


def on_desk(viewer: Viewer, case: Case) -> OnDesk:
    """How the case stands among its carers, for one of them."""
    own = bool(case.wish) and wrote_aside(viewer, case, case.asked_by)
    return OnDesk(taken(viewer, case), case.wish, own)


def decides_as(case: Case) -> str:
    """In which role somebody is at this case."""
    return AS_HOST if case.place.runs else AS_CARE


def may_share(case: Case) -> bool:
    """Whether a note can be written for those who run the place too: by the house's care team, where there is a place."""
    return decides_as(case) == AS_CARE and bool(case.place.id)


def aside_by(viewer: Viewer, kind: int, thing: bytes) -> bytes:
    """What a note keeps of its writer: the same for all her names, another in each case."""
    assert viewer.work is not None
    return viewer.work.nullifier(b"aside", bytes([kind]) + thing)


def claimed_by(viewer: Viewer, kind: int, thing: bytes) -> bytes:
    """What a case keeps of the carer of the house who has it: the same for all her names, another in each case."""
    assert viewer.work is not None
    return viewer.work.nullifier(b"claim", bytes([kind]) + thing)


def wrote_aside(viewer: Viewer, case: Case, by: bytes) -> bool:
    """Whether the person wrote it, under whichever of her names."""
    return viewer.work is not None and compare_digest(aside_by(viewer, case.kind, case.object), by)


def may_take(viewer: Viewer, case: Case) -> Verdict:
    """Have the case: while it waits, and nobody else has it."""
    if not case.is_open:
        return Denied("care.meanwhile")
    return Denied("claim.taken") if case.claim is not None and not has_it(viewer, case) else ALLOWED


def may_hand_over(viewer: Viewer, case: Case) -> Verdict:
    """Ask that somebody else has it: whoever has it."""
    return ALLOWED if has_it(viewer, case) else Denied("claim.not_yours")


def may_write_aside(case: Case, new: NewAside, written: int) -> Verdict:
    """Write a note: while there is room. An opinion is asked for while nobody has decided."""
    if new.second and not case.is_open:
        return Denied("care.meanwhile")
    return ALLOWED if written < MOST_ASIDES else Denied("among.full")


def wrong_aside(new: NewAside) -> dict[str, str]:
    """What is wrong with a note. A second opinion may be asked for without words."""
    if len(new.words) > ASIDE_LIMIT:
        return {"note": "among.too_long"}
    return {} if new.second or new.words.strip() else {"note": "among.missing"}


def wrong_why(why: str) -> dict[str, str]:
    """What is wrong with the line that goes with a case to somebody else."""
    if not why.strip():
        return {"why": "claim.why_missing"}
    return {"why": "claim.why_too_long"} if len(why) > WHY_LIMIT else {}

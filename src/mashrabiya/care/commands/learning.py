"""Learning which persona wrote an unnamed post: where that was said beforehand, by two, with their reasons.

The first opens with her key what opens for the second alone; the second opens that. Neither
opens anything without the other, and neither is the other under another name.
"""

from __future__ import annotations

from mashrabiya.care import queries, rules
from mashrabiya.care.commands.together import drop, note, propose, still_means
from mashrabiya.care.types import Act, Case, Joint, LearnedFace, NewLearning
from mashrabiya.communities import queries as community_queries
from mashrabiya.discussions import commands as discussions
from mashrabiya.discussions import queries as discussions_queries
from mashrabiya.kernel.errors import Conflict, Invalid, NotFound
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.sealed.care import care_key, open_first, open_second
from mashrabiya.platform.db import Write
from mashrabiya.safety.types import Thing


def ask_to_learn(uow: Write, viewer: Viewer, report: bytes, new: NewLearning) -> None:
    """Be the first of two. Sent twice, it is asked once."""
    case = queries.get_case(uow, viewer, report)
    boxes = _boxes(uow, viewer, case)
    waiting = queries.find_learning(uow, case.object)
    if waiting is not None and waiting.pid in viewer.siblings:
        return
    if waiting is not None and still_means(uow, waiting):
        raise Conflict("care.meanwhile")
    _refuse_without_words(new)
    assert viewer.work is not None
    inner = open_first(care_key(viewer.work, viewer.slot, case.place.id), boxes)
    rules.may_open(inner).or_raise()
    # What a first one asked who can be one of two no more.
    forget_post(uow, case.object)
    propose(uow, viewer, case.place, Joint.LEARN, thing=case.object, words=new.words, carry=inner)


def learn(uow: Write, viewer: Viewer, report: bytes, new: NewLearning) -> LearnedFace | None:
    """Be the second: answers the persona, once, or None where it is gone meanwhile.

    From then on nothing of this voice can be opened again, and whoever it is is told.
    """
    case = queries.get_case(uow, viewer, report)
    boxes = _boxes(uow, viewer, case)
    first = queries.find_proposal(uow, Joint.LEARN, case.object)
    if first is None or first.id != new.proposal or case.post is None or case.post.tok is None:
        raise Conflict("together.gone")
    rules.may_second(viewer, first, stands=still_means(uow, first)).or_raise()
    # The first has to be one of those who hold a key still.
    if not (boxes and community_queries.holds_key(uow, first.cid, first.pid)):
        raise Conflict("together.gone")
    _refuse_without_words(new)
    assert viewer.work is not None
    key = care_key(viewer.work, viewer.slot, case.place.id)
    pid = open_second(key, first.carry, case.object)
    rules.may_open(pid).or_raise()
    drop(uow, first)
    discussions.tell_learned(uow, case.post.home_tid, case.post.tok, case.object)
    words = f"{first.words}\n\n{new.words.strip()}"
    note(
        uow,
        case.place,
        Act.LEARN,
        kind=Thing.POST,
        thing=case.object,
        words=words,
        report=case.id,
        reason=int(case.reason),
    )
    return queries.find_face(uow, pid)


def forget_post(uow: Write, post: bytes) -> None:
    """What the first of two made of a post that is gone goes with it. Safe to repeat."""
    waiting = queries.find_proposal(uow, Joint.LEARN, post)
    if waiting is not None:
        drop(uow, waiting)


def _boxes(uow: Write, viewer: Viewer, case: Case) -> bytes:
    """What two could open of the post, where she may be one of them."""
    if case.post is None or not case.post.is_accountable or viewer.work is None:
        raise NotFound
    holds = community_queries.holds_key(uow, case.place.id, viewer.pid)
    boxes = discussions_queries.author_boxes(uow, case.object)
    rules.may_learn(holds=holds, there=bool(boxes)).or_raise()
    return boxes


def _refuse_without_words(new: NewLearning) -> None:
    wrong = rules.wrong_words(new.words)
    if wrong:
        raise Invalid(wrong)

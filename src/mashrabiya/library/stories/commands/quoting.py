"""Asking a teller for a passage of hers, and what she answers. Whether the viewer edits the library, has been asked."""

from __future__ import annotations

from sqlalchemy import Integer, LargeBinary, bindparam, delete, literal_column, update

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid
from mashrabiya.kernel.ids import new_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.library.stories import queries, rules
from mashrabiya.library.stories.commands.choosing import record_act
from mashrabiya.library.stories.tables import STORY_QUOTE
from mashrabiya.library.stories.types import ASKED_DAYS, KEPT_DAYS, NewQuote
from mashrabiya.platform import submissions
from mashrabiya.platform.db import Statement, Write

_WHICH = STORY_QUOTE.c.id == bindparam("which", type_=LargeBinary)
_OF = STORY_QUOTE.c.story == bindparam("of", type_=LargeBinary)
_AGREE: Statement[None] = Statement(
    update(STORY_QUOTE)
    .where(_WHICH, _OF)
    .values(agreed=literal_column("1"), until_day=bindparam("until", type_=Integer))
)
_DROP: Statement[None] = Statement(delete(STORY_QUOTE).where(_WHICH, _OF))
_DROP_ALL: Statement[None] = Statement(delete(STORY_QUOTE).where(_OF))


def ask_to_quote(uow: Write, viewer: Viewer, story: bytes, new: NewQuote, *, submission: str = "") -> None:
    """Ask its teller whether this passage may stand in a guide. Sent twice, she is asked once.

    Nothing of it is shown before she agrees.
    """
    found = queries.get_story(uow, viewer, story)
    rules.may_quote(viewer, found).or_raise()
    passage = " ".join(new.passage.split())
    quote = new_id()
    if submissions.claim(uow, submission, quote, passage) is not None:
        return
    wrong = rules.wrong_passage(found, passage)
    if wrong:
        raise Invalid(wrong)
    there = queries.quotes_of(uow, story)
    if (new.guide, new.step, passage) in {(one.guide, one.step, one.passage) for one in there}:
        return
    rules.may_quote_more(len(there), queries.quotes_at(uow, new.guide, new.step)).or_raise()
    uow.insert(
        STORY_QUOTE,
        id=quote,
        story=story,
        guide=new.guide,
        step=new.step,
        agreed=0,
        until_day=clock.day() + ASKED_DAYS,
        passage=passage,
    )
    record_act(uow, "quote_asked", new.guide)


def answer_quote(uow: Write, viewer: Viewer, story: bytes, quote: bytes, *, wish: bool) -> None:
    """Its teller lets the passage stand in the guide, or not, or no longer: then it is gone at once. Twice is once.

    The log of acts has nothing of it: an entry would say on which day an unnamed voice was there.
    """
    found = queries.get_own(uow, viewer, story)
    if wish:
        uow.run(_AGREE, which=quote, of=story, until=found.day + KEPT_DAYS)
    else:
        uow.run(_DROP, which=quote, of=story)


def let_quote_go(uow: Write, viewer: Viewer, story: bytes, quote: bytes) -> None:
    """An editor wants the passage in the guide no longer, or asks for it no more. Twice is once."""
    queries.get_story(uow, viewer, story)
    for one in queries.quotes_of(uow, story):
        if one.id == quote:
            uow.run(_DROP, which=quote, of=story)
            record_act(uow, "quote_off", one.guide)


def drop_quotes(uow: Write, story: bytes) -> None:
    """None of its passages stands anywhere, and none is asked for."""
    uow.run(_DROP_ALL, of=story)


def drop_stale(uow: Write, story: bytes) -> None:
    """Passages that stand in its words no longer stand nowhere else either."""
    found = queries.find_judged(uow, story)
    for one in queries.quotes_of(uow, story):
        if found is None or not rules.stands_in(found, one.passage):
            uow.run(_DROP, which=one.id, of=story)

"""What care does when something happened elsewhere."""

from __future__ import annotations

from mashrabiya.care import commands
from mashrabiya.communities.events import CommunityClosed, PersonaLeft
from mashrabiya.discussions.events import PostDeleted, PostEdited
from mashrabiya.people.events import PersonaErased
from mashrabiya.platform.db import Write
from mashrabiya.platform.outbox import listens_to


@listens_to(PersonaErased)
def forget_concerned(uow: Write, event: PersonaErased) -> None:
    """A decision about a persona outlives it, and names it no more."""
    commands.forget_persona(uow, event.pid)
    commands.forget_among(uow, event.pid)


@listens_to(PersonaLeft)
def forget_taken(uow: Write, event: PersonaLeft) -> None:
    """Whoever leaves a community has nothing of its desk any more."""
    commands.let_go(uow, event.pid)


@listens_to(PostDeleted)
def forget_half_opened(uow: Write, event: PostDeleted) -> None:
    """What stood behind a deleted post is gone at once; what one of two made of it follows."""
    commands.forget_post(uow, event.post)


@listens_to(CommunityClosed)
def forget_desk(uow: Write, event: CommunityClosed) -> None:
    """A closed place has no desk: what waited for a second person there, and what its carers said, goes."""
    commands.forget_proposals(uow, event.cid)
    commands.forget_room(uow, event.cid)


@listens_to(PostEdited)
def forget_wordings(uow: Write, event: PostEdited) -> None:
    """Where a care team had asked for the change, what stood before is not kept for readers."""
    commands.forget_asked_wordings(uow, event.post)

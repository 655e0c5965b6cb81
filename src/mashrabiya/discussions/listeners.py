"""What follows here when something happens elsewhere."""

from __future__ import annotations

from mashrabiya.communities.events import CommunityEdited
from mashrabiya.discussions import commands
from mashrabiya.discussions.events import PictureGone
from mashrabiya.people.events import PersonaErased
from mashrabiya.platform.db import Write
from mashrabiya.platform.media import keeping
from mashrabiya.platform.outbox import listens_to


@listens_to(PersonaErased)
def forget_author(uow: Write, event: PersonaErased) -> None:
    """What a deleted persona wrote goes with it, or stays without a name, as its owner chose."""
    commands.forget_persona(uow, event.pid, remove=bool(event.remove_posts))


@listens_to(PersonaErased)
def forget_mentions(uow: Write, event: PersonaErased) -> None:
    """Where others mentioned a deleted persona, somebody stands who is not here now."""
    commands.forget_mentions(uow, event.pid)


@listens_to(PersonaErased)
def forget_planned(uow: Write, event: PersonaErased) -> None:
    """What a deleted persona meant to post is posted no more."""
    commands.forget_planned(uow, event.pid)


@listens_to(CommunityEdited)
def hold_threads(uow: Write, event: CommunityEdited) -> None:
    """A place that became narrower, or keeps its threads for less, does not open or keep old ones again."""
    commands.hold_community(uow, event.cid)


@listens_to(PictureGone)
def drop_picture(uow: Write, event: PictureGone) -> None:
    """The files of a picture go after its row. Were this undone, they would be gone all the same: no row names them."""
    keeping.drop(uow, event.name)

"""The index follows what happens to posts, to the library and to communities. Each may be run twice."""

from __future__ import annotations

from mashrabiya.communities.events import CommunityClosed, CommunityEdited, CommunityFounded
from mashrabiya.discussions.events import (
    PostDeleted,
    PostEdited,
    PostHelped,
    PostRestored,
    PostWithheld,
    PostWritten,
    ThreadDeleted,
    ThreadPlaced,
    ThreadSplit,
)
from mashrabiya.library.guides.events import GuideWorded
from mashrabiya.library.services.events import ServiceChanged
from mashrabiya.library.stories.events import StoryChanged
from mashrabiya.platform.db import Write
from mashrabiya.platform.outbox import listens_to
from mashrabiya.search import commands
from mashrabiya.search.events import ThreadLeft, ThreadMoved
from mashrabiya.search.types import Part


@listens_to(PostWritten)
def index_written(uow: Write, event: PostWritten) -> None:
    """It can be found."""
    commands.put(uow, event.post)


@listens_to(PostEdited)
def index_edited(uow: Write, event: PostEdited) -> None:
    """It is found by what it says now."""
    commands.put(uow, event.post)


@listens_to(PostRestored)
def index_restored(uow: Write, event: PostRestored) -> None:
    """It is found again."""
    commands.put(uow, event.post)


@listens_to(PostDeleted)
def forget_post(uow: Write, event: PostDeleted) -> None:
    """Nothing of its words stays."""
    commands.drop(uow, event.post)


@listens_to(PostWithheld)
def withhold(uow: Write, event: PostWithheld) -> None:
    """What was held back, hidden or removed is found by nobody."""
    commands.drop(uow, event.post)


@listens_to(ThreadDeleted)
def forget_thread(uow: Write, event: ThreadDeleted) -> None:
    """The same of a whole thread."""
    commands.drop_thread(uow, event.tid)


@listens_to(ThreadLeft)
def forget_more(uow: Write, event: ThreadLeft) -> None:
    """The next of it."""
    commands.drop_thread(uow, event.tid)


@listens_to(ThreadSplit)
def take_along(uow: Write, event: ThreadSplit) -> None:
    """Posts of which a thread was made are of that one now, and its opening has a title."""
    commands.take_along(uow, event.tid)


@listens_to(ThreadMoved)
def take_more_along(uow: Write, event: ThreadMoved) -> None:
    """The next of them."""
    commands.take_along(uow, event.tid, event.past)


@listens_to(ThreadPlaced)
def place_anew(uow: Write, event: ThreadPlaced) -> None:
    """Its posts are looked up where they stand now."""
    commands.take_along(uow, event.tid)


@listens_to(PostHelped)
def note_helped(uow: Write, event: PostHelped) -> None:
    """It is found among what helped somebody."""
    commands.note_helped(uow, event.post)


@listens_to(GuideWorded)
def index_guide(uow: Write, event: GuideWorded) -> None:
    """A guide is found by what it says now, in each language."""
    commands.put_leaf(uow, Part.GUIDES, event.guide)


@listens_to(ServiceChanged)
def index_service(uow: Write, event: ServiceChanged) -> None:
    """A service is found by its record, or no more."""
    commands.put_leaf(uow, Part.SERVICES, event.service)


@listens_to(StoryChanged)
def index_story(uow: Write, event: StoryChanged) -> None:
    """An experience is found by its words; nothing of it stays once it is gone."""
    commands.put_leaf(uow, Part.STORIES, event.story)


@listens_to(CommunityFounded)
def index_founded(uow: Write, event: CommunityFounded) -> None:
    """A community is found by its name and what it says of itself."""
    commands.put_leaf(uow, Part.COMMUNITIES, event.cid)


@listens_to(CommunityEdited)
def index_place(uow: Write, event: CommunityEdited) -> None:
    """It is found by what it says of itself now."""
    commands.put_leaf(uow, Part.COMMUNITIES, event.cid)


@listens_to(CommunityClosed)
def forget_place(uow: Write, event: CommunityClosed) -> None:
    """It is found no more."""
    commands.put_leaf(uow, Part.COMMUNITIES, event.cid)

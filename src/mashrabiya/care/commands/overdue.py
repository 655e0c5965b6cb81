"""What ends by itself: a hold on which nobody decided, a text that was removed long ago, content notes of an old decision."""

from __future__ import annotations

from mashrabiya.care import queries
from mashrabiya.care.tables import KEPT_DAYS
from mashrabiya.discussions import commands as discussions
from mashrabiya.library.stories import commands as stories
from mashrabiya.platform.db import Write


def let_held_show(uow: Write) -> int:
    """Show again what was held for as long as may be, and nobody has decided on; answers how many."""
    told = sum(stories.restore(uow, story) for story in queries.stories_held_too_long(uow))
    return told + sum(discussions.restore(uow, post) for post in queries.held_too_long(uow))


def let_texts_go(uow: Write) -> int:
    """Blank removed posts whose decision can be undone no longer, and let such experiences go; answers how many."""
    gone = queries.stories_overdue(uow)
    for story in gone:
        stories.drop(uow, story)
    return len(gone) + sum(discussions.blank(uow, post) for post in queries.overdue(uow))


def leave_notes(uow: Write) -> int:
    """Content notes whose decision goes now are left to whoever wrote the words; answers on how many."""
    told = queries.stories_noted_long_ago(uow, KEPT_DAYS)
    posts = queries.noted_long_ago(uow, KEPT_DAYS)
    left = sum(stories.leave_notes(uow, story, notes) for story, notes in told)
    return left + sum(discussions.leave_notes(uow, post, notes) for post, notes in posts)

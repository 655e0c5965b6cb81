"""Up to where she has read: told in lists and on a thread's page, and remembered after it was shown."""

from __future__ import annotations

from msgspec import structs

from mashrabiya.discussions.types import ThreadList, ThreadPage, ThreadRow
from mashrabiya.people import queries as people
from mashrabiya.people.commands.marks import Marks
from mashrabiya.people.queries.marks import Marked
from mashrabiya.platform.db import Read
from mashrabiya.platform.web import Ask


def with_new(request: Ask, db: Read, threads: ThreadList, read: Marked | None = None) -> ThreadList:
    """The list, and how much in each of its threads is new to her. ``read`` is what was asked for already."""
    viewer = request.viewer
    if not viewer.remembers or not threads.rows:
        return threads
    tids = [row.id for row in threads.rows]
    marked = people.marks_of(db, viewer, tids) if read is None else read
    marked = marked | _waiting(request).known(viewer, tids)
    if not marked:
        return threads
    return structs.replace(threads, rows=[_with_new(row, marked.get(row.id, 0)) for row in threads.rows])


def _with_new(row: ThreadRow, read: int) -> ThreadRow:
    return structs.replace(row, new=row.n - read) if 0 < read < row.n else row


def as_read(request: Ask, found: ThreadPage) -> ThreadPage:
    """The page with her place as it is now; what it shows is remembered as read from now on."""
    viewer = request.viewer
    if not viewer.remembers:
        return found
    marks, tid = _waiting(request), found.thread.id
    read = max(found.read, marks.known(viewer, [tid]).get(tid, 0))
    if found.seen > read:
        marks.move(viewer, tid, found.seen)
    return found if read == found.read else structs.replace(found, read=read)


def _waiting(request: Ask) -> Marks:
    marks: Marks = request.site.rooms["marks"]
    return marks

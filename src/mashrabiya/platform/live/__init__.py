"""Telling open pages that something is new, while they are open.

A stream is one answer that does not end. It carries that a topic (a thread, say) stands at a number now, and never
a word of what was written: the page asks for that as it asks for everything, and is shown what its reader may
see. So a stream needs no right but the one it was opened with, keeps addresses only, and nothing can be missed:
whoever comes back says the numbers she knows, and is told of those that are higher.

A stream never counts as use of its session, nor makes it longer. It ends within a second when the session
does, when it is locked, and when anybody is excluded anywhere; who may come back comes back by herself.
"""

from mashrabiya.platform.live.door import Live
from mashrabiya.platform.live.hub import Hub
from mashrabiya.platform.live.topics import Kind, Known

__all__ = ["Hub", "Kind", "Known", "Live"]

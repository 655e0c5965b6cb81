"""Following a thread, from its page or while writing in it by name."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from mashrabiya.discussions import commands
from mashrabiya.discussions.types import ID_SIZE, Placed
from mashrabiya.kernel.errors import Failure
from mashrabiya.kernel.ids import read_id, show_id
from mashrabiya.platform.web import Access, Ask, Response, Routes, see_other

routes = Routes()


@routes.post("/t/{tid:str}/f", access=Access.PERSONA, limit="settings")
def follow(request: Ask, tid: str) -> Response[bytes]:
    raw, on = read_id(tid, ID_SIZE), request.form.flag("on")
    with request.db.write() as uow:
        (commands.follow if on else commands.unfollow)(uow, request.viewer, raw)
    request.site.rooms["news"].followed(request.viewer, raw, on=on)
    return see_other(f"/t/{show_id(raw)}" if on else "/?only=following")


def followed_too(request: Ask, write: Callable[..., Placed]) -> Callable[..., Placed]:
    """Writes, and then follows the thread where that was ticked, in a transaction of its own.

    Never where it is written unnamed: the list lies with the persona, and its row, written in the same
    moment as the post, would show whose that is.
    """
    if not request.form.flag("follow") or request.form.flag("unnamed") or not request.viewer.speaks:
        return write

    def both(**how: Any) -> Placed:
        placed = write(**how)
        # It is posted: that it is not followed too, she sees on its page.
        with suppress(Failure), request.db.write() as uow:
            commands.follow(uow, request.viewer, placed.tid)
            request.site.rooms["news"].followed(request.viewer, placed.tid, on=True)
        return placed

    return both

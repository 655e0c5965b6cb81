"""Posts kept for later: for the person behind the persona in use alone."""

from msgspec import Struct

from mashrabiya.discussions import forms, queries
from mashrabiya.discussions.types import ID_SIZE, POST_ID_SIZE, Judged, KeptPost, ThreadFacts
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid, Refused
from mashrabiya.kernel.ids import read_id, show_id
from mashrabiya.people import commands
from mashrabiya.people import queries as people
from mashrabiya.people.commands.saved import Keeping
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other

routes = Routes()
_LIST = "/me/kept"
_AHEAD, _SAME = ("1", "7", "30", "90"), "same"


class _Shown(Struct, frozen=True):
    """What is kept, as the list shows it; ``post`` is none where it can no longer be read."""

    id: str
    post: KeptPost | None
    remark: str
    day: int
    again: int

    @property
    def is_due(self) -> bool:
        """Whether she wished to see it again, and it is time."""
        return 0 < self.again <= clock.day()

    @property
    def ahead(self) -> int:
        """In how many days she wishes to see it again."""
        return max(0, self.again - clock.day())


@routes.get("/me/kept", access=Access.PERSONA)
def kept(request: Ask) -> Response[bytes]:
    with request.db.read() as db:
        rows, early = people.kept_for_later(db, request.viewer)
        found = queries.posts_kept(db, request.viewer, [one.what for one in rows])
    keeping: Keeping = request.site.rooms["keeping"]
    keeping.put_off(early)
    shown = [
        _Shown(show_id(one.what), found.get(one.what), one.remark, one.day * clock.DAY, one.again)
        for one in rows
    ]
    shown.sort(key=lambda one: not one.is_due)
    return page(request, "discussions/kept.html", kept=shown)


@routes.post("/me/kept", access=Access.PERSONA, limit="settings")
def let_go(request: Ask) -> Response[bytes]:
    done = request.form.text("done")
    act, what = (commands.seen_again, done) if done else (commands.let_go, request.form.text("post"))
    with request.db.write() as uow:
        act(uow, request.viewer, read_id(what, POST_ID_SIZE))
    return see_other(_LIST)


@routes.get("/t/{tid:str}/k/{n:str}", access=Access.PERSONA)
def begin(request: Ask, tid: str, n: str) -> Response[bytes]:
    return _ask(request, *_post(request, tid, n))


@routes.post("/t/{tid:str}/k/{n:str}", access=Access.PERSONA, limit="settings")
def keep(request: Ask, tid: str, n: str) -> Response[bytes]:
    thread, post = _post(request, tid, n)
    remark = request.form.raw("remark")
    try:
        with request.db.write() as uow:
            commands.keep(uow, request.viewer, post.id, remark, again=_again(request))
    except Invalid as wrong:
        return _ask(request, thread, post, wrong.fields)
    except Refused as refusal:
        return _ask(request, thread, post, {"remark": refusal.why})
    return see_other(_LIST)


def _again(request: Ask) -> int | None:
    """In how many days she wishes to see it again; none for never, None as it was."""
    chosen = request.form.choice("again", (*_AHEAD, _SAME))
    return None if chosen == _SAME else int(chosen or 0)


def _post(request: Ask, tid: str, n: str) -> tuple[ThreadFacts, Judged]:
    with request.db.read() as db:
        return queries.get_shown(db, request.viewer, read_id(tid, ID_SIZE), forms.number(n))


def _ask(
    request: Ask, thread: ThreadFacts, post: Judged, wrong: dict[str, str] | None = None
) -> Response[bytes]:
    with request.db.read() as db:
        kept = queries.find_kept(db, request.viewer, post.id)
    return page(
        request,
        "discussions/keep.html",
        status=422 if wrong else 200,
        thread=thread,
        post=post,
        id=show_id(post.id),
        kept=kept is not None,
        remark=request.form.raw("remark") if wrong or kept is None else kept.remark,
        again=request.form.raw("again") if wrong else _SAME if kept and kept.again else "",
        ahead=max(0, kept.again - clock.day()) if kept and kept.again else 0,
        standing=bool(kept and kept.again),
        wrong=wrong or {},
    )

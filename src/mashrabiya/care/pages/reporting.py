"""Reporting: what is reported is shown first, and only to whoever may read it."""

from dataclasses import dataclass
from typing import Any

from mashrabiya.care import commands, forms, queries, rules
from mashrabiya.care.types.stories import JudgedStory
from mashrabiya.communities import queries as communities
from mashrabiya.communities.types import ID_SIZE as COMMUNITY_ID_SIZE
from mashrabiya.discussions import queries as discussions
from mashrabiya.discussions.types import ID_SIZE, Judged
from mashrabiya.kernel.errors import Invalid
from mashrabiya.kernel.ids import read_id
from mashrabiya.library.stories import queries as stories
from mashrabiya.library.stories.types import ID_SIZE as STORY_ID_SIZE
from mashrabiya.people import queries as people
from mashrabiya.platform import markdown
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other
from mashrabiya.safety.rules import HELPS, OFFERED
from mashrabiya.safety.types import Reason, Thing

routes = Routes()


@dataclass(frozen=True, slots=True)
class Reported:
    """What is about to be reported, and where that leads."""

    kind: Thing
    object: bytes
    place: bytes | None
    route: str
    back: str
    name: str = ""
    lang: str = ""
    post: Judged | None = None
    html: str = ""

    @property
    def is_persona(self) -> bool:
        return self.kind == Thing.PERSONA

    @property
    def is_post(self) -> bool:
        return self.kind == Thing.POST

    @property
    def is_written(self) -> bool:
        """Somebody's words, which are shown before they are reported."""
        return self.kind.is_written


@routes.get("/r/t/{tid:str}/{n:str}", access=Access.ACCOUNT)
def begin_post(request: Ask, tid: str, n: str) -> Response[bytes]:
    return _page(request, _post(request, tid, n))


@routes.post("/r/t/{tid:str}/{n:str}", access=Access.ACCOUNT, limit="report")
def report_post(request: Ask, tid: str, n: str) -> Response[bytes]:
    return _report(request, _post(request, tid, n))


@routes.get("/r/p/{pub:str}", access=Access.ACCOUNT)
def begin_persona(request: Ask, pub: str) -> Response[bytes]:
    return _page(request, _persona(request, pub))


@routes.post("/r/p/{pub:str}", access=Access.ACCOUNT, limit="report")
def report_persona(request: Ask, pub: str) -> Response[bytes]:
    return _report(request, _persona(request, pub))


@routes.get("/r/c/{cid:str}", access=Access.ACCOUNT)
def begin_community(request: Ask, cid: str) -> Response[bytes]:
    return _page(request, _community(request, cid))


@routes.post("/r/c/{cid:str}", access=Access.ACCOUNT, limit="report")
def report_community(request: Ask, cid: str) -> Response[bytes]:
    return _report(request, _community(request, cid))


@routes.get("/r/e/{story:str}", access=Access.ACCOUNT)
def begin_story(request: Ask, story: str) -> Response[bytes]:
    return _page(request, _story(request, story))


@routes.post("/r/e/{story:str}", access=Access.ACCOUNT, limit="report")
def report_story(request: Ask, story: str) -> Response[bytes]:
    return _report(request, _story(request, story))


def _post(request: Ask, tid: str, n: str) -> Reported:
    with request.db.read() as db:
        thread, post = discussions.get_shown(db, request.viewer, read_id(tid, ID_SIZE), forms.place(n))
        (html,) = discussions.drawn_texts(db, request.viewer, [markdown.render(post.whole)])
    return Reported(
        Thing.POST,
        post.id,
        thread.community.id,
        "/r/t/{tid:str}/{n:str}",
        post.address,
        lang=post.lang,
        post=post,
        html=html,
    )


def _persona(request: Ask, pub: str) -> Reported:
    acquainted = request.site.rooms.get("acquainted", people.strangers)
    with request.db.read() as db:
        found = people.persona_page(db, request.viewer, pub, acquainted=acquainted)
    # A persona stands in many places: the house's care team reads it.
    return Reported(Thing.PERSONA, found.id, None, "/r/p/{pub:str}", f"/p/{found.pub}", name=found.name)


def _story(request: Ask, story: str) -> Reported:
    with request.db.read() as db:
        found = stories.get_story(db, request.viewer, read_id(story, STORY_ID_SIZE))
    post, route = JudgedStory.of(found), "/r/e/{story:str}"
    # It stands in no community: the house's care team reads it.
    html = markdown.render(post.whole, links=False)
    return Reported(Thing.STORY, found.id, None, route, found.path, lang=found.lang, post=post, html=html)


def _community(request: Ask, cid: str) -> Reported:
    with request.db.read() as db:
        found = communities.get_community(db, request.viewer, read_id(cid, COMMUNITY_ID_SIZE))
    # Those who run it do not judge it.
    return Reported(Thing.COMMUNITY, found.id, None, "/r/c/{cid:str}", found.path, name=found.name)


def _page(
    request: Ask, thing: Reported, *, form: Any = None, wrong: dict[str, str] | None = None
) -> Response[bytes]:
    rules.may_report(request.viewer, thing.kind, thing.object, thing.post).or_raise()
    return page(
        request,
        "care/report.html",
        status=422 if wrong else 200,
        thing=thing,
        reasons=[{"number": int(reason), "key": reason.key} for reason in OFFERED],
        form=form or {},
        wrong=wrong or {},
    )


def _report(request: Ask, thing: Reported) -> Response[bytes]:
    rules.may_report(request.viewer, thing.kind, thing.object, thing.post).or_raise()
    new = forms.read_report(request.form, thing.kind, thing.object, thing.place)
    try:
        with request.db.write() as uow:
            commands.report(uow, request.viewer, request.keys, new)
    except Invalid as trouble:
        return _page(request, thing, form=request.form.typed, wrong=trouble.fields)
    reason = Reason(new.reason)
    situation = HELPS.get(reason)
    # Of what is called an outing only a post is hidden by a second report.
    second = "&p=1" if thing.is_written and reason == Reason.OUTING else ""
    return see_other(f"/r?h={situation}{second}" if situation else "/r")


@routes.get("/r", access=Access.ACCOUNT)
def reported(request: Ask) -> Response[bytes]:
    asked = request.query("h")
    reason = next((reason for reason, number in HELPS.items() if str(number) == asked), None)
    return page(
        request,
        "care/reported.html",
        help_key=f"{reason.key}_help" if reason else "",
        situation=asked,
        second=reason == Reason.OUTING and request.query("p") == "1",
    )


@routes.get("/me/r", access=Access.ACCOUNT)
def my_reports(request: Ask) -> Response[bytes]:
    """What became of what she reported, for herself alone."""
    with request.db.read() as db:
        found = queries.own_reports(db, request.viewer, request.keys)
    return page(request, "care/my_reports.html", found=found)

"""Doors to a copy of what is hers: asking, waiting, and the file, made while it is sent."""

from typing import Any

from litestar.response import Stream

from mashrabiya.home.copying import NAME, SEALED_NAME, Source, copy_file, sealed
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid, Refused
from mashrabiya.people import commands, queries
from mashrabiya.people.pages.again import unlock_again
from mashrabiya.people.rules import check_passphrase
from mashrabiya.people.types import CopyAsked, CopyOf
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other

routes = Routes()
_ZIP, _AGE = "application/zip", "application/octet-stream"
_CHOICES = {str(int(of)): of for of in CopyOf}


@routes.get("/me/copy", access=Access.PERSONA)
def copy(request: Ask) -> Response[bytes]:
    return _page(request)


@routes.post("/me/copy", access=Access.PERSONA, limit="settings")
def ask(request: Ask) -> Response[bytes]:
    of = _CHOICES[request.form.choice("of", list(_CHOICES), str(int(CopyOf.PERSONA)))]
    try:
        with request.db.write() as uow:
            commands.ask_copy(uow, request.viewer, of)
    except Refused as refusal:
        return _page(request, {"of": refusal.why}, status=403)
    return see_other("/me/copy")


@routes.post("/me/copy/no", access=Access.PERSONA, limit="settings")
def forget(request: Ask) -> Response[bytes]:
    with request.db.write() as uow:
        commands.forget_copy(uow, request.viewer)
    return see_other("/me/copy")


@routes.post("/me/copy/file", access=Access.PERSONA, limit="copy")
def make_file(request: Ask) -> Response[bytes]:
    form, asked = request.form, _asked(request)
    if asked is None or not asked.is_ready(clock.hour()):
        return _page(request, status=409)
    words = form.raw("new_pass")
    try:
        why = check_passphrase(words, form.text("name")) if words else None
        if why:
            raise Invalid({"new_pass": why})
        who = unlock_again(request)
        source = Source.of_her(request.site, request.viewer, asked.of, who.vault.band)
        return _sent(sealed(source, words), SEALED_NAME) if words else streamed(source)
    except Invalid as wrong:
        return _page(request, wrong.fields, status=422)


def streamed(source: Source) -> Response[bytes]:
    """The file, made while it is sent."""
    answer: Any = Stream(copy_file(source), media_type=_ZIP, status_code=200)
    return _named(answer, NAME)


def _sent(body: bytes, name: str) -> Response[bytes]:
    return _named(Response(content=body, media_type=_AGE, status_code=200), name)


def _named(answer: Response[bytes], name: str) -> Response[bytes]:
    answer.set_header("content-disposition", f'attachment; filename="{name}"')
    return answer


def _asked(request: Ask) -> CopyAsked | None:
    with request.db.read() as db:
        return queries.find_copy(db, request.viewer)


def _page(request: Ask, wrong: dict[str, str] | None = None, *, status: int = 200) -> Response[bytes]:
    asked = _asked(request)
    return page(
        request,
        "home/copy.html",
        status=status,
        wish=asked,
        hours=max(0, asked.ready - clock.hour()) if asked else 0,
        left=max(0, (asked.over - clock.hour()) // 24) if asked else 0,
        wait=queries.WAIT_HOURS,
        form=request.form.typed,
        wrong=wrong or {},
    )

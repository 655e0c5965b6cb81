"""Doors to what goes soon: a thread's author is told, and may keep her own words."""

from mashrabiya.discussions import queries as discussions
from mashrabiya.discussions.types import ID_SIZE, Fading
from mashrabiya.kernel.errors import Invalid, Refused
from mashrabiya.kernel.ids import read_id
from mashrabiya.people import commands as people
from mashrabiya.people.rules.notes import LONGEST
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other

routes = Routes()


@routes.get("/me/fading", access=Access.PERSONA)
def fading(request: Ask) -> Response[bytes]:
    return _list(request)


@routes.post("/me/fading/{tid:str}", access=Access.PERSONA, limit="settings")
def keep(request: Ask, tid: str) -> Response[bytes]:
    try:
        with request.db.write() as uow:
            found = discussions.get_fading(uow, request.viewer, read_id(tid, ID_SIZE))
            people.write_note(uow, request.viewer, _note(found))
    except Refused as refusal:
        return _list(request, why=refusal.why, status=403)
    except Invalid as wrong:
        return _list(request, why=next(iter(wrong.fields.values())), status=422)
    return see_other("/me/notes")


def _note(found: Fading) -> str:
    """Title and text; of the longest ones the text alone, which always fits."""
    return found.kept_text if len(found.kept_text) <= LONGEST else found.body


def _list(request: Ask, *, why: str = "", status: int = 200) -> Response[bytes]:
    with request.db.read() as db:
        threads = discussions.fading(db, request.viewer)
    return page(
        request, "home/fading.html", status=status, threads=threads, why=why, told_days=discussions.TOLD_DAYS
    )

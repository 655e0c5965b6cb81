"""The log of acts, as the care team reads it."""

from msgspec import Struct

from mashrabiya.care.commands.logged import PROPOSALS, UNDONE, parted
from mashrabiya.care.types import PAGE
from mashrabiya.platform import audit
from mashrabiya.platform.audit import Kept
from mashrabiya.platform.web import Access, Ask, Response, Routes, page

routes = Routes()
_NEWEST = (1 << 62) - 1
_DIGITS = 18


class Line(Struct, frozen=True):
    """An entry in words: what was done, to what kind of thing, in which roles and on which day.

    ``settings`` are names of settings as they stand in the software; ``detail`` is there while it is kept,
    and ``until`` with it, the day on which what was closed to somebody opens again.
    """

    n: int
    key: str
    what: list[str]
    settings: str
    roles: list[str]
    when: int
    detail: str
    until: str

    @classmethod
    def of(cls, kept: Kept) -> "Line":
        entry = kept.entry
        kind, _, act = entry.action.partition(":")
        key, settings = f"log.{kind}_{act}", ""
        what: list[str] = []
        if kind in PROPOSALS:
            key, what = f"log.{kind}", [f"together.joint_{act}"]
        elif kind == "decision" and entry.action != UNDONE:
            key = f"care.done_{act}"
        elif kind == "role":
            what = [f"role.{role}" for role in entry.rule.split(",")]
        elif entry.action == "house:changed":
            settings = entry.rule
        roles = [f"log.by_{role}" for role in entry.role.split("+")]
        detail, until = parted(kept.detail or "")
        return cls(entry.n, key, what, settings, roles, entry.when, detail, until)


@routes.get("/care/log", access=Access.CARE)
def log_of_acts(request: Ask) -> Response[bytes]:
    after = request.query("after")
    before = int(after) if after.isascii() and after.isdigit() and len(after) < _DIGITS else _NEWEST
    with request.db.read() as db:
        found = audit.entries(db, before=before, most=PAGE + 1)
        head = audit.public_head(db)
    rows = found[:PAGE]
    return page(
        request,
        "care/log.html",
        rows=[Line.of(one) for one in rows],
        after=str(rows[-1].entry.n) if len(found) > PAGE else "",
        head=head.head if head else "",
    )

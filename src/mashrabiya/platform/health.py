"""Whether this process can serve: for a proxy or a supervisor, without a word about anybody."""

import msgspec
from sqlalchemy import func, select

from mashrabiya.platform.db import Statement
from mashrabiya.platform.house import GENERATION
from mashrabiya.platform.web import Access, Ask, Response, Routes, answer_json
from mashrabiya.platform.web.routes import HEALTH

routes = Routes()

_ALIVE: Statement[None] = Statement(select(func.count()).select_from(GENERATION))


class Health(msgspec.Struct, frozen=True):
    """Whether the database answers."""

    ok: bool


@routes.api("GET", HEALTH, access=Access.ANYONE, gives=Health)
def health(request: Ask) -> Response[bytes]:
    """Answers {"ok": true} when the database answers."""
    with request.db.read() as db:
        return answer_json(request, Health(db.scalar(_ALIVE) is not None))

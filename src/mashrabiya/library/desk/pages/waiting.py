"""What was found wrong with a guide: read, answered."""

from mashrabiya.kernel.errors import Invalid
from mashrabiya.library.desk import commands, forms, queries, rules
from mashrabiya.library.desk.types import ANSWER_LIMIT
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other
from mashrabiya.safety.screening import Look, look_over

routes = Routes()
UNSEEN = Look()


@routes.get("/y/d/m/{wrong:str}", access=Access.PERSONA)
def found_wrong(request: Ask, wrong: str) -> Response[bytes]:
    return _page(request, wrong)


@routes.post("/y/d/m/{wrong:str}", access=Access.PERSONA, limit="decide")
def answer(request: Ask, wrong: str) -> Response[bytes]:
    look = look_over(request.form, "answer")
    if look.is_due:
        return _page(request, wrong, look=look)
    try:
        with request.db.write() as uow:
            commands.answer(uow, request.viewer, wrong, forms.words(request.form, "answer"))
    except Invalid as trouble:
        return _page(request, wrong, trouble)
    return see_other(f"/y/d/m/{wrong}")


def _page(
    request: Ask, shown: str, trouble: Invalid | None = None, *, look: Look = UNSEEN
) -> Response[bytes]:
    with request.db.read() as db:
        desk = queries.get_desk(db, request.viewer)
        report = queries.get_report(db, shown)
        answered = queries.find_answer(db, report)
        volume = queries.volume_of(db, report.guide)
        at_step = queries.place_of(db, volume, report)
    return page(
        request,
        "library/desk/wrong.html",
        status=422 if trouble or look.is_due else 200,
        report=report,
        at_step=at_step,
        kind=f"library.desk.wrong_{report.kind.code}",
        shown=shown,
        volume=volume,
        named=volume.titled(request.viewer.tongue.language),
        answered=answered,
        may=rules.may_put_out(desk).allowed,
        limit=ANSWER_LIMIT,
        look=look,
        form=request.form.typed | look.texts,
        wrong=trouble.fields if trouble else {},
    )

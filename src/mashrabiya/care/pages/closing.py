"""Closing the whole house to somebody, from what was reported: by two of the care team."""

from mashrabiya.care import commands, forms, queries, rules
from mashrabiya.care.types import DAYS, Joint
from mashrabiya.kernel.errors import Invalid
from mashrabiya.kernel.ids import read_id
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other

routes = Routes()

_ID_SIZE = 16


@routes.get("/care/{report:str}/x", access=Access.CARE)
def about_closing(request: Ask, report: str) -> Response[bytes]:
    return _page(request, read_id(report, _ID_SIZE))


@routes.post("/care/{report:str}/x", access=Access.CARE, limit="decide")
def close(request: Ask, report: str) -> Response[bytes]:
    """Be the first of two, or the second; or take back what one proposed."""
    raw, viewer, keys = read_id(report, _ID_SIZE), request.viewer, request.keys
    new = forms.read_closing(request.form, agreed(request))
    try:
        with request.db.write() as uow:
            if request.form.text("wish") == "withdraw":
                commands.withdraw(uow, viewer, new.proposal)
            elif new.proposal:
                commands.agree_to_closing(uow, viewer, raw, new, keys=keys)
            else:
                commands.propose_closing(uow, viewer, raw, new, keys=keys)
    except Invalid as trouble:
        return _page(request, raw, trouble)
    request.site.held.refresh()
    return see_other("/care" if new.proposal else f"/care/{report}/x")


def agreed(request: Ask) -> list[str]:
    """What the house agreed on, in the reader's language if it stands in that."""
    said = request.house.agreements
    text = said.get(request.viewer.tongue.language) or next(iter(said.values()), "")
    return [line.strip() for line in text.splitlines() if line.strip()]


def _page(request: Ask, report: bytes, trouble: Invalid | None = None) -> Response[bytes]:
    viewer = request.viewer
    with request.db.read() as db:
        rules.may_close(viewer).or_raise()
        case = queries.get_case(db, viewer, report)
        rules.may_close_for(case).or_raise()
        waiting = queries.find_proposal(db, Joint.CLOSE, case.object)
    return page(
        request,
        "care/closing.html",
        status=422 if trouble else 200,
        case=case,
        there=case.meets_somebody,
        waiting=waiting,
        proposed=commands.read_closing(waiting) if waiting else None,
        own=waiting is not None and waiting.pid in viewer.siblings,
        agreed=agreed(request),
        days=DAYS,
        form=request.form.typed,
        wrong=trouble.fields if trouble else {},
    )

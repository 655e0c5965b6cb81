"""Taking a case, giving it back, handing it over; notes among carers."""

from mashrabiya.care import commands, forms
from mashrabiya.care.pages.desk import show_case
from mashrabiya.kernel.errors import Invalid
from mashrabiya.kernel.ids import read_id
from mashrabiya.platform.web import Access, Ask, Response, Routes, see_other

routes = Routes()

_ID_SIZE = 16


@routes.post("/care/{report:str}/k", access=Access.ACCOUNT, limit="decide")
def take_or_leave(request: Ask, report: str) -> Response[bytes]:
    """Have it, have it no more, or ask for somebody else with a line of why."""
    raw, viewer, wish = read_id(report, _ID_SIZE), request.viewer, request.form.text("wish")
    try:
        with request.db.write() as uow:
            if wish == "hand":
                why = forms.read_why(request.form)
                shared = request.form.flag("shared")
                case = commands.hand_over(uow, viewer, request.keys, raw, why=why, shared=shared)
            elif wish == "give":
                case = commands.give_back(uow, viewer, raw)
            else:
                case = commands.take(uow, viewer, raw)
    except Invalid as trouble:
        return show_case(request, raw, trouble)
    return see_other(f"{case.path}#taken" if wish != "hand" else case.place.path)


@routes.post("/care/{report:str}/n", access=Access.ACCOUNT, limit="decide")
def write_among(request: Ask, report: str) -> Response[bytes]:
    raw, gone = read_id(report, _ID_SIZE), forms.number(request.form.text("gone"))
    if gone:
        with request.db.write() as uow:
            case = commands.unwrite_aside(uow, request.viewer, raw, gone)
        return see_other(f"{case.path}#among")
    new = forms.read_aside(request.form)
    try:
        with request.db.write() as uow:
            case = commands.write_aside(uow, request.viewer, request.keys, raw, new=new)
    except Invalid as trouble:
        return show_case(request, raw, trouble)
    return see_other(f"{case.path}#among")

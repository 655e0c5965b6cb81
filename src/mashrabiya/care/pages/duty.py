"""How desks are for oneself: text only, hours of duty, a break. Open to whoever is signed in, so that it tells nothing."""

from __future__ import annotations

from mashrabiya.care import forms, queries, rules
from mashrabiya.care.types import RESTS, Case, Duty, Watch
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid
from mashrabiya.people import flows
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other

routes = Routes()
_DAYS = (
    "duty.day_0",
    "duty.day_1",
    "duty.day_2",
    "duty.day_3",
    "duty.day_4",
    "duty.day_5",
    "duty.day_6",
)
_HOURS = (("begins", "duty.begins"), ("ends", "duty.ends"))
USUAL = {"begins": "8", "ends": "20"}
HERE, REST = "/me/desk", "/me/desk/rest"


@routes.get(HERE, access=Access.ACCOUNT)
def begin(request: Ask) -> Response[bytes]:
    return _page(request)


@routes.post(HERE, access=Access.ACCOUNT, limit="settings")
def choose(request: Ask) -> Response[bytes]:
    try:
        duty = forms.read_duty(request.form)
    except Invalid as wrong:
        return _page(request, wrong)
    flows.alter_preferences(request.site, request.visit.cookie, desk=duty.kept)
    return see_other(f"{HERE}?saved=1")


@routes.post(REST, access=Access.ACCOUNT, limit="settings")
def rest(request: Ask) -> Response[bytes]:
    try:
        hours = forms.read_rest(request.form)
    except Invalid as wrong:
        return _page(request, wrong)
    # To the nearest hour: only hours are kept.
    until = int(clock.now() / clock.HOUR + hours + 0.5) if hours else 0
    flows.alter_preferences(request.site, request.visit.cookie, rest_until=until)
    return see_other(f"{HERE}?{'rest' if hours else 'saved'}=1")


def watch(request: Ask, opened: Case | None = None) -> Watch:
    """How it is with her at the desks now; what she has just opened counts, where it is hard."""
    viewer, counted, hour = request.viewer, request.site.rooms["exposure"], clock.hour()
    if opened and opened.is_reported and opened.reason in rules.HARD:
        counted.note(viewer, opened.object)
    duty = Duty.read(viewer.desk)
    return Watch(
        duty,
        hard=counted.count(viewer),
        rest=rules.rests(viewer.rest_until, hour),
        off=rules.off_for(duty, viewer.rest_until, hour),
    )


def off_duty(request: Ask, cid: bytes, now: Watch) -> Response[bytes]:
    """What a desk shows whoever is off duty, in place of what waits there; to everybody else it is not there."""
    with request.db.read() as db:
        place = queries.get_place(db, request.viewer, cid)
    return page(request, "care/off.html", place=place, watch=now)


def _page(request: Ask, wrong: Invalid | None = None) -> Response[bytes]:
    now = watch(request)
    typed = request.form.typed
    chosen = {f"day_{day}" for day in range(7) if (f"day_{day}" in typed if wrong else now.duty.has(day))}
    return page(
        request,
        "care/duty.html",
        status=422 if wrong else 200,
        watch=now,
        chosen=chosen,
        days=[(f"day_{number}", name) for number, name in enumerate(_DAYS)],
        hours=_HOURS,
        form=USUAL | typed if wrong else _as_kept(now.duty),
        rests=RESTS,
        wrong=wrong.fields if wrong else {},
        saved=bool(request.query("saved")),
        resting=bool(request.query("rest")) and now.rest > 0,
    )


def _as_kept(duty: Duty) -> dict[str, str]:
    """The form as she saved it; whoever chose no hours finds usual ones."""
    flags = {"plain": duty.plain, "no_keys": duty.no_keys}
    hours = {"begins": str(duty.begins), "ends": str(duty.ends)} if duty.days else USUAL
    return {name: "1" for name, on in flags.items() if on} | hours

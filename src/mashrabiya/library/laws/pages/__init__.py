"""Doors of country pages: the list, a country, where it comes from, and what is wrong in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid
from mashrabiya.kernel.ids import read_id
from mashrabiya.library.laws import commands, forms, queries, rules
from mashrabiya.library.laws.listing import listed
from mashrabiya.library.laws.pages import beyond
from mashrabiya.library.laws.rules.penalties import punishments
from mashrabiya.library.laws.types import TOPICS, WHOLE, Fact, Known, Note
from mashrabiya.library.laws.types.records import ID_SIZE
from mashrabiya.platform.sought import opened
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other
from mashrabiya.safety.commands import RULEBOOK
from mashrabiya.safety.matching.watch import Watch
from mashrabiya.safety.screening import SHOWN, Look, look_over

routes = Routes()
UNSEEN = Look()
_COUNTRY = "/y/w/{country:str}"


@routes.get("/y/w", access=Access.ANYONE)
def list_countries(request: Ask) -> Response[bytes]:
    typed, risk = request.query("q"), request.query("r") == "1"
    words = typed or opened(request.keys, request.query("k"))
    with request.db.read() as db:
        sheet = listed(request, queries.standings(db), words, risk=risk)
    return page(
        request,
        "library/laws/list.html",
        listed=sheet.html,
        words=words,
        risk=risk,
        other=forms.address(request.keys, words, risk=not risk),
        known=sheet.known,
        front=_has_front(request),
        edits=rules.may_edit(request.viewer).allowed,
    )


@routes.post("/y/w", access=Access.ANYONE, limit="search", tokenless=True)
def look_for_country(request: Ask) -> Response[bytes]:
    return see_other(forms.address(request.keys, request.form.text("q"), risk=request.form.flag("tick_risk")))


@routes.get("/y/w/d", access=Access.PERSONA)
def desk(request: Ask) -> Response[bytes]:
    rules.may_edit(request.viewer).or_raise()
    language = request.viewer.tongue.language
    with request.db.read() as db:
        everything = queries.everything(db)
        told = queries.mistakes(db, request.viewer)
    own = {one.code: one.name for one in everything}
    return page(
        request,
        "library/laws/desk.html",
        due=[one for known in everything for one in _due(request, known)],
        told=[
            (one, _name(language, one.code, own), _topic_key(one.topic), _shown(request, one.code))
            for one in told
        ],
        known=sum(bool(one.cells) for one in everything),
        dataset=f"{commands.DATASET} · {commands.LICENCE} · {commands.PLACE}",
        imported=max((clock.date(one.day) for one in everything if one.day), key=_by_day, default=None),
    )


@routes.post("/y/w/d/{mistake:str}", access=Access.PERSONA, limit="settings")
def settle(request: Ask, mistake: str) -> Response[bytes]:
    with request.db.write() as uow:
        commands.settle_mistake(uow, request.viewer, read_id(mistake, ID_SIZE))
    return see_other("/y/w/d")


@routes.get(_COUNTRY, access=Access.ANYONE)
def show_country(request: Ask, country: str) -> Response[bytes]:
    code, rooms = queries.code_at(request.keys, country), request.site.rooms
    with request.db.read() as db:
        known = queries.country(db, code)
        helpers = ask(db, request.viewer, code) if (ask := rooms.get("services_for")) else ()
        told_there = ask(db, request, code) if (ask := rooms.get("stories_told")) else ""
    found = rules.facts(known.cells, known.notes, clock.day())
    return page(
        request,
        "library/laws/country.html",
        **_head(request, known, country),
        groups=[(f"library.laws.group.{group}", facts) for group, facts in rules.grouped(found)],
        level=rules.level(found),
        head=rules.level(found).head,
        anything=bool(known.cells or known.notes),
        whole=known.notes.get(WHOLE),
        helpers=helpers,
        all_helpers=rooms["services_at"](request.keys, code) if helpers and "services_at" in rooms else "",
        told_there=told_there,
        guides=beyond.guides(request),
        family=beyond.family(request, code),
        punished=[one for fact in found if fact.penalty for one in punishments(fact.penalty)],
        front=_has_front(request),
    )


@routes.get(_COUNTRY + "/q", access=Access.ANYONE)
def show_origin(request: Ask, country: str) -> Response[bytes]:
    code = queries.code_at(request.keys, country)
    with request.db.read() as db:
        origin = queries.origin(db, code)
    return page(
        request,
        "library/laws/origin.html",
        shown=country,
        name=queries.name_in(request.viewer.tongue.language, code, origin.name),
        origin=origin,
        topics=[(topic.key, rows) for topic in TOPICS if (rows := origin.rows.get(topic.id))],
    )


@routes.get(_COUNTRY + "/m", access=Access.ACCOUNT)
def begin_mistake(request: Ask, country: str) -> Response[bytes]:
    return _mistake(request, country, form={"which": request.query("t")})


@routes.post(_COUNTRY + "/m", access=Access.ACCOUNT, limit="report")
def tell_mistake(request: Ask, country: str) -> Response[bytes]:
    code = queries.code_at(request.keys, country)
    look = _look(request, "text")
    try:
        topic, text = forms.read_mistake(request.form)
        if look.is_due:
            return _mistake(request, country, form=request.form.typed, look=look)
        with request.db.write() as uow:
            commands.tell_mistake(
                uow, request.viewer, code, text, topic=topic, submission=request.form.submission
            )
    except Invalid as wrong:
        return _mistake(request, country, form=request.form.typed, look=look, wrong=wrong.fields)
    return see_other(f"/y/w/{country}?told=1")


@routes.get(_COUNTRY + "/d", access=Access.PERSONA)
def edit_country(request: Ask, country: str) -> Response[bytes]:
    rules.may_edit(request.viewer).or_raise()
    known = _known(request, country)
    return page(
        request,
        "library/laws/edit.html",
        **_head(request, known, country),
        facts=rules.facts(known.cells, known.notes, clock.day()),
        whole=known.notes.get(WHOLE),
    )


@routes.get(_COUNTRY + "/d/{n:str}", access=Access.PERSONA)
def begin_note(request: Ask, country: str, n: str) -> Response[bytes]:
    rules.may_edit(request.viewer).or_raise()
    known = _known(request, country)
    return _note(request, country, known, n, form=forms.as_typed(known.notes.get(forms.topic_at(n), Note())))


@routes.post(_COUNTRY + "/d/{n:str}", access=Access.PERSONA, limit="settings")
def write_note(request: Ask, country: str, n: str) -> Response[bytes]:
    rules.may_edit(request.viewer).or_raise()
    code, name = queries.code_at(request.keys, country), forms.topic_at(n)
    look = _look(request, "ar", "en", "foreign_ar", "foreign_en")
    try:
        if look.is_due:
            return _note(request, country, _known(request, country), n, form=request.form.typed, look=look)
        with request.db.write() as uow:
            commands.write_note(uow, request.viewer, code, forms.read_note(request.form), name=name)
    except Invalid as wrong:
        known = _known(request, country)
        return _note(request, country, known, n, form=request.form.typed, look=look, wrong=wrong.fields)
    return see_other(f"/y/w/{country}/d#t{forms.number_of(name)}")


def _known(request: Ask, country: str) -> Known:
    with request.db.read() as db:
        return queries.country(db, queries.code_at(request.keys, country))


def _head(request: Ask, known: Known, country: str) -> dict[str, Any]:
    """What every page of a country says of it."""
    return {
        "shown": country,
        "name": queries.name_in(request.viewer.tongue.language, known.code, known.name),
        "made_up": known.made_up,
        "dataset": known.dataset,
        "licence": known.licence,
        "edits": rules.may_edit(request.viewer).allowed,
        "told": request.query("told") == "1",
    }


def _note(
    request: Ask,
    country: str,
    known: Known,
    n: str,
    *,
    form: dict[str, Any],
    look: Look = UNSEEN,
    wrong: dict[str, str] | None = None,
) -> Response[bytes]:
    name = forms.topic_at(n)
    facts = rules.facts(known.cells, known.notes, clock.day())
    fact = next((one for one in facts if one.topic.id == name), None)
    stands = rules.print_of(known.notes.get(name, Note()))
    return page(
        request,
        "library/laws/note.html",
        status=422 if wrong or look.is_due else 200,
        **_head(request, known, country),
        n=n,
        fact=fact,
        imported=known.cells[name].value if name in known.cells else "",
        # Where it says what stands now, it is meant when it is sent again.
        form=form | look.texts | ({"tick_seen": stands} if wrong else {}),
        values=[(value, f"library.laws.value.{value}") for value in fact.topic.values] if fact else [],
        look=look,
        wrong=wrong or {},
    )


def _mistake(
    request: Ask,
    country: str,
    *,
    form: dict[str, Any],
    look: Look = UNSEEN,
    wrong: dict[str, str] | None = None,
) -> Response[bytes]:
    return page(
        request,
        "library/laws/mistake.html",
        status=422 if wrong or look.is_due else 200,
        **_head(request, _known(request, country), country),
        form=form | look.texts,
        topics=[(topic.number, topic.key) for topic in TOPICS],
        submission=request.form.submission,
        look=look,
        wrong=wrong or {},
    )


def _look(request: Ask, *names: str) -> Look:
    return look_over(request.form, *names, watch=Watch(request.site.held[RULEBOOK], request.form.raw(SHOWN)))


def _due(request: Ask, known: Known) -> Sequence[tuple[Fact, str, str]]:
    """Notes of a country that somebody should look at."""
    facts = rules.facts(known.cells, known.notes, clock.day())
    name = queries.name_in(request.viewer.tongue.language, known.code, known.name)
    return [(fact, name, _shown(request, known.code)) for fact in facts if fact.due]


def _has_front(request: Ask) -> bool:
    """Whether the library has a first page to go back to."""
    return any(route.path == "/y" for route in request.site.routes)


def _shown(request: Ask, code: str) -> str:
    return queries.address_of(request.keys, code)


def _name(language: str, code: str, own: dict[str, str]) -> str:
    return queries.name_in(language, code, own.get(code, ""))


def _topic_key(topic: str) -> str:
    return f"library.laws.topic.{topic}"


def _by_day(date: clock.Date) -> tuple[int, int, int]:
    return date.year, date.month, date.day

"""Doors of the glossary: reading it and looking up a word for everybody, changing it for its editors."""

from typing import Any
from urllib.parse import quote

from msgspec.structs import replace

from mashrabiya.communities import queries as communities
from mashrabiya.communities.rules import may
from mashrabiya.communities.types import Power
from mashrabiya.kernel.errors import Conflict, Invalid, NotFound
from mashrabiya.kernel.ids import read_id
from mashrabiya.library.terms import commands, forms, queries, rules
from mashrabiya.library.terms.glossary import Glossary
from mashrabiya.library.terms.types import ID_SIZE, SUBJECTS, TONGUES, Concept, Entry, Subject, Use
from mashrabiya.platform.sought import SEARCH_LIMIT, opened, sealed
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other

routes = Routes()
GLOSSARY = "/y/v"
ONE = "/y/v/{concept:str}"
EDITORS = Access.HOST
"""Whose the editors' doors are; the rule behind them is ``may_edit``."""
_NOTHING: dict[str, str] = {}


@routes.get(GLOSSARY, access=Access.ANYONE)
def glossary(request: Ask) -> Response[bytes]:
    known, language = _known(request), request.viewer.tongue.language
    typed = request.query("q")[:SEARCH_LIMIT] or opened(request.keys, request.query("k"))
    answer = known.look_up(typed) if typed else None
    letters, letter = known.by_letter(language), request.query("l")
    subjects, subject = known.by_subject(language), forms.subject(request.query("t"))
    listed = dict(letters).get(letter) if letter else dict(subjects).get(subject)
    editor = rules.may_edit(request.viewer).allowed
    return page(
        request,
        "library/terms/list.html",
        typed=typed,
        answer=answer,
        matches=[(Entry.of(one.concept, language), one.word) for one in answer.matches] if answer else [],
        entries=[] if answer else [Entry.of(one, language) for one in listed or ()],
        letters=[(one, f"{GLOSSARY}?l={quote(one)}") for one, _ in letters],
        letter=letter,
        subjects=[(SUBJECTS.index(one) + 1, Subject(one).key, one == subject) for one, _ in subjects],
        editor=editor,
        hidden=[Entry.of(one, language) for one in known.all.values() if one.hidden] if editor else [],
    )


@routes.post(GLOSSARY, access=Access.ANYONE, limit="search", tokenless=True)
def look_up(request: Ask) -> Response[bytes]:
    typed = request.form.text("q")
    return see_other(f"{GLOSSARY}?k={sealed(request.keys, typed)}" if typed else GLOSSARY)


@routes.get(f"{GLOSSARY}/new", access=EDITORS)
def begin_concept(request: Ask) -> Response[bytes]:
    rules.may_edit(request.viewer).or_raise()
    return _new(request)


@routes.post(f"{GLOSSARY}/new", access=EDITORS, limit="settings")
def add_concept(request: Ask) -> Response[bytes]:
    try:
        with request.db.write() as uow:
            which = commands.add(
                uow, request.viewer, forms.read_concept(request.form), request.form.submission
            )
            shown = queries.get_concept(uow, request.viewer, which).path
    except Invalid as wrong:
        return _new(request, wrong.fields)
    return _changed(request, shown)


@routes.get(ONE, access=Access.ANYONE)
def one_concept(request: Ask, concept: str) -> Response[bytes]:
    known, language = _known(request), request.viewer.tongue.language
    found, editor = known.all.get(read_id(concept, ID_SIZE)), rules.may_edit(request.viewer).allowed
    if found is None or (found.hidden and not editor):
        raise NotFound
    return page(
        request,
        "library/terms/concept.html",
        entry=Entry.of(found, language),
        concept=found,
        related=[Entry.of(one, language) for one in known.beside(found)],
        editor=editor,
        leads=_guide(request, found.body.guide),
    )


def _guide(request: Ask, slug: str) -> Any:
    """The guide that says more, from the room that knows guides: its address, title and language."""
    named = request.site.rooms.get("guide_named")
    return named(request, slug) if named is not None and slug else None


@routes.get(f"{ONE}/edit", access=EDITORS)
def begin_change(request: Ask, concept: str) -> Response[bytes]:
    return _edit(request, concept)


@routes.post(f"{ONE}/edit", access=EDITORS, limit="settings")
def change_concept(request: Ask, concept: str) -> Response[bytes]:
    which, seen = read_id(concept, ID_SIZE), forms.whole(request.form.text("seen"))
    try:
        with request.db.write() as uow:
            before = queries.get_concept(uow, request.viewer, which)
            commands.change(
                uow, request.viewer, which, forms.read_concept(request.form, before.body), seen=seen
            )
    except Invalid as wrong:
        return _edit(request, concept, wrong.fields)
    except Conflict as meanwhile:
        return _edit(request, concept, {"seen": meanwhile.why})
    return _changed(request, f"{GLOSSARY}/{concept}")


@routes.post(f"{ONE}/hide", access=EDITORS, limit="settings")
def hide_concept(request: Ask, concept: str) -> Response[bytes]:
    with request.db.write() as uow:
        commands.hide(uow, request.viewer, read_id(concept, ID_SIZE), on=request.form.flag("hidden"))
    return _changed(request, f"{GLOSSARY}/{concept}")


@routes.get(f"{ONE}/w/{{n:str}}", access=EDITORS)
def begin_word(request: Ask, concept: str, n: str) -> Response[bytes]:
    return _word(request, concept, n)


@routes.post(f"{ONE}/w/{{n:str}}", access=EDITORS, limit="settings")
def put_word(request: Ask, concept: str, n: str) -> Response[bytes]:
    which, at, seen = read_id(concept, ID_SIZE), forms.place_of(n), forms.whole(request.form.text("seen"))
    word = forms.read_word(request.form)
    try:
        with request.db.write() as uow:
            commands.put_word(uow, request.viewer, which, word, at=at, seen=seen)
    except Invalid as wrong:
        return _word(request, concept, n, {"text": next(iter(wrong.fields.values()))})
    except Conflict as meanwhile:
        return _word(request, concept, n, {"seen": meanwhile.why})
    return _changed(request, f"{GLOSSARY}/{concept}/edit")


@routes.post(f"{ONE}/w/{{n:str}}/d", access=EDITORS, limit="settings")
def drop_word(request: Ask, concept: str, n: str) -> Response[bytes]:
    which, at, seen = read_id(concept, ID_SIZE), forms.place_of(n), forms.whole(request.form.text("seen"))
    try:
        with request.db.write() as uow:
            commands.drop_word(uow, request.viewer, which, at=at, seen=seen)
    except Invalid as wrong:
        return _edit(request, concept, wrong.fields)
    except Conflict as meanwhile:
        return _edit(request, concept, {"seen": meanwhile.why})
    return _changed(request, f"{GLOSSARY}/{concept}/edit")


@routes.get(f"{ONE}/old", access=EDITORS)
def earlier(request: Ask, concept: str) -> Response[bytes]:
    return _earlier(request, concept)


@routes.post(f"{ONE}/old", access=EDITORS, limit="settings")
def bring_back(request: Ask, concept: str) -> Response[bytes]:
    which, form = read_id(concept, ID_SIZE), request.form
    v, seen = forms.whole(form.text("v")), forms.whole(form.text("seen"))
    try:
        with request.db.write() as uow:
            commands.bring_back(uow, request.viewer, which, v=v, seen=seen)
    except Conflict as meanwhile:
        return _earlier(request, concept, {"seen": meanwhile.why})
    return _changed(request, f"{GLOSSARY}/{concept}")


@routes.get("/c/{cid:str}/edit/words/told", access=Access.PERSONA)
def begin_rest(request: Ask, cid: str) -> Response[bytes]:
    with request.db.read() as db:
        community = communities.get_community(db, request.viewer, read_id(cid, ID_SIZE))
    may(request.viewer, community, Power.SHAPE).or_raise()
    return page(
        request, "library/terms/place.html", community=community, rests=community.id in _known(request).rests
    )


@routes.post("/c/{cid:str}/edit/words/told", access=Access.PERSONA, limit="settings")
def rest(request: Ask, cid: str) -> Response[bytes]:
    with request.db.write() as uow:
        commands.rest(uow, request.viewer, read_id(cid, ID_SIZE), on=not request.form.flag("told"))
    return _changed(request, f"/c/{cid}")


def _known(request: Ask) -> Glossary:
    known: Glossary = request.site.held[queries.HELD]
    return known


def _changed(request: Ask, onward: str) -> Response[bytes]:
    """Her next page shows it already."""
    request.site.held.refresh()
    return see_other(onward)


def _new(request: Ask, wrong: dict[str, str] | None = None) -> Response[bytes]:
    return page(
        request,
        "library/terms/new.html",
        status=422 if wrong else 200,
        form=request.form.typed,
        submission=request.form.submission,
        wrong=wrong or _NOTHING,
        subjects=_SUBJECTS,
    )


def _edit(request: Ask, concept: str, wrong: dict[str, str] | None = None) -> Response[bytes]:
    found = _editable(request, concept)
    return page(
        request,
        "library/terms/edit.html",
        status=422 if wrong else 200,
        concept=found,
        words=list(enumerate(found.body.words)),
        form=forms.concept_typed(found) | (request.form.typed if wrong else {}),
        wrong=wrong or _NOTHING,
        subjects=_SUBJECTS,
    )


def _word(request: Ask, concept: str, n: str, wrong: dict[str, str] | None = None) -> Response[bytes]:
    found, at = _editable(request, concept), forms.place_of(n)
    word = found.body.words[at] if at < len(found.body.words) else None
    return page(
        request,
        "library/terms/word.html",
        status=422 if wrong else 200,
        concept=found,
        at=min(at, len(found.body.words)),
        word=word,
        form=forms.word_typed(word, found) | (request.form.typed if wrong else {}),
        wrong=wrong or _NOTHING,
        uses=[(use.code, use.key) for use in Use],
        tongues=TONGUES,
    )


def _earlier(request: Ask, concept: str, wrong: dict[str, str] | None = None) -> Response[bytes]:
    with request.db.read() as db:
        found = queries.get_concept(db, request.viewer, read_id(concept, ID_SIZE))
        kept = queries.versions(db, request.viewer, found.id)
    language = request.viewer.tongue.language
    return page(
        request,
        "library/terms/earlier.html",
        status=422 if wrong else 200,
        concept=found,
        kept=[(one, Entry.of(replace(found, body=one.body), language)) for one in kept],
        wrong=wrong or _NOTHING,
    )


def _editable(request: Ask, concept: str) -> Concept:
    with request.db.read() as db:
        return queries.get_concept(db, request.viewer, read_id(concept, ID_SIZE))


_SUBJECTS = [(one.value, one.key) for one in Subject]

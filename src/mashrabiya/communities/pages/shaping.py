"""The smaller settings of a place, each on a page of its own; and what whoever joins reads first."""

from collections.abc import Sequence

from mashrabiya.communities import commands, queries, rules
from mashrabiya.communities.forms import shaping as forms
from mashrabiya.communities.types import ID_SIZE, CommunityFacts, Power
from mashrabiya.communities.types.words import DOORS_OFFERED, SLOW_CHOICES, PlaceWords
from mashrabiya.kernel.errors import Invalid
from mashrabiya.kernel.ids import read_id
from mashrabiya.platform import markdown
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other
from mashrabiya.safety.commands import RULEBOOK
from mashrabiya.safety.matching.watch import Watch
from mashrabiya.safety.screening import SHOWN, Look, look_over

routes = Routes()
UNSEEN = Look()


@routes.get("/c/{cid:str}/w", access=Access.PERSONA)
def welcome(request: Ask, cid: str) -> Response[bytes]:
    with request.db.read() as db:
        community, words = queries.get_words(db, request.viewer, read_id(cid, ID_SIZE))
    rules.may_be_welcomed(community).or_raise()
    html = markdown.render(words.welcome, links=True) if words.welcome else ""
    return page(request, "communities/welcome.html", community=community, html=html)


@routes.get("/c/{cid:str}/edit/names", access=Access.PERSONA)
def begin_names(request: Ask, cid: str) -> Response[bytes]:
    return _names(request, cid)


@routes.post("/c/{cid:str}/edit/names", access=Access.PERSONA, limit="settings")
def names(request: Ask, cid: str) -> Response[bytes]:
    community, words = _own(request, cid, Power.TRANSLATE)
    new, look = forms.read_other(request.form, _languages(request, words)), _look(request, "other_about")
    try:
        if look.is_due:
            return _names(request, cid, look=look)
        with request.db.write() as uow:
            commands.change_other(uow, request.viewer, read_id(cid, ID_SIZE), new)
    except Invalid as wrong:
        return _names(request, cid, wrong, look=look)
    return see_other(_back(community))


@routes.get("/c/{cid:str}/edit/ways", access=Access.PERSONA)
def begin_ways(request: Ask, cid: str) -> Response[bytes]:
    return _ways(request, cid)


@routes.post("/c/{cid:str}/edit/ways", access=Access.PERSONA, limit="settings")
def ways(request: Ask, cid: str) -> Response[bytes]:
    new, look = forms.read_receiving(request.form), _look(request, "welcome")
    try:
        if look.is_due:
            return _ways(request, cid, look=look)
        with request.db.write() as uow:
            commands.change_receiving(uow, request.viewer, read_id(cid, ID_SIZE), new)
    except Invalid as wrong:
        return _ways(request, cid, wrong, look=look)
    return see_other(f"/c/{cid}/edit")


@routes.get("/c/{cid:str}/edit/door", access=Access.PERSONA)
def begin_door(request: Ask, cid: str) -> Response[bytes]:
    return _door(request, cid)


@routes.post("/c/{cid:str}/edit/door", access=Access.PERSONA, limit="settings")
def door(request: Ask, cid: str) -> Response[bytes]:
    try:
        with request.db.write() as uow:
            commands.choose_door(uow, request.viewer, read_id(cid, ID_SIZE), forms.read_seed(request.form))
    except Invalid as wrong:
        return _door(request, cid, wrong)
    return see_other(f"/c/{cid}/edit")


def _back(community: CommunityFacts) -> str:
    """Where somebody goes on: whoever has but a part of the settings, to the place."""
    return f"{community.path}/edit" if community.hosts else community.path


def _own(request: Ask, cid: str, power: Power = Power.SHAPE) -> tuple[CommunityFacts, PlaceWords]:
    with request.db.read() as db:
        community, words = queries.get_words(db, request.viewer, read_id(cid, ID_SIZE))
    rules.may(request.viewer, community, power).or_raise()
    return community, words


def _languages(request: Ask, words: PlaceWords) -> list[str]:
    return forms.other_languages(request.house, words.language)


def _look(request: Ask, *fields: str) -> Look:
    watch = Watch(request.site.held[RULEBOOK], request.form.raw(SHOWN))
    return look_over(request.form, *fields, watch=watch)


def _names(request: Ask, cid: str, wrong: Invalid | None = None, *, look: Look = UNSEEN) -> Response[bytes]:
    community, words = _own(request, cid, Power.TRANSLATE)
    again = bool(wrong or look.is_due)
    return page(
        request,
        "communities/edit_names.html",
        status=422 if again else 200,
        community=community,
        words=words,
        back=_back(community),
        languages=_languages(request, words),
        form=request.form.typed | look.texts if again else forms.other_typed(words),
        look=look,
        wrong=wrong.fields if wrong else {},
        namesake=wrong.values.get("namesake") if wrong else None,
    )


def _ways(request: Ask, cid: str, wrong: Invalid | None = None, *, look: Look = UNSEEN) -> Response[bytes]:
    community, words = _own(request, cid)
    back = bool(wrong or look.is_due)
    standing = forms.receiving_typed(words, community.notes, community.slow)
    return page(
        request,
        "communities/edit_ways.html",
        status=422 if back else 200,
        community=community,
        notes=forms.note_choices(),
        slows=SLOW_CHOICES,
        form=request.form.typed | look.texts if back else standing,
        look=look,
        wrong=wrong.fields if wrong else {},
    )


def _door(request: Ask, cid: str, wrong: Invalid | None = None) -> Response[bytes]:
    community, _ = _own(request, cid)
    seeds: Sequence[bytes] = forms.drawn(DOORS_OFFERED)
    return page(
        request,
        "communities/edit_door.html",
        status=422 if wrong else 200,
        community=community,
        doors=[(seed.hex(), seed) for seed in seeds],
        wrong=wrong.fields if wrong else {},
    )

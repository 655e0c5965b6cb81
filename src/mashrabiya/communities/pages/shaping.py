"""The smaller settings of a place, each on a page of its own; and what whoever joins reads first."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

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
    new, back = forms.read_other(request.form, _languages(request, words)), _back(community)
    return _settle(
        request, cid, partial(commands.change_other, new=new), _names, field="other_about", back=back
    )


@routes.get("/c/{cid:str}/edit/ways", access=Access.PERSONA)
def begin_ways(request: Ask, cid: str) -> Response[bytes]:
    return _ways(request, cid)


@routes.post("/c/{cid:str}/edit/ways", access=Access.PERSONA, limit="settings")
def ways(request: Ask, cid: str) -> Response[bytes]:
    new = forms.read_receiving(request.form)
    return _settle(request, cid, partial(commands.change_receiving, new=new), _ways, field="welcome")


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


def _settle(
    request: Ask,
    cid: str,
    write: Callable[..., None],
    again: Callable[..., Response[bytes]],
    *,
    field: str,
    back: str = "",
) -> Response[bytes]:
    """Keep a setting whose words others will read, or its page again with the reason and all that was typed."""
    watch = Watch(request.site.held[RULEBOOK], request.form.raw(SHOWN))
    look = look_over(request.form, field, watch=watch)
    try:
        if look.is_due:
            return again(request, cid, look=look)
        with request.db.write() as uow:
            write(uow, request.viewer, read_id(cid, ID_SIZE))
    except Invalid as wrong:
        return again(request, cid, wrong, look=look)
    return see_other(back or f"/c/{cid}/edit")


def _names(request: Ask, cid: str, wrong: Invalid | None = None, *, look: Look = UNSEEN) -> Response[bytes]:
    community, words = _own(request, cid, Power.TRANSLATE)
    shown = {
        "words": words,
        "languages": _languages(request, words),
        "namesake": wrong.values.get("namesake") if wrong else None,
    }
    return _setting(request, "names", community, forms.other_typed(words), wrong=wrong, look=look, **shown)


def _ways(request: Ask, cid: str, wrong: Invalid | None = None, *, look: Look = UNSEEN) -> Response[bytes]:
    community, words = _own(request, cid)
    stands = forms.receiving_typed(words, community.notes, community.slow)
    shown = {"notes": forms.note_choices(), "slows": SLOW_CHOICES}
    return _setting(request, "ways", community, stands, wrong=wrong, look=look, **shown)


def _setting(
    request: Ask,
    name: str,
    community: CommunityFacts,
    stands: dict[str, Any],
    *,
    wrong: Invalid | None,
    **shown: Any,
) -> Response[bytes]:
    """The page of a smaller setting: with what stands, or with what was typed and why that was not taken."""
    look: Look = shown["look"]
    back = bool(wrong or look.is_due)
    return page(
        request,
        f"communities/edit_{name}.html",
        status=422 if back else 200,
        community=community,
        back=_back(community),
        form=request.form.typed | look.texts if back else stands,
        wrong=wrong.fields if wrong else {},
        **shown,
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

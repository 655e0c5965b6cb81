"""The door of search: asked by a form, answered at an address that says nothing of what was asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mashrabiya.communities import queries as communities
from mashrabiya.communities.types import CommunityCard
from mashrabiya.kernel.ids import show_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.library.guides.queries import STOCK
from mashrabiya.library.guides.shown import help_beside
from mashrabiya.library.terms.queries import HELD
from mashrabiya.platform.db import Read
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other
from mashrabiya.search import forms, queries
from mashrabiya.search.leaves import Leaves
from mashrabiya.search.saying import offered
from mashrabiya.search.titles import Known, Shelf, Titles
from mashrabiya.search.types import RANKED, Found
from mashrabiya.search.wish import Wish

routes = Routes()
_NAMES = 500
"""So many communities' names are looked at for what may have been meant."""


@routes.get("/q", access=Access.ANYONE, slow=True)
def search(request: Ask) -> Response[bytes]:
    fields = forms.opened(request.keys, request.query("k"))
    if request.query("q"):
        fields = forms.asked({"q": request.query("q")})
    if fields and request.query("a"):
        fields = fields | forms.asked({"a": request.query("a")})
    words = _known(request)
    wish, viewer = forms.read_wish(fields, request.query("p"), words), request.viewer
    if fields and viewer.work is not None:
        request.site.spend("search", viewer.work.budget_key(), None)
    with request.db.read(wide=True) as db:
        own = communities.my_communities(db, viewer) if viewer.speaks and not wish.part.is_leaf else []
        found, asked = queries.found(db, viewer, wish, [one.id for one in own])
        held = request.site.held
        leaves = queries.find_leaves(
            db, viewer, asked, glossary=held[HELD], stock=held[STOCK], keys=request.keys
        )
        places = _places(db, viewer, wish, own=own, found=found)
        meant = _meant(db, viewer, wish, words, found=found, leaves=leaves)
    return page(
        request,
        "search/search.html",
        found=found,
        leaves=leaves,
        leads=_leads(request, leaves),
        urgent=_urgent(request, leaves),
        wish=wish,
        part=int(wish.part),
        suggested=[(other, forms.address(request.keys, {**fields, "q": other})) for other in meant],
        fields={name: fields.get(name, "") for name in forms.FIELDS},
        stale=bool(request.query("k")) and not fields,
        narrowed=any(fields.get(name) for name in forms.FIELDS if name not in {"q", "a", "s"}),
        kinds=[(int(kind), kind.key) for kind in forms.KINDS],
        days=forms.DAYS,
        languages=request.house.languages,
        places=places,
        most=RANKED,
        ours=viewer.tongue.language,
        **_ways(request, wish, fields, further=found.further or leaves.further),
    )


@routes.post("/q", access=Access.ANYONE, limit="search", tokenless=True)
def ask(request: Ask) -> Response[bytes]:
    fields = forms.asked({name: request.form.text(name) for name in forms.FIELDS})
    return see_other(forms.address(request.keys, fields))


def _known(request: Ask) -> Known:
    """Public words: the glossary's, and those of titles."""
    shelf: Shelf = request.site.rooms.setdefault("search_titles", Shelf())
    return Known(request.site.rooms.get("words"), shelf.titles(request.site.held[STOCK]))


def _meant(db: Read, viewer: Viewer, wish: Wish, words: Known, *, found: Found, leaves: Leaves) -> list[str]:
    """What may have been meant where nothing holds every word.

    Where nothing at all is found, names of communities that everybody may read are among it: the same for whoever asks.
    """
    if not wish.question.asks or found.whole or leaves.whole:
        return []
    if not found.count and not leaves.any:
        open_ones = communities.public_communities(db, viewer.tongue.language, _NAMES)
        words = words.beside(Titles([one.name for one in open_ones]))
    return offered(wish.text, words)


def _places(
    db: Read, viewer: Viewer, wish: Wish, *, own: Sequence[CommunityCard], found: Found
) -> list[tuple[str, str]]:
    """To narrow by: her own, and those in which something was found or was looked for."""
    met = {one.id: one.name for one in own} | {hit.cid: hit.place for hit in found.hits}
    if wish.cid and wish.cid not in met:
        asked = communities.find_community(db, viewer, wish.cid)
        met |= {asked.id: asked.name} if asked else {}
    return sorted(((show_id(cid), name) for cid, name in met.items()), key=lambda one: one[1])


def _leads(request: Ask, leaves: Leaves) -> dict[str, Any]:
    """The guides that say more of the words found: address, title and language, where they are open here."""
    named = request.site.rooms.get("guide_named")
    slugs = {leaf.guide for leaf in (*leaves.library, *leaves.rows) if leaf.guide}
    return {slug: found for slug in slugs if (found := named(request, slug))} if named else {}


def _urgent(request: Ask, leaves: Leaves) -> tuple[str, str] | None:
    """Where help is at once, when what was asked is answered best by a guide that somebody may need tonight."""
    if not leaves.whole or not leaves.library:
        return None
    return help_beside(request.site.held[STOCK], leaves.library[0].address)


def _ways(request: Ask, wish: Wish, fields: dict[str, str], *, further: bool) -> dict[str, Any]:
    """Addresses of the same question: of each part of the house, and its other pages."""
    if not wish.question.asks:
        return {"parts": [], "newer": "", "older": ""}
    asked = forms.address(request.keys, fields)
    return {
        "parts": forms.parts(asked, wish.part),
        "newer": f"{asked}&p={wish.page - 1}" if wish.page > 1 else "",
        "older": f"{asked}&p={wish.page + 1}" if further else "",
    }

"""The door of search: asked by a form, answered at an address that says nothing of what was asked."""

from __future__ import annotations

from mashrabiya.communities import queries as communities
from mashrabiya.kernel.ids import show_id
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other
from mashrabiya.search import forms, queries
from mashrabiya.search.saying import Words, offered
from mashrabiya.search.types import RANKED

routes = Routes()


@routes.get("/q", access=Access.ANYONE, slow=True)
def search(request: Ask) -> Response[bytes]:
    fields = forms.opened(request.keys, request.query("k"))
    if request.query("q"):
        fields = forms.asked({"q": request.query("q")})
    words: Words | None = request.site.rooms.get("words")
    wish, viewer = forms.read_wish(fields, request.query("p"), words), request.viewer
    if fields and viewer.work is not None:
        request.site.spend("search", viewer.work.budget_key(), None)
    with request.db.read() as db:
        places = communities.my_communities(db, viewer) if viewer.speaks else []
        found = queries.found(db, viewer, wish, [one.id for one in places])
    meant = offered(wish.text, words) if wish.question.asks and not found.whole else []
    kept = forms.address(request.keys, fields) if found.further or found.page > 1 else ""
    return page(
        request,
        "search/search.html",
        found=found,
        wish=wish,
        suggested=[(other, forms.address(request.keys, {**fields, "q": other})) for other in meant],
        fields={name: fields.get(name, "") for name in forms.FIELDS},
        narrowed=any(fields.get(name) for name in forms.FIELDS if name not in {"q", "s"}),
        kinds=[(int(kind), kind.key) for kind in forms.KINDS],
        days=forms.DAYS,
        languages=request.house.languages,
        places=[(show_id(one.id), one.name) for one in places],
        newer=f"{kept}&p={found.page - 1}" if found.page > 1 else "",
        older=f"{kept}&p={found.page + 1}" if found.further else "",
        most=RANKED,
        ours=viewer.tongue.language,
    )


@routes.post("/q", access=Access.ANYONE, limit="search", tokenless=True)
def ask(request: Ask) -> Response[bytes]:
    fields = forms.asked({name: request.form.text(name) for name in forms.FIELDS})
    return see_other(forms.address(request.keys, fields))

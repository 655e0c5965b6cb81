"""Another name in the middle of writing: what was typed goes along in the body of the form, and is kept nowhere."""

from __future__ import annotations

from mashrabiya.discussions.pages.asked import places_lost
from mashrabiya.people import flows
from mashrabiya.people.pages.session import receive
from mashrabiya.platform.web import Ask, Response, page

_ASKS, _CHOSEN = "whom", "voice"
# A draft is one persona's: another has none of that number.
_STAYS = {_ASKS, "draft", "draft_from"}


def is_turning(request: Ask) -> bool:
    """Whether the form was sent to write as somebody else, and not to post what is in it."""
    return request.form.flag(_ASKS) or has_turned(request)


def has_turned(request: Ask) -> bool:
    """Whether she has chosen: what she typed stands in the form again."""
    return request.form.flag(_CHOSEN)


def choice(request: Ask) -> Response[bytes] | None:
    """Her names with what she typed behind each; nothing once she has chosen, and speaks as that one."""
    viewer, form = request.viewer, request.form
    if not has_turned(request):
        return page(
            request,
            "discussions/whom.html",
            action=request.scope["path"],
            token=request.csrf(request.visit.route),
            kept={name: text for name, text in form.typed.items() if name not in _STAYS and text},
            lost=places_lost(request),
        )
    slot = form.number(_CHOSEN, usual=viewer.slot, least=0, most=15)
    if slot != viewer.slot:
        receive(request, flows.switch(request.site, viewer, request.visit.cookie, slot), moves=True)
    return None

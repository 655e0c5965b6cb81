"""What several doors read of a request, and say of what went wrong."""

from mashrabiya.discussions import forms
from mashrabiya.discussions.flows import Sent
from mashrabiya.discussions.types import ID_SIZE, PICTURES, POST_ID_SIZE
from mashrabiya.kernel.errors import Invalid, Refused
from mashrabiya.kernel.ids import read_id
from mashrabiya.platform.web import Ask
from mashrabiya.safety.screening import Look
from mashrabiya.safety.trust.newcomers import Newcomers

UNSEEN = Look()


def pictures_sent(request: Ask) -> list[Sent]:
    """The pictures sent. Each is taken from a budget of its own, before any is looked at."""
    sent = forms.read_pictures(request.form)
    work = request.viewer.work
    for _ in sent:
        request.site.spend("picture", work.budget_key() if work else b"", request.visit.network)
    return sent


def newcomers(request: Ask) -> Newcomers:
    """Who knows what somebody new may write."""
    room: Newcomers = request.site.rooms["newcomers"]
    return room


def places_lost(request: Ask) -> list[int]:
    """The places for pictures whose file does not come back with the form: no browser is told to choose one."""
    fields = {file.field for file in request.form.files}
    return [place for place in range(1, PICTURES + 1) if f"picture_{place}" in fields]


def ids_of(tid: str, post: str) -> tuple[bytes, bytes]:
    return read_id(tid, ID_SIZE), read_id(post, POST_ID_SIZE)


def wrong_of(trouble: Invalid | Refused | None) -> dict[str, str]:
    """What to say beside which field; a refusal stands above them all."""
    if trouble is None:
        return {}
    return trouble.fields if isinstance(trouble, Invalid) else {"who": trouble.why}

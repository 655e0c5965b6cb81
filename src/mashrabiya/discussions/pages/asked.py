"""What several doors read of a request, and say of what went wrong."""

from mashrabiya.discussions import forms
from mashrabiya.discussions.flows import Sent
from mashrabiya.discussions.types import ID_SIZE, PICTURES, POST_ID_SIZE
from mashrabiya.kernel.errors import Invalid, Refused, SecondLook
from mashrabiya.kernel.ids import read_id
from mashrabiya.platform.web import Ask
from mashrabiya.safety.commands import RULEBOOK
from mashrabiya.safety.matching.watch import Watch
from mashrabiya.safety.screening import SHOWN, Look
from mashrabiya.safety.trust.newcomers import Newcomers
from mashrabiya.safety.types import Said

UNSEEN = Look()
CALL = "call"
"""The tick beside a kind word: that carers should know."""
Trouble = Invalid | Refused | SecondLook


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


def watch_of(request: Ask) -> Watch:
    """The automatic rules in force, and what this form has shown already."""
    return Watch(
        request.site.held[RULEBOOK], request.form.raw(SHOWN), cares=True, calls=request.form.flag(CALL)
    )


def watch_seen(request: Ask) -> Watch:
    """The automatic rules, for words that were posted before: nothing is asked again, and what stops, stops."""
    return Watch(request.site.held[RULEBOOK], seen=True, cares=True)


def why_not(trouble: Refused | None) -> str:
    """Why words that were taken back stay so, as a key of the catalogues; what would name somebody is said in general."""
    if trouble is None or not trouble.values or trouble.values.get("said"):
        return trouble.why if trouble else ""
    return "taken.closed"


def told_of(trouble: Trouble, look: Look) -> Look:
    """The look, with what the rules of the place say of these words."""
    if isinstance(trouble, Invalid):
        return look
    said = trouble.said if isinstance(trouble, SecondLook) else trouble.values.get("said", ())
    return look.also([one for one in said if isinstance(one, Said)] if isinstance(said, tuple) else [])


def wrong_of(trouble: Trouble | None) -> dict[str, str]:
    """What to say beside which field; a refusal stands above them all. What a rule says stands in the look."""
    if trouble is None or isinstance(trouble, SecondLook):
        return {}
    if isinstance(trouble, Invalid):
        return trouble.fields
    return {} if trouble.values.get("said") else {"who": trouble.why}

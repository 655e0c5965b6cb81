"""When somebody is off duty, and which cases are hard to look at. Pure."""

from __future__ import annotations

from mashrabiya.care.types.duty import HOURS, RESTS, WEEK, Duty, OwnDesk
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.safety.types import Reason

HARD = frozenset(
    {
        Reason.OUTING,
        Reason.HARASS,
        Reason.ENTRAP,
        Reason.EXTORT,
        Reason.HATE,
        Reason.CONVERSION,
        Reason.MINOR,
        Reason.SELF_HARM,
        Reason.CALL,
        Reason.WAY,
    }
)
"""What stays with whoever reads it. Advertising, wrong advice and the rest do not count."""


def rests(until: int, hour: int) -> int:
    """How many hours of a break are left."""
    return max(0, until - hour)


def off_for(duty: Duty, until: int, hour: int) -> int:
    """In how many hours she is on duty again; 0 where she is now. Whoever chose no hours is, unless she rests."""
    first = max(hour, until)
    if not duty.days:
        return first - hour
    ahead = range(first, first + (WEEK + 1) * HOURS)
    return next((one for one in ahead if duty.holds(one)), first) - hour


def own_desk(viewer: Viewer) -> OwnDesk | None:
    """How desks are for her, for a copy of what is hers; nothing where she chose nothing."""
    duty = Duty.read(viewer.desk)
    resting = rests(viewer.rest_until, clock.hour()) > 0
    if duty == Duty() and not resting:
        return None
    days = [day for day in range(WEEK) if duty.has(day)]
    begins, ends = (f"{hour:02}:00" if days else "" for hour in (duty.begins, duty.ends))
    until = viewer.rest_until
    rest = f"{clock.iso(until // HOURS)} {until % HOURS:02}:00" if resting else ""
    return OwnDesk(duty.plain, duty.no_keys, days, begins, ends, rest)


def check_duty(duty: Duty) -> None:
    """Whether these can be somebody's hours: days without a length are refused."""
    if duty.days and duty.begins == duty.ends:
        raise Invalid({"ends": "duty.same_hour"})


def check_rest(hours: int | None) -> int:
    """One of the lengths of a break that are offered, or 0, which ends it."""
    if hours is None or (hours and hours not in RESTS):
        raise Invalid({"hours": "duty.rest_unknown"})
    return hours

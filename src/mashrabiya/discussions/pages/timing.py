"""The time at which something is to be posted: as it was typed, and shown back before it is accepted. No zone is kept."""

from __future__ import annotations

from msgspec import Struct

from mashrabiya.discussions import forms, rules
from mashrabiya.kernel import clock
from mashrabiya.platform.languages import to_latin
from mashrabiya.platform.web import Form

LOOK, ACCEPT = "later_look", "later"
"""The buttons that show the time back, and that say yes to it."""
_MINUTE = 60
_ODD = (-570, -210, 210, 270, 330, 345, 390, 525, 570, 630, 645, 765)
ZONES = tuple(sorted({*range(-720, 841, 60), *_ODD}))
"""Minutes by which clocks somewhere differ from UTC."""


class When(Struct, frozen=True):
    """A time as a page writes it, on the clock of one difference from UTC."""

    date: clock.Date
    clock: str
    zone: str


class Timing(Struct, frozen=True):
    """What a form says of its time. ``typed`` tells it from every other that could be typed; ``wrong`` is a key of the catalogues."""

    at: int = 0
    typed: str = ""
    zone: int = 0
    wrong: str = ""

    @property
    def there(self) -> When:
        """Where she is that day."""
        return when(self.at, self.zone)

    @property
    def utc(self) -> When:
        return when(self.at)

    @property
    def hours(self) -> int:
        """From now, begun ones counted."""
        return hours_to(self.at)


NO_TIME = Timing()
HOURS = [(hour, f"{hour:02}:00") for hour in range(24)]


def when(at: int, zone: int = 0) -> When:
    """A time on such a clock."""
    days, rest = divmod(at + zone * _MINUTE, clock.DAY)
    return When(
        clock.date(days), f"{rest // clock.HOUR:02}:{rest % clock.HOUR // _MINUTE:02}", zone_name(zone)
    )


def zone_name(zone: int) -> str:
    """How clocks of that difference are called everywhere."""
    if not zone:
        return "UTC"
    sign = "−" if zone < 0 else "+"
    return f"UTC{sign}{abs(zone) // 60:02}:{abs(zone) % 60:02}"


def hours_to(at: int) -> int:
    """Hours from now until then, begun ones counted."""
    return max(1, -(-int(at - clock.now()) // clock.HOUR))


def read(form: Form) -> Timing:
    """The time as typed: in so many hours, or a day, an hour and how clocks are set there on that day."""
    hours, day = form.text("later_in"), form.text("later_day")
    if hours and day:
        return Timing(wrong="later.one_of")
    if hours:
        return _in_hours(form, hours)
    return _on_day(form, day) if day else Timing(wrong="later.none")


def _in_hours(form: Form, typed: str) -> Timing:
    hours = forms.number(typed, 0)
    if not hours:
        return Timing(wrong="later.no_day")
    # What was shown is what is accepted: meanwhile the clock went on.
    shown = max(0, _whole(form.text("later_at"), 11)) if _same(form, str(hours)) else 0
    at = shown or clock.ten_minutes() + hours * clock.HOUR
    return Timing(at, str(hours), 0, _wrong(at))


def _on_day(form: Form, typed: str) -> Timing:
    day, hour, zone = forms.day(typed), _whole(form.text("later_hour")), _whole(form.text("later_zone"))
    if day is None or hour not in range(24) or zone not in ZONES:
        return Timing(wrong="later.no_day")
    exact = day * clock.DAY + hour * clock.HOUR - zone * _MINUTE
    at = -(-exact // clock.TEN_MINUTES) * clock.TEN_MINUTES
    return Timing(at, f"{day}.{hour}.{zone}", zone, _wrong(at))


def _wrong(at: int) -> str:
    return "later.no_day" if at % clock.TEN_MINUTES else rules.wrong_time(at)


def _same(form: Form, typed: str) -> bool:
    return form.text("later_of") == typed


def _whole(typed: str, most: int = 4) -> int:
    """A whole number in any digits, of either sign, and of no more digits; one that nothing is, where it is none."""
    latin = to_latin(typed)
    digits = latin.removeprefix("-")
    return int(latin) if digits.isascii() and digits.isdigit() and len(digits) <= most else -(10**6)


def is_planning(form: Form) -> bool:
    """Whether a time was asked for, and not to post now."""
    return form.flag(LOOK) or form.flag(ACCEPT)


def is_accepted(form: Form, timing: Timing) -> bool:
    """Whether the time that stands in the form is the one that was shown, and she said yes to it."""
    return form.flag(ACCEPT) and not (form.flag(LOOK) or timing.wrong) and _same(form, timing.typed)

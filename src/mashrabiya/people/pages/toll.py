"""What a crowd costs: a small computation where JavaScript runs, else a short wait."""

from __future__ import annotations

import msgspec

from mashrabiya.platform import proof_of_work as work
from mashrabiya.platform.limits import Limits
from mashrabiya.platform.web import Ask


class Toll(msgspec.Struct, frozen=True):
    """What a form carries: a challenge, and a ticket for those whom it finds without JavaScript."""

    challenge: str
    bits: int
    ticket: str
    wait: int


def limits_of(request: Ask) -> Limits:
    """The counters of this process."""
    found: Limits = request.site.rooms["limits"]
    return found


def ask_toll(request: Ask) -> Toll:
    """A fresh challenge, and the ticket that already waits, or a new one."""
    key = request.keys.of("pow")
    bits = _least(request, busy=limits_of(request).site_is_busy())
    kept = request.form.text("ticket")
    wait = work.ticket_wait(key, kept) if kept else None
    ticket = work.ticket(key) if wait is None else kept
    return Toll(work.challenge(key, bits), bits, ticket, work.TICKET_WAIT if wait is None else wait)


def is_paid(request: Ask, *, busy: bool = False) -> bool:
    """Whether the form brings solved work or a ripe ticket; either is good once."""
    if not limits_of(request).on:
        return True
    key, form = request.keys.of("pow"), request.form
    for bits in _enough(request, busy=busy):
        if work.accept_work(key, form.text("work"), form.text("nonce"), bits):
            return True
    return work.accept_ticket(key, form.text("ticket"))


def can_pay(request: Ask, *, busy: bool = False) -> bool:
    """Whether it brings what could be taken: asked before anything that costs more to find out, a few times of each."""
    if not limits_of(request).on:
        return True
    key, form = request.keys.of("pow"), request.form
    done = (
        work.solved(key, form.text("work"), form.text("nonce"), bits) for bits in _enough(request, busy=busy)
    )
    brought = next((one for one in done if one is not None), None) or work.ripe(key, form.text("ticket"))
    return brought is not None and work.may_try(brought)


def _enough(request: Ask, *, busy: bool) -> list[int]:
    """How much work is enough now: somebody may have begun before it was more, or under another page."""
    least = _least(request, busy=busy)
    return [bits for bits in (work.BITS, work.BUSY_BITS, work.PROTECTED_BITS) if bits >= least]


def _least(request: Ask, *, busy: bool) -> int:
    """What the work costs at least now."""
    if request.house.protected_hours:
        return work.PROTECTED_BITS
    return work.BUSY_BITS if busy else work.BITS

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
    least = _least(request, busy=busy)
    for bits in (one for one in (work.BITS, work.BUSY_BITS, work.PROTECTED_BITS) if one >= least):
        if work.accept_work(key, form.text("work"), form.text("nonce"), bits):
            return True
    return work.accept_ticket(key, form.text("ticket"))


def _least(request: Ask, *, busy: bool) -> int:
    """What the work costs at least now."""
    if request.house.protected_hours:
        return work.PROTECTED_BITS
    return work.BUSY_BITS if busy else work.BITS

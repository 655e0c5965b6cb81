"""Screening: reading a text before it is posted, for what would lead to a person.

A *trace* is a place in a text that leads out of this house to somebody: a phone
number, an e-mail address, an account elsewhere, an address or a map link, what
looks like an identity number, a bank account, a number plate. Whoever writes is
shown what was found, and decides. The check before posting marks; it never forbids.

It is pure: a text goes in, traces come out. Nothing is stored, counted or logged,
and nothing is sent anywhere. A hint that was shown is recognised by short hashes
that travel in the form itself.

The rules are made for what people type to each other, so they look at what stands
around a number: dates, prices, doses, verses, scores and pages are not traces. What
hides a number from a machine (look-alike digits, unseen signs, spaces, words for
digits) hides it from no reader, so it is looked through.

A door calls ``look_over`` before its write block opens, and while that ``is_due`` puts
what it gives as ``look`` into ``safety/_guard.html`` inside the form. The names of the
fields there are ``SHOWN`` (what was shown) and ``CHOICE`` (``keep`` or ``remove``).
Programs have no form: they are told the kinds found, and say that they have seen them.
"""

from mashrabiya.safety.screening.hint import CHOICE, KEPT, SHOWN, needs_second_look
from mashrabiya.safety.screening.look import Look, look_over, look_over_self
from mashrabiya.safety.screening.marking import marked, without
from mashrabiya.safety.screening.search import Spare, find_traces, traces_but
from mashrabiya.safety.screening.types import GuardHint, Kind, Segment, Trace, Wording

__all__ = [
    "CHOICE",
    "KEPT",
    "SHOWN",
    "GuardHint",
    "Kind",
    "Look",
    "Segment",
    "Spare",
    "Trace",
    "Wording",
    "find_traces",
    "look_over",
    "look_over_self",
    "marked",
    "needs_second_look",
    "traces_but",
    "without",
]

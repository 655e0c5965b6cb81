"""A house with people in it, for looking around and for measuring.

Names, texts and structure follow from a seed and the numbers asked for; ids,
keys and codes are random. Nothing here is testimony: every word was invented,
no text claims a law, a figure or an organisation, and the house says on each
page that it is a sample.

`script` reads the texts. `people`, `places` and `settling` decide who is there
and who belongs where, `telling` with `lengths`, `posts` and `wording` what is
written; none of them knows an id. `moving_in`, `writing` and `living` put it into
a house, and in `tending` its carers look at what was reported. `editing`, `letting`, `sharing`
and `serving` fill its library.
"""

from mashrabiya.stewardship.sample.credentials import credentials
from mashrabiya.stewardship.sample.inhabit import Sample, inhabit
from mashrabiya.stewardship.sample.moving_in import BEFORE_ANYBODY, days_ago
from mashrabiya.stewardship.sample.people import fixed_people
from mashrabiya.stewardship.sample.tending import Decide, Told

__all__ = [
    "BEFORE_ANYBODY",
    "Decide",
    "Sample",
    "Told",
    "credentials",
    "days_ago",
    "fixed_people",
    "inhabit",
]

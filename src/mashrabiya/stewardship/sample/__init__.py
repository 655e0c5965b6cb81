"""A house with people in it, for looking around and for measuring.

Names, texts and structure are the same each time; ids, keys and codes are
random. Nothing here is testimony: every word was invented, no text claims a
law, a figure or an organisation, and the house says on each page that it is a
sample. Everything is written through the same commands that people use.
"""

from mashrabiya.stewardship.sample.crowd import Crowd, make_large
from mashrabiya.stewardship.sample.inhabit import inhabit
from mashrabiya.stewardship.sample.people import PEOPLE, Somebody

__all__ = ["PEOPLE", "Crowd", "Somebody", "inhabit", "make_large"]

"""Writing what is known of countries: importing it, and saying more of it by hand."""

from mashrabiya.library.laws.commands.importing import DATASET, LICENCE, PLACE, take_in
from mashrabiya.library.laws.commands.noting import write_note
from mashrabiya.library.laws.commands.telling import settle_mistake, tell_mistake

__all__ = ["DATASET", "LICENCE", "PLACE", "settle_mistake", "take_in", "tell_mistake", "write_note"]

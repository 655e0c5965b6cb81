"""Languages: catalogues per domain, forms of address, counts, digits and coarse times.

A text is found by its key. A sentence to the reader may have a feminine and a
masculine form (gettext contexts ``f`` and ``m``); where none is written, and
where none was chosen, the neutral one stands. Never inferred. Context ``d`` holds
what a text says in the neutral look, where nothing may tell what the site is.
"""

from mashrabiya.platform.languages.catalogue import LANGUAGES, Catalogue, catalogue, direction
from mashrabiya.platform.languages.digits import to_digits, to_latin
from mashrabiya.platform.languages.when import when_key, whole_months

__all__ = [
    "LANGUAGES",
    "Catalogue",
    "catalogue",
    "direction",
    "to_digits",
    "to_latin",
    "when_key",
    "whole_months",
]

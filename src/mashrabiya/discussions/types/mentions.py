"""Names within a text."""

from msgspec import Struct


class Mentioned(Struct, frozen=True):
    """Somebody whom a text mentions, as it may be drawn: a name, and an address where a page may be open."""

    name: str
    pub: str = ""


Names = dict[bytes, Mentioned]
"""Who is mentioned, by id. Whoever is not in it is not here now: away, or gone."""


class Spot(Struct, frozen=True):
    """Where a text may mention somebody: an @, and what could be the name after it, the longest first.

    ``said`` are the ends and the words up to there. ``quoted``: within a quotation.
    """

    at: int
    said: tuple[tuple[int, str], ...]
    quoted: bool


class Candidate(Struct, frozen=True):
    """A persona that wrote by name where somebody mentions a name like it. ``reads``: it may open the thread."""

    id: bytes
    public: bytes
    state: int
    name: str
    reads: int

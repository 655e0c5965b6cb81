"""What a place says of itself, in more languages than one, and how it receives people."""

from __future__ import annotations

from msgspec import Struct

WELCOME_LIMIT = 1000
SLOW_CHOICES = (0, 10, 60, 1440)
"""Minutes between two posts of one person in a place; 0: as they come."""
DOORS_OFFERED = 6
"""Pictures to choose from."""


class PlaceWords(Struct, frozen=True):
    """As it was typed, whatever language a reader has."""

    name: str = ""
    about: str = ""
    language: str = ""
    topics: int = 0
    other_tongue: str = ""
    other_name: str = ""
    other_about: str = ""
    welcome: str = ""

    @property
    def other(self) -> tuple[str, str]:
        """Name and description in the other language; two empty ones where there are none."""
        return self.other_name, self.other_about

    def beside(self, language: str) -> tuple[str, str]:
        """The same beside a first name in this language: what nobody is shown is not found by search either."""
        return self.other if self.other_tongue != language else ("", "")


class OtherWords(Struct, frozen=True, kw_only=True):
    """Name and description in another language, as typed. Without a name there are none."""

    language: str = ""
    name: str = ""
    about: str = ""


class Receiving(Struct, frozen=True, kw_only=True):
    """How a place receives people and what their words carry, as typed."""

    welcome: str = ""
    notes: int = 0
    slow: int = 0


class Texts(Struct, frozen=True, kw_only=True):
    """What a place says of itself, but for its name, as typed. ``submission`` names the sending of the form."""

    about: str = ""
    agreements: str = ""
    welcome: str = ""
    wants: int = 0
    submission: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """Everything it says, as texts: with them a form sent twice is known again."""
        return (self.about, self.agreements, self.welcome, str(self.wants))

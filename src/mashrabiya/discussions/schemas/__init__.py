"""What goes in and out of the JSON doors."""

from mashrabiya.discussions.schemas.reading import HomeOut, ListOut, PlaceOut, ThreadOut, ThreadPageOut
from mashrabiya.discussions.schemas.translations import TranslationIn, TranslationsOut
from mashrabiya.discussions.schemas.writing import HelpedIn, HelpedOut, PlacedOut, ReplyIn

__all__ = [
    "HelpedIn",
    "HelpedOut",
    "HomeOut",
    "ListOut",
    "PlaceOut",
    "PlacedOut",
    "ReplyIn",
    "ThreadOut",
    "ThreadPageOut",
    "TranslationIn",
    "TranslationsOut",
]

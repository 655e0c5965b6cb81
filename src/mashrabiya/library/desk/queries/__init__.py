"""What the desk reads. Whoever asks has asked ``get_desk`` first, which finds none for others."""

from mashrabiya.library.desk.queries.editions import (
    find_edition,
    find_gone,
    find_withdrawn,
    get_edition,
    get_guide,
    get_volume,
    place_of,
    volume_of,
    volumes,
    whole,
)
from mashrabiya.library.desk.queries.lists import (
    cited_by,
    find_answer,
    find_source,
    get_report,
    hand_of,
    hand_on,
    open_reports,
    warnings,
)
from mashrabiya.library.desk.queries.roles import find_desk, get_desk, holders

__all__ = [
    "cited_by",
    "find_answer",
    "find_desk",
    "find_edition",
    "find_gone",
    "find_source",
    "find_withdrawn",
    "get_desk",
    "get_edition",
    "get_guide",
    "get_report",
    "get_volume",
    "hand_of",
    "hand_on",
    "holders",
    "open_reports",
    "place_of",
    "volume_of",
    "volumes",
    "warnings",
    "whole",
]

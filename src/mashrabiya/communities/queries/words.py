"""What a place says of itself, as it was typed, for those who may change it."""

from __future__ import annotations

from sqlalchemy import LargeBinary, bindparam, select

from mashrabiya.communities.queries.places import get_community
from mashrabiya.communities.tables import COMMUNITY
from mashrabiya.communities.types import CommunityFacts
from mashrabiya.communities.types.words import PlaceWords
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Read, Statement

_WORDS = Statement(
    select(
        COMMUNITY.c.name,
        COMMUNITY.c.about,
        COMMUNITY.c.language,
        COMMUNITY.c.topics,
        COMMUNITY.c.other_tongue,
        COMMUNITY.c.other_name,
        COMMUNITY.c.other_about,
        COMMUNITY.c.welcome,
    ).where(COMMUNITY.c.id == bindparam("cid", type_=LargeBinary)),
    into=PlaceWords,
)


def get_words(db: Read, viewer: Viewer, cid: bytes) -> tuple[CommunityFacts, PlaceWords]:
    """The community as she may know it, and its words in every language; or not found."""
    community = get_community(db, viewer, cid)
    words = db.first(_WORDS, cid=cid) or PlaceWords()
    return community, words


def onward(db: Read, viewer: Viewer, cid: bytes) -> str:
    """Where whoever has just joined goes on: to what is said to her there, else to the page of the place."""
    community, words = get_words(db, viewer, cid)
    return f"{community.path}/w" if words.welcome else community.path

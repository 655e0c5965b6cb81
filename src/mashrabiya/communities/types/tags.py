"""The tags of a place: what its threads can be said to be about, each in Arabic, in English, or in both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b

from msgspec import Struct, json

from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.folding import fold_word
from mashrabiya.kernel.ids import read_id, show_id

TAGS = 24
"""So many tags a place offers at a time."""
TAGS_KEPT = 60
"""So many it has with those that are offered no longer and still stand under threads: bits of one number."""
TAG_LIMIT = 30
"""Letters of a name."""
TAG_REF_SIZE = 16
TAG_KEY_SIZE = TAG_REF_SIZE // 2
_NO_KEY = bytes(TAG_KEY_SIZE)
_ARTICLE, _LEAST = "ال", 5


@lru_cache(maxsize=4096)
def tag_key(name: str) -> bytes:
    """What two names of one tag have in common, whoever wrote them: folded, and without the article."""
    words = fold_word(name).split()
    bare = [word[2:] if word.startswith(_ARTICLE) and len(word) >= _LEAST else word for word in words]
    return blake2b(" ".join(bare).encode(), digest_size=TAG_KEY_SIZE).digest() if bare else _NO_KEY


class PlaceTag(Struct, frozen=True, array_like=True, omit_defaults=True):
    """A tag of one place. ``n`` is its number there, and never another's while a thread has it.

    ``retired``: it is offered no longer, and stands where it stood.
    """

    n: int
    ar: str
    en: str
    retired: bool = False

    @property
    def bit(self) -> int:
        return 1 << self.n - 1

    @property
    def keys(self) -> frozenset[bytes]:
        """One for each name: by any of them it is the same tag elsewhere."""
        return keys_in(self.ref)

    @property
    def ref(self) -> bytes:
        """What it is in the whole house: the keys of its names, Arabic first."""
        return (tag_key(self.ar) if self.ar else _NO_KEY) + (tag_key(self.en) if self.en else _NO_KEY)

    @property
    def shown(self) -> str:
        return show_id(self.ref)

    @property
    def path(self) -> str:
        """Its page across communities. An address speaks of nothing, since addresses stay in a browser's history."""
        return f"/l/{self.shown}"

    def name(self, language: str) -> str:
        """In this language, or in the one it has."""
        return (self.ar or self.en) if language == "ar" else (self.en or self.ar)

    def lang(self, language: str) -> str:
        """The language of that name."""
        has_both = bool(self.ar and self.en)
        return ("ar" if language == "ar" else "en") if has_both else ("ar" if self.ar else "en")


class NewTag(Struct, frozen=True, kw_only=True):
    """A tag as it was typed."""

    ar: str = ""
    en: str = ""


@lru_cache(maxsize=1024)
def read_tags(kept: str) -> tuple[PlaceTag, ...]:
    """The tags of a place, in its order, those offered no longer among them."""
    return json.decode(kept, type=tuple[PlaceTag, ...]) if kept else ()


def keep_tags(tags: Sequence[PlaceTag]) -> str:
    return json.encode(list(tags)).decode() if tags else ""


@lru_cache(maxsize=4096)
def tags_in(kept: str, bits: int) -> tuple[PlaceTag, ...]:
    """Those of a place's tags that these bits mean."""
    return tuple(tag for tag in read_tags(kept) if tag.bit & bits)


@lru_cache(maxsize=4096)
def keys_in(ref: bytes) -> frozenset[bytes]:
    """The keys of a tag's names, wherever it came from."""
    return frozenset({ref[:TAG_KEY_SIZE], ref[TAG_KEY_SIZE:]} - {_NO_KEY})


def alike(tags: Sequence[PlaceTag], ref: bytes) -> PlaceTag | None:
    """The tag of these that shares a name with that one."""
    keys = keys_in(ref)
    return next((tag for tag in tags if tag.keys & keys), None)


def read_ticked(typed: Mapping[str, str]) -> tuple[bytes, ...]:
    """The tags ticked in a form, each as its box showed it; what is none of ours comes through, to be told of."""
    ticked = (typed.get(f"tag_{number}", "").strip() for number in range(1, TAGS_KEPT + 1))
    return tuple(_ref_of(shown) for shown in ticked if shown)


def _ref_of(shown: str) -> bytes:
    try:
        return read_id(shown, TAG_REF_SIZE)
    except NotFound:
        return bytes(TAG_REF_SIZE)


class HasTags:
    """What a place's tags say, where they are kept as text."""

    __slots__ = ()
    kept_tags: str

    @property
    def tags(self) -> tuple[PlaceTag, ...]:
        """Those it offers, in its order."""
        return tuple(tag for tag in read_tags(self.kept_tags) if not tag.retired)

    @property
    def all_tags(self) -> tuple[PlaceTag, ...]:
        """Those too that stand under threads and are offered no longer."""
        return read_tags(self.kept_tags)

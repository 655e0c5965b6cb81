"""What comes in by HTML about the tags of a place."""

from __future__ import annotations

from mashrabiya.communities import rules
from mashrabiya.communities.types import TAG_REF_SIZE
from mashrabiya.communities.types.tags import TAGS_KEPT, NewTag
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.ids import read_id
from mashrabiya.platform.languages import to_latin
from mashrabiya.platform.web import Form


def read_tag(form: Form) -> NewTag:
    """Both names as typed."""
    return NewTag(ar=rules.tidy_name(form.text("ar")), en=rules.tidy_name(form.text("en")))


def read_was(form: Form) -> bytes:
    """What the form showed; nothing where it says none of ours."""
    try:
        return read_id(form.text("mark"), TAG_REF_SIZE)
    except NotFound:
        return b""


def tag_number(typed: str) -> int:
    """The number of a tag in an address; one that none has where it is no number."""
    latin = to_latin(typed.strip())
    return int(latin) if latin.isascii() and latin.isdigit() and len(latin) < 4 else TAGS_KEPT + 1

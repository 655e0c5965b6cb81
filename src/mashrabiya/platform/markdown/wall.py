"""The second wall: what may stand in a post, said once more and to another library."""

from __future__ import annotations

import nh3

REL = "nofollow noopener noreferrer"
_BLOCKS = ("p", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "pre")
_TAGS = {*_BLOCKS, "li", "code", "em", "strong", "del", "a", "br", "hr"}
_DIRECTIONS = {"auto", "ltr", "rtl"}


def _only_paths(address: str) -> str | None:
    return address if address.startswith("/") and not address.startswith(("//", "/\\")) else None


_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    attributes={"a": {"href"}, "ol": {"start"}},
    tag_attribute_values={
        "a": {"rel": {REL}},
        **{tag: {"dir": _DIRECTIONS} for tag in _BLOCKS},
    },
    url_schemes=set(),
    url_relative=_only_paths,
    link_rel=None,
)


def clean(html: str) -> str:
    """What the list allows of it; all of it, unless the renderer has a fault."""
    return _CLEANER.clean(html)

"""What the rest of the house calls."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyromark

from mashrabiya.platform.markdown.references import OPTIONS, harmless_between, nameless
from mashrabiya.platform.markdown.renderer import Renderer, SealLink
from mashrabiya.platform.markdown.text import harmless
from mashrabiya.platform.markdown.wall import clean

LONGEST = 20_000

_JOINING = {"Emphasis", "Strong", "Strikethrough", "Link", "Image"}

_seal: list[SealLink] = []


def links_lead_through(seal: SealLink) -> None:
    """Said once at start: how this house seals the addresses that lead out of it."""
    _seal[:] = [seal]


def render(text: str, *, seal_link: SealLink | None = None, links: bool = True) -> str:
    """HTML for a post. Text longer than LONGEST is the caller's fault: forms refuse it first.

    An address outside becomes ``seal_link(address)``, a path of this house; without
    it, what was said at start is used. Where nothing seals links, or without ``links``, they stay text.
    References stand in it as they are kept: whoever shows it draws them.
    """
    if len(text) > LONGEST:
        raise ValueError(f"text of {len(text)} characters")
    seal = seal_link or (_seal[0] if _seal else None)
    return clean(Renderer(seal if links else None).run(_events(text)))


def plain(text: str) -> str:
    """The words alone, on one line, without saying whom they refer to."""
    return " ".join("".join(_words(nameless(text)[:LONGEST])).split())


def excerpt(text: str, limit: int) -> str:
    """The first words, at most ``limit`` characters, cut between words where that is possible."""
    words = plain(text)
    if len(words) <= limit:
        return words
    head = words[: limit - 1]
    whole = head.rpartition(" ")[0]
    return (whole if len(whole) > limit // 2 else head).rstrip(" ،,.:؛;") + "…"


def _events(text: str) -> Any:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return pyromark.events(harmless_between(lines), options=OPTIONS)


def _words(text: str) -> Iterator[str]:
    for event in _events(text):
        if isinstance(event, str):
            yield " "
            continue
        ((kind, value),) = event.items()
        if kind == "End":
            yield "" if isinstance(value, str) and value in _JOINING else " "
        elif kind != "Start":
            yield harmless(value)

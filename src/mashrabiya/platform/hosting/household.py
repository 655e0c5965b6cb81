"""What the commands are given: the parts of a house that this level cannot know."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mashrabiya.platform.keys import ServerKeys
from mashrabiya.platform.settings import Config
from mashrabiya.platform.terminal import CannotBeDone
from mashrabiya.platform.web.site import Site
from mashrabiya.platform.worker import Worker


class HostingTrouble(CannotBeDone):
    """It cannot be done like this. The sentence says why, and what to do."""


@dataclass(frozen=True, slots=True)
class SampleSize:
    """How much a sample holds. Its words and its structure follow from these numbers alone."""

    seed: int = 7
    members: int = 26
    communities: int = 22
    threads: int = 131
    posts: int = 900


Tell = Callable[[str, int, int], None]
"""Hears of long work: what is being made, how much of it is done, and of how much."""


@dataclass(frozen=True, slots=True)
class Household:
    """The whole house, as ``main`` composes it.

    ``site``            one process of a house, without its application
    ``application``     the ASGI application of a site
    ``worker``          its background
    ``first_host``      a code that lets the first host in, or nothing once there is one
    ``first_carer``     a code for the first carer of a house without one, or nothing once there is one
    ``inhabit``         fill an empty house with a sample; answers the way into it
    ``furnish``         bring what comes with the software into a house, before its port opens; safe to repeat
    ``court``           the answer to an order for data, in a language, with the figures in force
    ``import_laws``     read a file of laws, with corrections of one's own; answers the lines of its report
    ``reindex``         make the index of search anew; answers of how many posts
    """

    site: Callable[[Config, ServerKeys], Site]
    application: Callable[[Site], Any]
    worker: Callable[[Site], Worker]
    first_host: Callable[[Site], str]
    first_carer: Callable[[Site], str]
    inhabit: Callable[[Site, SampleSize, Tell], dict[str, Any]]
    court: Callable[[Config, str], str]
    furnish: Callable[[Site], None]
    import_laws: Callable[[Site, Path, Path | None, Tell], Sequence[str]]
    reindex: Callable[[Site], int]


def private_folder(path: Path) -> Path:
    """The folder, made for its owner alone if it is not there."""
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path

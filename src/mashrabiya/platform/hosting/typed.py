"""What is typed behind an option, read."""

from __future__ import annotations

import argparse
import os

from mashrabiya.platform.hosting.household import HostingTrouble
from mashrabiya.platform.sites import NotASite, site_of
from mashrabiya.platform.terminal import spoken

_NOT_A_SITE = {
    "more": "terminal.site_more",
    "number": "terminal.site_number",
    "onion": "terminal.site_onion",
    "wrong": "terminal.site_wrong",
}


def site(typed: str) -> str:
    """A name of the house as it is typed, in the form in which browsers send it."""
    try:
        return site_of(typed)
    except NotASite as wrong:
        raise argparse.ArgumentTypeError(f"{typed!r}: {spoken(_NOT_A_SITE[str(wrong)])}") from wrong


def sites_around() -> list[str]:
    """Those of the environment, between spaces or commas, where none is typed."""
    try:
        return [site(name) for name in os.environ.get("MASHRABIYA_SITES", "").replace(",", " ").split()]
    except argparse.ArgumentTypeError as wrong:
        raise HostingTrouble("terminal.sites_around", why=wrong) from wrong


def port(typed: str) -> int:
    """A port as it is typed. 0 lets the machine choose."""
    number = int(typed)
    if not 0 <= number <= 65535:
        raise argparse.ArgumentTypeError(spoken("terminal.port"))
    return number

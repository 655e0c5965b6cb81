"""Which network a request comes from: a coarse name that lives in memory for a moment only."""

from __future__ import annotations

import ipaddress
from typing import Any


def of_request(scope: Any, given: dict[bytes, bytes], trusted_proxy: str) -> bytes | None:
    """The /24 or /48 of the client, or None where it cannot be told (onion, loopback).

    A forwarded address counts only when the peer is the trusted proxy; whatever
    anybody else forwards is ignored.
    """
    peer = scope["client"][0] if scope.get("client") else ""
    if trusted_proxy and peer == trusted_proxy:
        forwarded = given.get(b"x-forwarded-for", b"").decode("latin-1")
        return prefix(forwarded.rsplit(",", 1)[-1].strip())
    return prefix(peer)


def prefix(address: str) -> bytes | None:
    """The network's bytes; None for loopback and for what is no address."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return None
    if found.is_loopback:
        return None
    return found.packed[:3] if found.version == 4 else found.packed[:6]

"""The hidden field of a form: proof that we made it, for this session and this route.

It is masked anew in each answer, so that compressed pages tell nothing of it.
"""

from __future__ import annotations

import os

from mashrabiya.kernel import clock
from mashrabiya.kernel.keys import mac
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.keys import ServerKeys

_SIZE = 16
_LIFE = 1800


def make(keys: ServerKeys, viewer: Viewer, route: str) -> str:
    """The field's value. Without a session it holds a time of half an hour and nothing personal."""
    if viewer.is_member:
        return _mask(_of_session(viewer, route))
    until = int(clock.now()) + _LIFE
    return f"{until:x}." + _mask(_of_visitor(keys, route, until))


def fits(keys: ServerKeys, viewer: Viewer, route: str, shown: str) -> bool:
    """Whether the field was made by us for this session and route, and still holds."""
    until_text, _, masked = shown.rpartition(".")
    token = _unmask(masked)
    if token is None:
        return False
    if viewer.is_member:
        return not until_text and _same(token, _of_session(viewer, route))
    until = _number(until_text)
    if until < clock.now() or until > clock.now() + _LIFE + 1:
        return False
    return _same(token, _of_visitor(keys, route, until))


def _of_session(viewer: Viewer, route: str) -> bytes:
    return mac(viewer.key, b"csrf", route.encode())[:_SIZE]


def _of_visitor(keys: ServerKeys, route: str, until: int) -> bytes:
    return mac(keys.of("sess"), b"visitor", route.encode(), until.to_bytes(8, "big"))[:_SIZE]


def _same(one: bytes, other: bytes) -> bool:
    return mac(b"compare", one) == mac(b"compare", other)


def _number(text: str) -> int:
    try:
        return int(text, 16) if 0 < len(text) < 16 else 0
    except ValueError:
        return 0


def _mask(token: bytes) -> str:
    pad = os.urandom(_SIZE)
    return (pad + bytes(a ^ b for a, b in zip(pad, token, strict=True))).hex()


def _unmask(shown: str) -> bytes | None:
    if len(shown) != 4 * _SIZE:
        return None
    try:
        raw = bytes.fromhex(shown)
    except ValueError:
        return None
    return bytes(a ^ b for a, b in zip(raw[:_SIZE], raw[_SIZE:], strict=True))

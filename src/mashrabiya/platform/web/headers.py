"""The headers of every answer: what the browser may do with it, and what it may not keep."""

from __future__ import annotations

from typing import Any

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "manifest-src 'self'; worker-src 'self'; require-trusted-types-for 'script'; trusted-types mash"
)
_OFF = [
    "accelerometer",
    "autoplay",
    "camera",
    "clipboard-read",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "screen-wake-lock",
    "serial",
    "storage-access",
    "usb",
    "xr-spatial-tracking",
]
_PERMISSIONS = ", ".join(f"{name}=()" for name in _OFF) + (
    ", publickey-credentials-get=(self), publickey-credentials-create=(self)"
)

# A page that search engines may have says so itself.
_ROBOTS = b"x-robots-tag"
_ALWAYS = (
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", _PERMISSIONS.encode()),
    (_ROBOTS, b"noindex, noarchive, nosnippet"),
)
_HTTPS_ONLY = (b"strict-transport-security", b"max-age=63072000")
_POLICY = (b"content-security-policy", POLICY.encode())
_NO_STORE = (b"cache-control", b"no-store")
FOR_EVER = (b"cache-control", b"public, max-age=31536000, immutable")
_VARY = (b"vary", b"accept-encoding, accept-language, cookie")


def with_ours(message: dict[str, Any], *, onion: bool = False) -> None:
    """Add the house's headers to the start of an answer, keeping a policy that it brings itself.

    An onion is plain http inside Tor: to ask for https there would shut the door.
    """
    given = message.setdefault("headers", [])
    names = {name for name, _ in given}
    given = [pair for pair in given if pair[0] != b"server"]
    given.extend(
        pair for pair in _ALWAYS if pair not in given and (pair[0] not in names or pair[0] != _ROBOTS)
    )
    if not onion:
        given.append(_HTTPS_ONLY)
    if b"content-security-policy" not in names:
        given.append(_POLICY)
    if b"cache-control" not in names:
        given.append(_NO_STORE)
        given.append(_VARY)
    message["headers"] = given

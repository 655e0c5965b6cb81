"""The one line out of this house: to a known push service, with nothing in it."""

from __future__ import annotations

import socket
import ssl
from http.client import HTTPConnection, HTTPException
from ipaddress import ip_address

from mashrabiya.platform.push.endpoint import Endpoint, read_endpoint
from mashrabiya.platform.push.vapid import Vapid

DISMISSED = frozenset({403, 404, 410})
"""What a service answers of a browser that is there no longer, or that it does not take from this house."""

_PATIENCE = 10.0
_NOTHING = 0


class Outward:
    """Sends. ``also`` and ``trusted`` are for a service made for a test on this machine; no setting of a house leads to them."""

    def __init__(self, also: frozenset[str] = frozenset(), trusted: ssl.SSLContext | None = None) -> None:
        self._also = also
        self._trusted = trusted

    def read(self, text: str) -> Endpoint | None:
        """The endpoint, where it is one to which this house sends."""
        return read_endpoint(text, self._also)

    def send(self, to: Endpoint, vapid: Vapid, site: str, *, lives: int) -> int:
        """What the service answers; nought where it could not be reached. For ``lives`` seconds it may keep the word."""
        try:
            line = _Line(to, self._address(to), self._trusted or ssl.create_default_context())
            try:
                headers = {
                    "TTL": str(lives),
                    "Urgency": "normal",
                    # One that was not delivered yet is replaced.
                    "Topic": "n",
                    "Content-Length": "0",
                    "Authorization": vapid.authorization(to.origin, site),
                }
                line.request("POST", to.path, headers=headers)
                # Its words are not read, and where it leads to is not followed.
                return line.getresponse().status
            finally:
                line.close()
        except (OSError, HTTPException, ValueError):
            return _NOTHING

    def _address(self, to: Endpoint) -> str:
        """Asked once: what is connected to is what was looked at."""
        found = {str(one[4][0]) for one in socket.getaddrinfo(to.host, to.port, type=socket.SOCK_STREAM)}
        if to.place not in self._also and not all(is_open(address) for address in found):
            raise OSError("a push service has no address in here")
        return min(found, key=lambda address: (":" in address, address))


def is_open(address: str) -> bool:
    """Whether it is an address of the open net, and none of this machine or its neighbours."""
    read = ip_address(address.partition("%")[0])
    inner = getattr(read, "ipv4_mapped", None) or getattr(read, "sixtofour", None)
    return read.is_global and not read.is_multicast and (inner is None or inner.is_global)


class _Line(HTTPConnection):
    """By TLS to one address, whose certificate must be that of the name."""

    def __init__(self, to: Endpoint, address: str, trusted: ssl.SSLContext) -> None:
        super().__init__(to.host, to.port, timeout=_PATIENCE)
        self._address, self._trusted = address, trusted

    def connect(self) -> None:
        plain = socket.create_connection((self._address, self.port), _PATIENCE)
        try:
            self.sock = self._trusted.wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise

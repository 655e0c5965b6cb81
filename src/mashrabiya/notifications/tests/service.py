"""A push service of this machine, by https: it looks at what comes as a real one does, and answers as a test says."""

from __future__ import annotations

import json
import ssl
import threading
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from mashrabiya.kernel import clock
from mashrabiya.platform.push import Outward
from mashrabiya.testing.certificate import certificate


class Service:
    """``got`` are the paths that were rung; ``answers`` says with what. ``key`` is whom its browsers asked."""

    def __init__(self, folder: Path) -> None:
        shown, kept = certificate(folder)
        self.got: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.trouble: list[str] = []
        self.answers, self.key = 201, ""
        service = self

        class Door(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                service.take(self)

            def log_message(self, *_args: Any) -> None:
                """Nothing of a test stands in its output."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(shown, kept)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.place = f"127.0.0.1:{self.server.server_port}"
        self.trusted = ssl.create_default_context(cafile=str(shown))

    @property
    def outward(self) -> Outward:
        """The line of a house that knows this service."""
        return Outward(frozenset({self.place}), self.trusted)

    def endpoint(self, name: str) -> str:
        return f"https://{self.place}/wpush/{name}"

    def take(self, door: BaseHTTPRequestHandler) -> None:
        try:
            self._look(door)
        except Exception as trouble:  # kept for the test, which runs in another thread
            self.trouble.append(repr(trouble))
        self.got.append(door.path)
        self.headers.append(dict(door.headers))
        door.send_response(self.answers)
        door.send_header("Location", self.endpoint("elsewhere"))
        door.send_header("Content-Length", "0")
        door.end_headers()

    def _look(self, door: BaseHTTPRequestHandler) -> None:
        given = door.headers
        assert door.command == "POST"
        assert given["Content-Length"] == "0"
        assert "Transfer-Encoding" not in given
        assert "Content-Encoding" not in given
        assert given["Urgency"] == "normal"
        assert given["Topic"] == "n"
        assert 0 < int(given["TTL"]) <= 4 * clock.HOUR
        scheme, _, rest = given["Authorization"].partition(" ")
        said = dict(part.strip().split("=", 1) for part in rest.split(","))
        assert scheme == "vapid"
        assert said["k"] == self.key
        _verify(said["t"], self.key, f"https://{self.place}")


def _verify(token: str, key: str, origin: str) -> None:
    """As RFC 8292 asks: signed by that key, for this service, for a day at most, and by somebody who can be asked."""
    head, body, signature = token.split(".")
    assert json.loads(_read(head)) == {"typ": "JWT", "alg": "ES256"}
    claims = json.loads(_read(body))
    assert set(claims) == {"aud", "exp", "sub"}
    assert claims["aud"] == origin
    assert 0 < claims["exp"] - clock.now() <= clock.DAY
    assert claims["sub"].startswith("https://")
    raw = _read(signature)
    assert len(raw) == 64
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _read(key))
    halves = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
    public.verify(encode_dss_signature(*halves), f"{head}.{body}".encode(), ec.ECDSA(SHA256()))


def _read(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@contextmanager
def push_service(folder: Path) -> Iterator[Service]:
    service = Service(folder)
    thread = threading.Thread(target=service.server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield service
    finally:
        service.server.shutdown()
        service.server.server_close()
        thread.join(30)
    assert not service.trouble, service.trouble

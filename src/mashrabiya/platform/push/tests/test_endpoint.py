"""This house sends to a few known services, by https, in the open net, and to nobody else."""

from __future__ import annotations

import pytest

from mashrabiya.platform.push import LONGEST, Endpoint, Outward, Vapid, read_endpoint
from mashrabiya.platform.push.outward import is_open

KNOWN = (
    "https://fcm.googleapis.com/fcm/send/dJ3:APA91b-x_Y",
    "https://updates.push.services.mozilla.com/wpush/v2/gAAAA",
    "https://wns2-par02p.notify.windows.com/w/?token=BQYAAAB%2f",
    "https://web.push.apple.com/QGu",
)
REFUSED = (
    "http://fcm.googleapis.com/fcm/send/x",
    "https://fcm.googleapis.com",
    "https://fcm.googleapis.com:8443/x",
    "https://fcm.googleapis.com:443/x",
    "https://fcm.googleapis.com.evil.example/x",
    "https://evil.example/fcm.googleapis.com/x",
    "https://fcm.googleapis.com@evil.example/x",
    "https://evil.example#@fcm.googleapis.com/x",
    "https://evil.example\\@fcm.googleapis.com/x",
    "https://FCM.googleapis.com/x",
    "https://fcm.googleapis.com./x",
    "https://xnotify.windows.com/x",
    "https://notify.windows.com/x",
    "https://..notify.windows.com/x",
    "https://127.0.0.1/x",
    "https://[::1]/x",
    "https://localhost/x",
    "https://10.0.0.1/x",
    "https://169.254.169.254/latest/meta-data",
    "https://fcm.googleapis.com/x\r\nHost: evil.example",
    "https://fcm.googleapis.com/x y",
    "https://fcm.googleapis.com/x#y",
    "https://fcm.googleapis.com/مرحبا",
    "https://fcm.googleapis.com/" + "x" * LONGEST,
    "ftp://fcm.googleapis.com/x",
    "//fcm.googleapis.com/x",
    " https://fcm.googleapis.com/x",
    "https://fcm.googleapis.com/x\n",
    "",
)


def test_known_services_are_read_and_nothing_else() -> None:
    for text in KNOWN:
        found = read_endpoint(text)
        assert found is not None, text
        assert text == found.origin + found.path
    for text in REFUSED:
        assert read_endpoint(text) is None, text
    # A place made for a test is known by name and port, to whom it is said alone.
    here = "https://127.0.0.1:8443/x"
    assert read_endpoint(here) is None
    found = read_endpoint(here, frozenset({"127.0.0.1:8443"}))
    assert found == Endpoint("127.0.0.1", 8443, "/x")
    assert read_endpoint("https://127.0.0.1:8444/x", frozenset({"127.0.0.1:8443"})) is None
    assert "/x" not in repr(found), "whoever knows the path can ring"


@pytest.mark.parametrize(
    ("address", "open_net"),
    [
        ("142.250.185.74", True),
        ("2a00:1450:4001:82a::200a", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_addresses_of_this_machine_and_its_neighbours_are_none(address: str, open_net: bool) -> None:
    assert is_open(address) is open_net


def test_a_known_name_that_leads_in_here_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever answers for names says that the service is this machine: nothing is connected to."""
    asked: list[str] = []

    def resolve(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return [(2, 1, 6, "", ("142.250.185.74", port)), (2, 1, 6, "", ("127.0.0.1", port))]

    def connect(*_: object) -> None:
        raise AssertionError("it connected")

    monkeypatch.setattr("socket.getaddrinfo", resolve)
    monkeypatch.setattr("socket.create_connection", connect)
    to = read_endpoint(KNOWN[0])
    assert to is not None
    assert Outward().send(to, Vapid(b"k" * 32), "house.example", lives=60) == 0
    assert asked == ["fcm.googleapis.com"], "asked once"


def test_the_key_of_a_house_is_the_same_in_all_its_processes_and_no_other_house_has_it() -> None:
    first, again, other = Vapid(b"k" * 32), Vapid(b"k" * 32), Vapid(b"l" * 32)
    assert first.public == again.public != other.public
    assert len(first.public) == 87
    assert repr(first) == "Vapid(…)"

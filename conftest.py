"""For every test: no socket leaves this machine, and its commands speak English."""

import os
import socket
import time
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from mashrabiya.kernel import clock

# How long a machine takes is no verdict on a promise: times belong to ./dev bench.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

os.environ["LC_ALL"] = "C.UTF-8"

pytest_plugins = ["mashrabiya.testing.databases", "mashrabiya.testing.houses", "mashrabiya.testing.chromium"]

LOCAL_FAMILIES = {getattr(socket, "AF_UNIX", None)}


class LeftTheMachine(AssertionError):
    """A test tried to reach another machine; tests that can would sooner or later tell on somebody."""


def refuse_far_address(_event: str, arguments: tuple[Any, ...]) -> None:
    sock, address = arguments
    if sock.family in LOCAL_FAMILIES or is_loopback(address):
        return
    raise LeftTheMachine(f"a test opened a connection to {address!r}")


def is_loopback(address: Any) -> bool:
    host = address[0] if isinstance(address, tuple) else address
    if host in {"localhost", ""}:
        return True
    try:
        return ip_address(str(host).split("%", maxsplit=1)[0]).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True, scope="session")
def stay_on_this_machine() -> Iterator[None]:
    """Python's own audit hook sees every connect, whoever makes it; it cannot be taken off again."""
    import sys

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event in {"socket.connect", "socket.sendto"} and watching:
            refuse_far_address(event, arguments)

    watching = [True]
    sys.addaudithook(watch)
    yield
    watching.clear()


BEFORE_A_STEP = 5.0
"""Seconds: longer than nearly every test."""


@pytest.fixture(autouse=True)
def it_is_now_again() -> Iterator[None]:
    """Whatever a test did to the clock, also where it failed, is no other test's.

    And none begins just before the house's times take a step: it would compare one side of midnight with the other.
    """
    left = -clock.now() % clock.TEN_MINUTES
    if left < BEFORE_A_STEP:
        time.sleep(left + 0.01)
    yield
    clock.offset = 0.0


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests of the whole matrix run with ./dev test --full; elsewhere they are left out, not skipped."""
    import os

    if os.environ.get("MASHRABIYA_FULL") == "1":
        return
    kept = [item for item in items if "full" not in item.keywords]
    config.hook.pytest_deselected(items=[item for item in items if "full" in item.keywords])
    items[:] = kept

"""Serving refuses what would harm (T29), says where everything lies, and writes nothing about anybody."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from mashrabiya import __main__ as command
from mashrabiya.main import HOUSEHOLD
from mashrabiya.platform import house, keys
from mashrabiya.platform.db import Database
from mashrabiya.platform.hosting import HostingTrouble
from mashrabiya.platform.hosting import init as making
from mashrabiya.platform.hosting import serve as serving
from mashrabiya.platform.hosting.tests.conftest import MakeConfig
from mashrabiya.platform.keys import ServerKeys
from mashrabiya.platform.settings import Config

MARKER = "Marker-Agent/9.9"


@pytest.fixture
def here(make_config: MakeConfig) -> Config:
    made = make_config("house", "sqlite")
    making.init(made)
    return made


def change(config: Config, **settings: object) -> None:
    database = Database(config.database_url)
    with database.write() as uow:
        house.save(uow, **settings)
    database.close()


def refusal(config: Config) -> str:
    site = HOUSEHOLD.site(config, keys.read_keys(config.key_path))
    try:
        with pytest.raises(HostingTrouble) as refused:
            serving.refuse_sample_in_public(config, site)
    finally:
        site.database.close()
    return str(refused.value)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "house.example"])  # noqa: S104
def test_a_sample_is_never_served_to_others(here: Config, host: str) -> None:
    change(here, sample=True)
    assert "this machine only" in refusal(replace(here, host=host))


def test_limits_stay_on_where_people_live(here: Config) -> None:
    assert "sample houses" in refusal(replace(here, limits=False))


def test_there_must_be_a_house(make_config: MakeConfig) -> None:
    with pytest.raises(HostingTrouble, match="mashrabiya init"):
        serving.open_house(make_config("none", "sqlite"))


def test_postgresql_that_logs_what_people_do_is_refused(make_config: MakeConfig) -> None:
    import psycopg

    made = make_config("house", "postgresql")
    making.init(made)
    with psycopg.connect(made.database, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE \"{connection.info.dbname}\" SET log_statement = 'mod'".encode())
    with pytest.raises(HostingTrouble, match="log_statement = none"):
        serving.open_house(made)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Running:
    """A house served by the real command."""

    def __init__(self, config: Config, *options: str) -> None:
        self.port = free_port()
        command = [sys.executable, "-m", "mashrabiya", "serve", "--data", str(config.data)]
        command += ["--key-file", config.key_file, "--port", str(self.port), *options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def get(self, path: str) -> tuple[int, dict[str, str]]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", path, headers={"User-Agent": MARKER, "X-Forwarded-For": "198.51.100.77"})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}

    def wait(self) -> None:
        for _ in range(1800):
            try:
                self.get("/health")
            except OSError:
                assert self.process.poll() is None, self.process.communicate(timeout=60)[0]
                time.sleep(0.1)
            else:
                return
        raise AssertionError("the house did not open")

    def said(self) -> str:
        """Everything printed, once it was told to end."""
        self.process.send_signal(signal.SIGTERM)
        return str(self.process.communicate(timeout=120)[0])


@contextmanager
def running(config: Config, *options: str) -> Iterator[Running]:
    served = Running(config, *options)
    try:
        served.wait()
        yield served
    finally:
        if served.process.poll() is None:
            # Killed, it would leave its workers behind, and they hold the pipe open.
            served.process.terminate()
            served.process.communicate(timeout=120)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_it_says_where_everything_lies_and_nothing_of_who_asked(here: Config, workers: str) -> None:
    with running(here, "--workers", workers) as served:
        status, headers = served.get("/")
        served.get("/nowhere/secret-word?q=secret-word")
        said = served.said()
    assert status == 200
    assert "server" not in headers
    assert "date" in headers
    assert f"http://127.0.0.1:{served.port}" in said
    assert str(here.data) in said
    assert here.key_path in said
    assert not re.search("198.51.100|Marker-Agent|secret-word|GET ", said)


def test_the_first_hosts_link_opens_and_the_next_start_makes_another(here: Config) -> None:
    links = []
    for _ in range(2):
        with running(here) as served:
            said = served.said()
        links.append(re.search(r"First host: http://127\.0\.0\.1:\d+(/join/\w+)", said))
    assert links[0]
    assert links[1]
    assert links[0][1] != links[1][1]
    change(here, steps_done=("name",))
    with running(here) as served:
        assert served.get(links[1][1])[0] == 200
        assert "First host" not in served.said()


def test_a_worker_process_that_dies_is_replaced(here: Config) -> None:
    with running(here, "--workers", "2") as served:
        children = children_of(served.process.pid)
        os.kill(children[0], signal.SIGKILL)
        for _ in range(600):
            now = children_of(served.process.pid)
            if len(now) == 2 and children[0] not in now:
                break
            time.sleep(0.1)
        assert len(now) == 2
        assert served.get("/health")[0] == 200


def test_a_signal_while_a_worker_process_is_made_ends_that_one_too(
    here: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = tmp_path / "late"

    def told_meanwhile() -> int:
        os.kill(os.getpid(), signal.SIGTERM)
        child = ["sh", "-c", f"sleep 60; : > {late}"]
        return os.posix_spawn("/bin/sh", child, os.environ)

    monkeypatch.setattr(os, "fork", told_meanwhile)
    before = {number: signal.getsignal(number) for number in serving._ENDING}
    try:
        with socket.socket() as listening:
            crew = serving._Crew(replace(here, workers=2), HOUSEHOLD, ServerKeys(bytes(32)), listening)
            crew.run()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    assert not late.exists()


def children_of(process: int) -> list[int]:
    listed = Path(f"/proc/{process}/task/{process}/children")
    return [int(child) for child in listed.read_text().split()]


def test_the_port_is_named_when_it_is_taken(here: Config) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(HostingTrouble, match=f"port {port}"):
            serving.listen(replace(here, port=port))


def told(config: Config) -> str:
    site = HOUSEHOLD.site(config, keys.read_keys(config.key_path))
    try:
        return serving.tell(config, site, HOUSEHOLD)
    finally:
        site.database.close()


def test_it_says_by_which_names_it_is_reached(here: Config) -> None:
    change(here, sites=("other.example",))
    said = told(replace(here, sites=("house.example",), trusted_proxy="127.0.0.1"))
    assert "\nReached as: house.example, other.example\n" in said
    assert "First host: https://house.example/join/" in said


def test_without_a_name_it_says_how_to_give_one(here: Config) -> None:
    assert "--site house.example" in told(replace(here, trusted_proxy="127.0.0.1"))
    assert "--site house.example" in told(replace(here, host="192.0.2.7"))
    assert "Reached as" not in told(here)


def test_names_are_typed_or_stand_in_the_environment(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def sites(*typed: str) -> tuple[str, ...]:
        return command.config_of(command.parser().parse_args(["serve", *typed])).sites

    assert sites() == ()
    monkeypatch.setenv("MASHRABIYA_SITES", "Env.Example, second.example")
    assert sites() == ("env.example", "second.example")
    assert sites("--site", "House.Example", "--site", "house.example") == ("house.example",)
    for wrong in ("https://house.example", "house.example:80", "192.0.2.7", "short.onion", "house"):
        with pytest.raises(SystemExit):
            sites("--site", wrong)
        assert f"{wrong!r}: " in capsys.readouterr().err
    monkeypatch.setenv("MASHRABIYA_SITES", "https://env.example")
    with pytest.raises(HostingTrouble, match="MASHRABIYA_SITES"):
        sites()


def test_a_house_opens_by_the_name_of_its_command_and_by_no_other(here: Config) -> None:
    with running(here, "--site", "House.Example") as served:
        assert [status_as(served, name) for name in ("house.example", "evil.example")] == [200, 421]


def status_as(served: Running, name: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)
    connection.request("GET", "/", headers={"Host": name})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status

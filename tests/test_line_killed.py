"""A server that is killed while pages listen: whoever comes back hears what was written meanwhile, and nothing twice."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.thread_steps import ask, say
from mashrabiya.kernel.ids import show_id
from mashrabiya.platform import keys
from mashrabiya.platform.db import Database
from mashrabiya.platform.hosting import init as making
from mashrabiya.platform.hosting.tests.test_serve import Running
from mashrabiya.platform.settings import Config
from mashrabiya.testing.house import Person, TestHouse

from .lines import Line


@pytest.fixture
def served_by_the_command(tmp_path: Path) -> tuple[Config, TestHouse]:
    """A house as its host makes it, in which the tests' people live."""
    file = tmp_path / "keys" / "house.key"
    file.parent.mkdir(mode=0o700)
    file.write_bytes(keys._as_file(b"\x07" * 32))
    file.chmod(0o600)
    config = Config(data=tmp_path / "house", key_file=str(file))
    making.init(config)
    return config, TestHouse(config.data, Database(config.database_url), open=True)


def test_what_was_written_while_it_was_dead_is_heard(
    served_by_the_command: tuple[Config, TestHouse],
) -> None:
    config, house = served_by_the_command
    alice, bob = house.person("alice"), house.person("bob")
    tid = ask(house, alice, open_place(house, alice, bob)).tid
    topic = f"t.{show_id(tid)}"
    first = Running(config)
    first.wait()
    line = Line(f"http://127.0.0.1:{first.port}", alice, f"{topic}.1")
    assert line.status == 200
    say(house, bob, tid, "Shade.")
    assert line.news() == f"{topic}.2"
    first.process.kill()
    first.process.communicate(timeout=60)
    with closing(line), pytest.raises((AssertionError, OSError)):
        line.news()
    say(house, bob, tid, "And little water.")
    again = Running(config)
    try:
        again.wait()
        with closing(_back(again, alice, topic)) as back:
            assert back.news() == f"{topic}.3"
            say(house, bob, tid, "Once a week.")
            assert back.news() == f"{topic}.4"
            assert back.all.count(b"data: ") == 2
    finally:
        again.process.terminate()
        again.process.communicate(timeout=120)
    house.close()


def _back(served: Running, person: Person, topic: str) -> Line:
    """As a browser comes back: with the number that it heard last."""
    line = Line(f"http://127.0.0.1:{served.port}", person, f"{topic}.1", last=f"{topic}.2")
    assert line.status == 200
    return line

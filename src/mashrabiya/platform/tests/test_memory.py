"""Neither a slow hash nor what looks through the whole house makes the process larger for good."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

_ASKED = """
from pathlib import Path
import re, threading
from mashrabiya.platform.crypto import Cost, sign_in_hash
from mashrabiya.platform.memory import give_back_at_once
def own():
    return int(re.search(r"Anonymous:\\s+(\\d+)", Path("/proc/self/smaps_rollup").read_text())[1])
give_back_at_once()
before, held = own(), []
def hash_and_stay():
    for _ in range(3):
        sign_in_hash(b"some words", bytes(16), Cost(memory_kib=24 * 1024, passes=1))
        held.append(bytearray(60_000))
thread = threading.Thread(target=hash_and_stay)
thread.start()
thread.join()
print(own() - before)
"""

_LOOKED_THROUGH = """
from pathlib import Path
import re, sys
from mashrabiya.platform.db import Database
from mashrabiya.platform.memory import give_back_at_once
from mashrabiya.platform.schedules import Every, scheduled, step
from mashrabiya.platform.db.schema import create_all
def own():
    return int(re.search(r"Anonymous:\\s+(\\d+)", Path("/proc/self/smaps_rollup").read_text())[1])
give_back_at_once()
kept = []
@scheduled("look through everything", Every.HOUR)
def look_through(database):
    pages = [bytearray(4000) for _ in range(8000)]
    kept.append(bytearray(100_000))
database = Database(sys.argv[1])
create_all(database)
before = own()
assert step(database) and kept
print(own() - before)
"""


@pytest.mark.parametrize("asked", [_ASKED, _LOOKED_THROUGH], ids=["a slow hash", "a schedule"])
@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="Linux alone says it")
def test_what_was_filled_for_a_moment_is_given_back(asked: str, tmp_path: Path) -> None:
    command = [sys.executable, "-c", asked, str(tmp_path / "house.db")]
    said = subprocess.run(command, capture_output=True, text=True, check=True)
    kept = re.fullmatch(r"(-?\d+)\n", said.stdout)
    assert kept, said
    assert int(kept[1]) < 8 * 1024, "kilobytes"

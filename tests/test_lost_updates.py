"""Four processes that read and then write, three hundred times each: none of it is lost.

With the driver's own settings most of it is, without an error (docs/decisions/0002).
"""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

from mashrabiya.platform.db import Database
from tests import children

ROOT = Path(__file__).resolve().parents[1]
PROCESSES, TIMES = 4, 300


def test_processes_that_read_and_then_write_lose_nothing(database: Database) -> None:
    children.begin_count(database)
    command = [sys.executable, "-m", "tests.children", "count", database.url, str(TIMES)]
    running = [subprocess.Popen(command, cwd=ROOT) for _ in range(PROCESSES)]
    assert [process.wait(120) for process in running] == [0] * PROCESSES
    assert children.read_count(database) == PROCESSES * TIMES


def test_threads_that_read_and_then_write_lose_nothing(database: Database) -> None:
    children.begin_count(database)
    threads = [
        threading.Thread(target=children.count, args=(database.url, str(TIMES)), daemon=True)
        for _ in range(PROCESSES)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
        assert not thread.is_alive()
    assert children.read_count(database) == PROCESSES * TIMES

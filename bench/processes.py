"""Starting what is measured, and reading its processor time and memory from the kernel."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

_TICK = os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """A port that nobody listens on: another run beside this one must not be measured in its place."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A server process on a port of loopback, with its children, and the one it leans on: its PostgreSQL."""

    def __init__(self, command: list[str], port: int, *, ready: str = "/health", beside: int = 0) -> None:
        self.port = port
        self._beside = beside
        began = time.perf_counter()
        self._log = Path(f"/tmp/bench-{port}.log").open("w")  # noqa: SIM115
        self._process = subprocess.Popen([sys.executable, *command], stdout=self._log, stderr=self._log)
        self._wait(ready)
        self.cold_start = time.perf_counter() - began

    def _wait(self, ready: str) -> None:
        for _ in range(1500):
            if self._process.poll() is not None:
                raise RuntimeError(f"the server ended: see {self._log.name}")
            try:
                with urlopen(f"http://127.0.0.1:{self.port}{ready}", timeout=2):
                    return
            except OSError:
                time.sleep(0.02)
        raise RuntimeError("the server did not answer")

    def processor_seconds(self) -> float:
        """User and system time of the process so far, of all it started, and of what it leans on."""
        return sum(family_seconds(pid) for pid in (self._process.pid, self._beside) if pid)

    def workers(self) -> list[int]:
        """The processes that answer, where it serves in several."""
        return children(self._process.pid) or [self._process.pid]

    def memory_mb(self) -> float:
        """Resident memory of the process and its children."""
        return sum(resident_mb(pid) for pid in [self._process.pid, *children(self._process.pid)])

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(20)
        self._log.close()


def family_seconds(pid: int) -> float:
    """User and system time of a process and of all it started, those that have ended among them."""
    return sum(_seconds(one) for one in [pid, *children(pid)])


def _seconds(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0  # it ended just now, and its parent counts it
    return sum(int(ticks) for ticks in fields[11:15]) / _TICK


def resident_mb(pid: int) -> float:
    """Resident memory of one process."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def own_mb(pid: int) -> float:
    """Memory that is this process's own: pages of a file that others read, too, are not counted once a thread."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Anonymous"):
            return int(line.split()[1]) / 1024
    return 0.0


def children(pid: int) -> list[int]:
    """The processes that a process has started, and theirs."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        try:
            for child in (task / "children").read_text().split():
                found += [int(child), *children(int(child))]
        except FileNotFoundError:
            continue
    return found

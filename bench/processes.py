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
    """A server process on a port of loopback, with its children."""

    def __init__(self, command: list[str], port: int, *, ready: str = "/health") -> None:
        self.port = port
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
        """User and system time of the process and its children so far."""
        return sum(processor_seconds(pid) for pid in [self._process.pid, *children(self._process.pid)])

    def memory_mb(self) -> float:
        """Resident memory of the process and its children."""
        return sum(resident_mb(pid) for pid in [self._process.pid, *children(self._process.pid)])

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(20)
        self._log.close()


def processor_seconds(pid: int) -> float:
    """User and system time of one process."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / _TICK


def resident_mb(pid: int) -> float:
    """Resident memory of one process."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
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


def named(name: str) -> list[int]:
    """Every process of this name: PostgreSQL's backends, for example."""
    folders = (folder for folder in Path("/proc").iterdir() if folder.name.isdigit())
    return [int(folder.name) for folder in folders if _name_of(folder) == name]


def _name_of(folder: Path) -> str:
    try:
        return (folder / "comm").read_text().strip()
    except OSError:
        return ""

"""The process that decodes: what it can no longer do, and what it may not send back."""

from __future__ import annotations

import ctypes
import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from mashrabiya.platform.media import Reason, Refused, intake, prepare
from mashrabiya.platform.media.tests import samples

DRAW = Path(__file__).parents[1] / "draw.py"

PROBE = """
import importlib.util, json, socket, sys
spec = importlib.util.spec_from_file_location("draw", sys.argv[1])
draw = importlib.util.module_from_spec(spec)
spec.loader.exec_module(draw)
draw.confine()
told = {}
def can(name, act):
    try:
        act()
        told[name] = True
    except (OSError, MemoryError):
        told[name] = False
can("read", lambda: open("/etc/passwd").close())
can("list", lambda: __import__("os").listdir("/tmp"))
can("make", lambda: open("/tmp/zz-mark", "wb").write(b"x" * 10))
can("call", lambda: socket.create_connection(("127.0.0.1", int(sys.argv[2])), 2).close())
can("swell", lambda: bytearray(600 * 1024 * 1024))
can("work", lambda: bytearray(100 * 1024 * 1024))
print(json.dumps(told))
"""


def has_landlock() -> bool:
    return sys.platform == "linux" and bool(ctypes.CDLL(None).syscall(444, None, 0, 1) >= 1)


@pytest.fixture(scope="module")
def told() -> dict[str, bool]:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        done = subprocess.run(
            [sys.executable, "-I", "-c", PROBE, str(DRAW), str(server.getsockname()[1])],
            capture_output=True,
            timeout=120,
            check=True,
        )
    answers: dict[str, bool] = json.loads(done.stdout)
    return answers


@pytest.mark.skipif(sys.platform != "linux", reason="other systems count memory otherwise")
def test_half_a_gigabyte_and_no_more(told: dict[str, bool]) -> None:
    assert told["work"]
    assert not told["swell"]


@pytest.mark.skipif(not has_landlock(), reason="this kernel has no Landlock")
def test_no_file_is_opened_any_more(told: dict[str, bool]) -> None:
    assert not any(told[use] for use in ("read", "list", "make"))


def test_no_network(told: dict[str, bool]) -> None:
    may = (
        subprocess.run(["unshare", "-rn", "true"], capture_output=True, check=False, timeout=60).returncode
        == 0
    )
    if not may:
        pytest.skip("new networks cannot be made here")
    assert not told["call"]


def stands_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: str) -> None:
    """Another program in the place of the one that draws."""
    program = tmp_path / "draw.py"
    program.write_text("import sys, time\nout = sys.stdout.buffer\n" + code)
    monkeypatch.setattr(intake, "_DRAW", program)


@pytest.mark.parametrize(
    "code",
    [
        "pass",
        "sys.exit(1)",
        "out.write(b'x')",
        "out.write(b'x' * 100)",
        "out.write(b'\\0' * 12)",
        "import os; os.abort()",
        "import struct; out.write(struct.pack('>III', 9, 9, 5) + b'<svg>')",
        "out.write(sys.stdin.buffer.read())",
    ],
)
def test_what_comes_back_is_not_trusted(code: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stands_in(monkeypatch, tmp_path, code)
    assert prepare(samples.plain("PNG", (50, 50))) == Refused(Reason.BROKEN)


def test_a_picture_with_something_beside_it_does_not_come_back(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import struct

    for file in (samples.laden("WEBP"), samples.plain("WEBP", (20, 20)) + b"PK\3\4"):
        (tmp_path / "file").write_bytes(2 * (struct.pack(">III", 20, 20, len(file)) + file))
        stands_in(monkeypatch, tmp_path, f"out.write(open({str(tmp_path / 'file')!r}, 'rb').read())")
        assert prepare(samples.plain("PNG", (50, 50))) == Refused(Reason.BROKEN)


def test_one_that_floods_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stands_in(monkeypatch, tmp_path, "while True: out.write(b'x' * 65536)")
    assert prepare(samples.plain("PNG", (50, 50))) == Refused(Reason.BROKEN)


def test_one_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(intake, "TIME_OUT", 0.5)
    stands_in(monkeypatch, tmp_path, "time.sleep(60)")
    assert prepare(samples.plain("PNG", (50, 50))) == Refused(Reason.BROKEN)


def test_one_that_never_reads_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stands_in(monkeypatch, tmp_path, "sys.exit(0)")
    assert prepare(samples.plain("JPEG") + bytes(1024 * 1024)) == Refused(Reason.BROKEN)


def test_a_crowd_is_told_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "_places", threading.BoundedSemaphore(1))
    monkeypatch.setattr(intake, "WAIT", 0.01)
    intake._places.acquire()
    assert prepare(samples.plain("PNG", (50, 50))) == Refused(Reason.BUSY)

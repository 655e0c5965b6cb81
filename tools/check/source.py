"""The files that the checks look at, and how a fault is told."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "mashrabiya"


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that must be mended, and where it stands."""

    path: str
    line: int
    what: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.what}" if place else self.what


@lru_cache(maxsize=1)
def files() -> tuple[Path, ...]:
    """Every file that is tracked, or would be if it were added: ignored ones do not count."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    named = (ROOT / name.decode() for name in listed.stdout.split(b"\0") if name)
    return tuple(sorted(path for path in set(named) if path.is_file()))


def matching(pattern: str) -> Iterator[Path]:
    """The files whose path under the root fits a shell pattern."""
    return (path for path in files() if path.relative_to(ROOT).match(pattern))


def python_files() -> Iterator[Path]:
    """Python sources, the script ``dev`` included."""
    return (path for path in files() if path.suffix == ".py" or path == ROOT / "dev")


def templates() -> Iterator[Path]:
    """Every template of every domain."""
    return (path for path in files() if "templates" in path.parts and path.suffix == ".html")


def shown(path: Path) -> str:
    """The path as a reader of the repository knows it."""
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path)


def text_of(path: Path) -> str:
    """The text, or nothing where a file holds none."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""

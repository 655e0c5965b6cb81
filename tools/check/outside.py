"""Checks made by well-known tools, as pyproject.toml and .importlinter set them up."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.check.source import ROOT, Fault


def formatting() -> Iterator[Fault]:
    """A change that matters drowns in moved commas. ./dev fix mends it."""
    return told_by("ruff", "format", "--check", "--quiet", "--output-format", "concise", ".")


def linting() -> Iterator[Fault]:
    """A known kind of mistake slips in: a forgotten await, a swallowed error, a function too tangled."""
    return told_by("ruff", "check", "--quiet", "--output-format", "concise", ".")


def types() -> Iterator[Fault]:
    """A None or a wrong id travels until it harms somebody."""
    return told_by("-m", "mypy", "--no-error-summary", "--show-error-codes")


def imports() -> Iterator[Fault]:
    """A level imports upwards, and soon everything knows everything."""
    return told_by(
        "lint-imports",
        "--no-logo",
        "--cache-dir",
        ".import_linter_cache",
        keep=("BROKEN", "->", "not allowed", "rror", "does not exist", "Missing"),
    )


def told_by(*command: str, keep: tuple[str, ...] = ()) -> Iterator[Fault]:
    """What a tool complains of, line by line; nothing when it is content."""
    folder = Path(sys.executable).parent
    program = [sys.executable, *command] if command[0] == "-m" else [str(folder / command[0]), *command[1:]]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return
    lines = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    for line in [line for line in lines if not keep or any(mark in line for mark in keep)] or lines:
        yield Fault("", 0, line)

"""Making a sample house, and the file that tells the way into it."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from mashrabiya.platform.hosting.household import HostingTrouble, Household, SampleSize, private_folder
from mashrabiya.platform.hosting.init import init, is_made
from mashrabiya.platform.settings import Config
from mashrabiya.platform.terminal import why

_TELL_AFTER, _TELL_EVERY, _LINE_EVERY = 1.0, 0.2, 5.0


class Progress:
    """Says how far long work has come: in one line on a terminal, else a line every few seconds."""

    def __init__(self, to: TextIO | None = None, of_what: str = "Sample") -> None:
        self._of_what, self._to = of_what, to or sys.stderr
        self._every = _TELL_EVERY if self._to.isatty() else _LINE_EVERY
        self._next = time.monotonic() + _TELL_AFTER
        self._open = False

    def __call__(self, what: str, done: int, of: int) -> None:
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + self._every
        line = f"{self._of_what}:  {what}: {done:,} of {of:,}"
        self._open = self._to.isatty()
        print(
            f"\r{line:<60}" if self._open else line, end="" if self._open else "\n", file=self._to, flush=True
        )

    def close(self) -> None:
        """Leave the line."""
        if self._open:
            print(f"\r{'':<60}\r", end="", file=self._to, flush=True)


def sample(
    config: Config, household: Household, size: SampleSize | None = None, *, credentials: Path | None = None
) -> None:
    """Make a sample house. A house that exists already is left as it is."""
    size = size or SampleSize()
    if is_made(config):
        raise HostingTrouble("terminal.sample_there", data=config.data)
    began = time.monotonic()
    with _file_for(credentials) as file:
        known = _fill(config, household, size)
        if file is not None:
            json.dump(known, file, ensure_ascii=False, indent=1)
    print(
        f"Sample:  {size.members:,} made-up people, {size.communities:,} communities, {size.threads:,} threads, "
        f"{size.posts:,} posts in {time.monotonic() - began:.0f} s; it can never become a real house"
    )
    if credentials is not None:
        print(f"Sign in: {credentials}  (names, passphrases and codes of all of them)")


def _fill(config: Config, household: Household, size: SampleSize) -> dict[str, Any]:
    progress = Progress()
    loaded = init(config)
    site = household.site(config, loaded)
    try:
        return household.inhabit(site, size, progress)
    except BaseException:
        for left in config.data.glob("house.db*"):
            left.unlink()  # half a sample would be taken for a real house
        raise
    finally:
        progress.close()
        site.database.close()


@contextmanager
def _file_for(path: Path | None) -> Iterator[TextIO | None]:
    """The file, for its owner alone from its first byte on; opened before the work, so that none is in vain."""
    if path is None:
        yield None
        return
    try:
        private_folder(path.absolute().parent)
        path.unlink(missing_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as trouble:
        raise HostingTrouble("terminal.credentials", path=path, why=why(trouble)) from None
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            yield file
    except BaseException:
        path.unlink()
        raise

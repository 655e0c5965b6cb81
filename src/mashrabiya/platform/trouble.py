"""Logging what failed in the background: never whom it was about, nor a word of theirs."""

from __future__ import annotations

import logging
import traceback

log = logging.getLogger("mashrabiya")


def note(trouble: BaseException, place: str) -> None:
    """What failed and where in our code. The text of an error may hold values, so it stays out."""
    frames = traceback.extract_tb(trouble.__traceback__)
    where = " < ".join(f"{f.filename.rsplit('/', 1)[-1]}:{f.lineno}" for f in reversed(frames[-4:]))
    log.error("%s at %s in %s", type(trouble).__name__, where, place)

"""Places: nothing in the repository points at somebody's own machine."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tools.check.source import Fault, files, shown, text_of

# Put together from parts, so that this file does not find itself.
FORBIDDEN = {
    "the path of somebody's machine": re.compile(
        r"(?<![\w.:/-])/(?:"
        + "|".join(["root", "work", "home/" + r"\w+", "Users/" + r"\w+", "opt/" + "wheels"])
        + r")/"
    ),
    "a package registry": re.compile(
        "|".join(
            [
                "py" + r"pi\.org",
                "python" + r"hosted\.org",
                "registry" + r"\.npmjs",
                "index" + "-url",
                "find" + "-links",
            ]
        )
    ),
}
OF_OTHERS = {"LICENSE"}


def places() -> Iterator[Fault]:
    """A path or a registry of one machine is committed: it tells on its owner, or breaks elsewhere."""
    for path in files():
        if path.name in OF_OTHERS:
            continue
        for number, line in enumerate(text_of(path).splitlines(), 1):
            yield from (
                Fault(shown(path), number, what) for what, form in FORBIDDEN.items() if form.search(line)
            )

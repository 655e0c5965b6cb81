"""What the library costs a visitor: the longest guide of those that stand open, and its lists."""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path
from urllib.request import urlopen

from bench.houses import make_house
from bench.load import request
from bench.processes import Server, free_port
from bench.workloads import COMMON, Cost, best

MOST_MS, MOST_LIST_MS = 0.8, 1.0
_LISTS = {"front": "/y", "countries": "/y/w", "glossary": "/y/v"}
_ADDRESS = re.compile(r'href="(/y/[0-9a-z]{26})"')


def guide_cost(server: Server) -> dict[str, Cost | float]:
    """Processor milliseconds of the server per answer."""
    address = longest(server)
    found: dict[str, Cost | float] = {"must_ms": MOST_MS, "list_must_ms": MOST_LIST_MS}
    for name, path in {"guide": address, **_LISTS}.items():
        asked = request("GET", path, COMMON)
        found[name] = best(server, lambda _number, asked=asked: asked)
    return found


def longest(server: Server) -> str:
    """The address of the guide with the most bytes."""

    def body(path: str) -> str:
        with urlopen(f"http://127.0.0.1:{server.port}{path}?lang=ar") as answer:
            text: str = answer.read().decode()
        return text

    return max(dict.fromkeys(_ADDRESS.findall(body("/y"))), key=lambda path: len(body(path)))


def main() -> int:
    """By itself, on a small house."""
    with tempfile.TemporaryDirectory() as folder:
        house = make_house(Path(folder) / "small", members=26, threads=131, posts=900)
        server = Server(house.serve(port := free_port()), port)
        try:
            print(guide_cost(server))
        finally:
            server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())

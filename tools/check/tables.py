"""Tables: rows die by a rule, and no table points at a level above its own."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator

from sqlalchemy import Table

from tools.check.source import PACKAGE, Fault, files, shown, text_of

# The lowest first. Names in one line are siblings, which never know one another.
LEVELS = (
    ("kernel",),
    ("platform",),
    ("people",),
    ("safety",),
    ("communities",),
    ("discussions", "library", "support", "messages", "exchange", "movement"),
    ("notifications", "search", "home", "feeds", "federation"),
    ("care", "stewardship"),
)
LEVEL_OF = {domain: height for height, domains in enumerate(LEVELS) for domain in domains}
DECLARES = re.compile(r"^(?:\w+)(?:\s*:\s*\w+)?\s*=\s*(?:db\.)?table\(", re.MULTILINE)


def tables() -> Iterator[Fault]:
    """A row is kept for ever without anybody having decided so, or account and persona rows get tied."""
    owners = owned_tables()
    for table, (domain, path) in owners.items():
        if table.info.get("expire") is None:
            yield Fault(path, 0, f"{table.name}: declares no retention (expire=…)")
        if domain not in LEVEL_OF:
            yield Fault(path, 0, f"{table.name}: {domain} has no place in the levels")
        for key in table.foreign_keys:
            above = points_up(domain, owners[key.column.table][0])
            if above:
                yield Fault(
                    path, 0, f"{table.name}.{key.parent.name} points at {key.column.table.name}: {above}"
                )


def points_up(domain: str, target: str) -> str:
    """What is wrong with a foreign key from one domain to another; nothing inside or downwards."""
    if domain == target or LEVEL_OF[target] < LEVEL_OF[domain]:
        return ""
    return f"{domain} may not know {target}"


def owned_tables() -> dict[Table, tuple[str, str]]:
    """Every table of the house, with its domain and the file that declares it."""
    owners: dict[Table, tuple[str, str]] = {}
    for path in files():
        if path.suffix != ".py" or not path.is_relative_to(PACKAGE) or "tests" in path.parts:
            continue
        if not DECLARES.search(text_of(path)):
            continue
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        module = importlib.import_module(".".join(part for part in parts if part != "__init__"))
        declared = (value for value in vars(module).values() if isinstance(value, Table))
        for table in declared:
            owners.setdefault(table, (parts[1], shown(path)))
    return owners

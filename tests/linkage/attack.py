"""What somebody can try who has the files and every server key, and no passphrase.

Each feature scores pairs of personas; its AUC is the chance that a pair of one
owner scores above a pair of two. One half means that it tells nothing.
"""

from __future__ import annotations

import itertools
import random
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from mashrabiya.people.sealed.care import open_first
from mashrabiya.people.sealed.lock import PUBLIC
from mashrabiya.people.sealed.persona import open_flags
from mashrabiya.people.types import Flags

Score = Callable[[bytes, bytes], float]
ACCOUNT_SIDE = {"account", "session", "recovery", "panic"}
STRANGERS = 20_000
TRIED = 300


def auc(same: list[float], other: list[float]) -> float:
    """The area under the curve, ties counting half."""
    marked = sorted([(v, 1) for v in same] + [(v, 0) for v in other])
    place, ranks = 0, 0.0
    while place < len(marked):
        end = place
        while end < len(marked) and marked[end][0] == marked[place][0]:
            end += 1
        ranks += sum(one for _, one in marked[place:end]) * (place + end + 1) / 2
        place = end
    return (ranks - len(same) * (len(same) + 1) / 2) / (len(same) * len(other))


class Dump:
    """The files of a house, read without the house."""

    def __init__(self, path: Path, field_key: bytes) -> None:
        self.raw = path.read_bytes()
        wal = path.with_name(path.name + "-wal")
        self.wal = wal.read_bytes() if wal.exists() else b""
        self.field_key = field_key
        connection = sqlite3.connect(path)
        names = [r[0] for r in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        self.rows = [(name, row) for name in names for row in connection.execute(f'SELECT * FROM "{name}"')]
        connection.close()

    def values(self, account_side: bool) -> Iterator[bytes]:
        """Every run of bytes on one side of the house."""
        for name, row in self.rows:
            if (name in ACCOUNT_SIDE) == account_side:
                yield from (value for value in row if isinstance(value, bytes))


def features(dump: Dump, personas: list[bytes]) -> dict[str, Score]:
    """Everything we could think of that two personas of one person might share."""
    beside, overlap = _beside(dump, set(personas)), _overlaps(dump, set(personas))
    rarity: Counter[Any] = Counter(itertools.chain.from_iterable(beside.values()))
    in_file = {pid: dump.raw.find(pid) for pid in personas}
    in_wal = {pid: dump.wal.find(pid) for pid in personas}
    last_in_wal = {pid: dump.wal.rfind(pid) for pid in personas}
    return {
        "values beside": lambda a, b: sum(1 / rarity[f] for f in beside[a] & beside[b]),
        "place in the file": lambda a, b: -abs(in_file[a] - in_file[b]),
        "first place in the log": lambda a, b: -abs(in_wal[a] - in_wal[b]),
        "last place in the log": lambda a, b: -abs(last_in_wal[a] - last_in_wal[b]),
        "communities": lambda a, b: len(overlap["membership", a] & overlap["membership", b]),
        "threads": lambda a, b: len(overlap["post", a] & overlap["post", b]),
    }


def features_of_kept(dump: Dump, tags: list[bytes]) -> dict[str, Score]:
    """What two rows might share that two personas of one person keep: one row of each."""
    rows = {row[0]: row for name, row in dump.rows if name == "save" and row[0] in set(tags)}
    first, last = {t: dump.wal.find(t) for t in tags}, {t: dump.wal.rfind(t) for t in tags}
    in_file = {tag: dump.raw.find(tag) for tag in tags}
    return {
        "kept: until": lambda a, b: -abs(rows[a][2] - rows[b][2]),
        "kept: size": lambda a, b: -abs(len(rows[a][1]) - len(rows[b][1])),
        "kept: place in the file": lambda a, b: -abs(in_file[a] - in_file[b]),
        "kept: first place in the log": lambda a, b: -abs(first[a] - first[b]),
        "kept: last place in the log": lambda a, b: -abs(last[a] - last[b]),
    }


def features_of_marks(dump: Dump, tags: list[bytes]) -> dict[str, Score]:
    """What the rows of two marks might share that two personas of one person left where they read."""
    rows = {row[0]: row for name, row in dump.rows if name == "mark" and row[0] in set(tags)}
    first, last = {t: dump.wal.find(t) for t in tags}, {t: dump.wal.rfind(t) for t in tags}
    in_file = {tag: dump.raw.find(tag) for tag in tags}
    return {
        "mark: until": lambda a, b: -abs(rows[a][2] - rows[b][2]),
        "mark: place in the file": lambda a, b: -abs(in_file[a] - in_file[b]),
        "mark: first place in the log": lambda a, b: -abs(first[a] - first[b]),
        "mark: last place in the log": lambda a, b: -abs(last[a] - last[b]),
    }


def features_of_subs(dump: Dump, addrs: list[bytes]) -> dict[str, Score]:
    """What the rows of two threads might share that two personas of one person follow."""
    rows = {row[1]: row for name, row in dump.rows if name == "sub"}
    first, last = {a: dump.wal.find(a) for a in addrs}, {a: dump.wal.rfind(a) for a in addrs}
    in_file = {addr: dump.raw.find(addr) for addr in addrs}
    told = {
        addr: {row[1] for name, row in dump.rows if name == "notice" and row[0] == addr} for addr in addrs
    }
    return {
        "sub: until": lambda a, b: -abs(rows[a][2] - rows[b][2]),
        "sub: letters alike": lambda a, b: sum(x == y for x, y in zip(a, b, strict=True)),
        "sub: told of the same": lambda a, b: len(told[a] & told[b]),
        "sub: place in the file": lambda a, b: -abs(in_file[a] - in_file[b]),
        "sub: first place in the log": lambda a, b: -abs(first[a] - first[b]),
        "sub: last place in the log": lambda a, b: -abs(last[a] - last[b]),
    }


def features_of_pushes(dump: Dump, addrs: list[bytes]) -> dict[str, Score]:
    """What the rows might share by which two personas of one person are told outside."""
    rows = {row[0]: row for name, row in dump.rows if name == "push"}
    first, last = {a: dump.wal.find(a) for a in addrs}, {a: dump.wal.rfind(a) for a in addrs}
    in_file = {addr: dump.raw.find(addr) for addr in addrs}
    return {
        "push: until": lambda a, b: -abs(rows[a][2] - rows[b][2]),
        "push: letters alike": lambda a, b: sum(x == y for x, y in zip(a, b, strict=True)),
        "push: place in the file": lambda a, b: -abs(in_file[a] - in_file[b]),
        "push: first place in the log": lambda a, b: -abs(first[a] - first[b]),
        "push: last place in the log": lambda a, b: -abs(last[a] - last[b]),
    }


def readable_marks(dump: Dump, tags: list[bytes], named: list[bytes]) -> int:
    """In how many rows of marks something stands that a thread or a persona is called by; all are equally long."""
    rows = [row for name, row in dump.rows if name == "mark"]
    clear = {one[at : at + 8] for one in named for at in range(len(one) - 7)}
    parts = ((v[at : at + 8] for v in row[:2] for at in range(len(v) - 7)) for row in rows)
    assert set(tags) <= {row[0] for row in rows}
    return sum(any(part in clear for part in some) for some in parts) + len({len(row[1]) for row in rows}) - 1


def features_of_blocks(dump: Dump, tags: list[bytes]) -> dict[str, Score]:
    """What the rows of two blocks might share that two personas of one person made."""
    first, last = {t: dump.wal.find(t) for t in tags}, {t: dump.wal.rfind(t) for t in tags}
    in_file = {tag: dump.raw.find(tag) for tag in tags}
    return {
        "block: place in the file": lambda a, b: -abs(in_file[a] - in_file[b]),
        "block: first place in the log": lambda a, b: -abs(first[a] - first[b]),
        "block: last place in the log": lambda a, b: -abs(last[a] - last[b]),
    }


def features_of_ballots(dump: Dump, marks: list[bytes]) -> dict[str, Score]:
    """What the ballots of one person in two polls might share."""
    rows = {row[1]: row for name, row in dump.rows if name == "ballot"}
    first, last = {m: dump.wal.find(m) for m in marks}, {m: dump.wal.rfind(m) for m in marks}
    in_file = {mark: dump.raw.find(mark) for mark in marks}
    return {
        "ballot: chosen": lambda a, b: float(rows[a][2:] == rows[b][2:]),
        "ballot: letters alike": lambda a, b: sum(x == y for x, y in zip(a, b, strict=True)),
        "ballot: place in the file": lambda a, b: -abs(in_file[a] - in_file[b]),
        "ballot: first place in the log": lambda a, b: -abs(first[a] - first[b]),
        "ballot: last place in the log": lambda a, b: -abs(last[a] - last[b]),
    }


def polls_of(dump: Dump) -> dict[bytes, bytes]:
    """In which poll each ballot is: one of a person in each."""
    return {row[1]: row[0] for name, row in dump.rows if name == "ballot"}


def readable_blocks(dump: Dump, blocks: dict[bytes, tuple[bytes, bytes]]) -> int:
    """Of how many blocks something in the dump says whom they are about: beside the tag, or near it in clear."""
    lone = {row[0] for name, row in dump.rows if name == "block" and len(row) == 1}
    elsewhere = {
        value
        for name, row in dump.rows
        if name != "block"
        for value in row
        if isinstance(value, bytes) and any(tag in value for tag in blocks)
    }
    return len(blocks.keys() - lone) + len(elsewhere)


def readable_authors(dump: Dump, personas: list[bytes]) -> tuple[int, int]:
    """How many unnamed posts say who wrote them, in clear or to a key that lies in the dump; and of how many."""
    kept = [row[1] for name, row in dump.rows if name == "answerable"]
    halves = {value for side in (True, False) for value in dump.values(side) if len(value) == PUBLIC}
    keys = [X25519PrivateKey.from_private_bytes(half) for half in (*sorted(halves)[:TRIED], dump.field_key)]
    clear = sum(any(pid in boxes for pid in personas) for boxes in kept)
    return clear + sum(bool(open_first(key, boxes)) for boxes in kept[:3] for key in keys), len(kept)


class Branches(NamedTuple):
    """How many personas carry a branch of invitations, and how many of these have a sibling that carries one."""

    members: int
    siblings: int


def joined_by_branch(dump: Dump, owner: dict[bytes, int]) -> Branches:
    """Whom branches join, read with the house's key: first personas of different people, or else two of one."""
    carried = {
        row[0]
        for name, row in dump.rows
        if name == "persona" and row[0] in owner and any(_opened(dump, row, row[0]).branch)
    }
    people = Counter(owner[pid] for pid in carried)
    return Branches(len(carried), sum(many for many in people.values() if many > 1))


def _beside(dump: Dump, personas: set[bytes]) -> dict[bytes, set[Any]]:
    found: dict[bytes, set[Any]] = defaultdict(set)
    for name, row in dump.rows:
        for pid in {v for v in row if isinstance(v, bytes) and v in personas}:
            shared = [(c, v) for c, v in enumerate(row) if v is not None and v != pid]
            found[pid] |= {(name, column, value) for column, value in shared}
            found[pid] |= {("anywhere", value) for _, value in shared}
            if name == "persona":
                found[pid].add(("flags", _flags(dump, row, pid)))
    return found


def _flags(dump: Dump, row: tuple[Any, ...], pid: bytes) -> str:
    opened = _opened(dump, row, pid)
    return "" if opened == Flags() else repr(opened)


def _opened(dump: Dump, row: tuple[Any, ...], pid: bytes) -> Flags:
    for value in row:
        if isinstance(value, bytes):
            try:
                return open_flags(dump.field_key, value, pid)
            except Exception:  # noqa: S112
                continue
    return Flags()


def _overlaps(dump: Dump, personas: set[bytes]) -> dict[tuple[str, bytes], set[bytes]]:
    found: dict[tuple[str, bytes], set[bytes]] = defaultdict(set)
    for name, row in dump.rows:
        for pid in {v for v in row if isinstance(v, bytes) and v in personas}:
            found[name, pid].add(row[0])
    return found


def measure(
    scores: dict[str, Score],
    owner: dict[bytes, int],
    seed: int = 1,
    *,
    group: dict[bytes, bytes] | None = None,
) -> dict[str, float]:
    """The AUC of each feature over all pairs of one owner and many pairs of two.

    Where one owner has one in each ``group`` at most, pairs of two are of two groups as well: else what the groups lie
    apart would be taken for something that is told of people.
    """
    dice, personas = random.Random(seed), sorted(owner)
    same = [(a, b) for a, b in itertools.combinations(personas, 2) if owner[a] == owner[b]]
    drawn = (dice.sample(personas, 2) for _ in range(STRANGERS))
    other = [(a, b) for a, b in drawn if owner[a] != owner[b] and (group is None or group[a] != group[b])]
    return {
        name: auc([score(a, b) for a, b in same], [score(a, b) for a, b in other])
        for name, score in scores.items()
    }


def shared_strings(dump: Dump, length: int = 8) -> int:
    """How often a run of eight bytes stands on both sides of the house."""
    grams = {v[i : i + length] for v in dump.values(True) for i in range(len(v) - length + 1)}
    grams.discard(bytes(length))
    return sum(v[i : i + length] in grams for v in dump.values(False) for i in range(len(v) - length + 1))


def control(personas: list[bytes], folder: Path) -> Score:
    """The same personas in a table with row numbers: what ours must not be."""
    path = folder / "control.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE control (pid BLOB, name TEXT)")
    connection.executemany("INSERT INTO control VALUES (?, ?)", [(pid, "x" * 200) for pid in personas])
    connection.commit()
    connection.close()
    raw = path.read_bytes()
    place = {pid: raw.find(pid) for pid in personas}
    return lambda a, b: -abs(place[a] - place[b])

"""A guide's text in blocks, so that two languages stand step by step beside each other.

A block begins with a heading and ends before the next one; nothing else is looked at, so that a text which is not
right yet is taken apart and put together again without a loss.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

_HEADING = re.compile(r"(#{1,3})\s")
_KEY = re.compile(r"##\s*(\w+)\s*:")
MOST_BLOCKS = 80
"""A text in more of them is written as a whole: a form that holds some of it would lose the rest."""


class Block(Struct, frozen=True):
    """A heading with what stands under it. ``name`` is the same in both languages."""

    name: str
    text: str
    line: int

    @property
    def rows(self) -> int:
        """How high a field for it is."""
        return min(24, 2 + self.text.count("\n") + len(self.text) // 55)


def blocks_of(text: str) -> list[Block]:
    """The blocks of a text in their order; what stands before the first heading is one too. ``line`` counts from one."""
    lines, starts = text.split("\n"), [0]
    starts += [at for at, line in enumerate(lines) if at and _HEADING.match(line)]
    found, part, counts = list[Block](), "", dict[str, int]()
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        key = _KEY.match(lines[start])
        part = key[1] if key else part
        kind = part if not lines[start].startswith("# ") else "title"
        counts[kind] = counts.get(kind, -1) + 1
        # No heading is called so: else one block stood in for another, whose words were lost.
        name = kind if not counts[kind] else f"{kind} {counts[kind]}"
        found.append(Block(name, "\n".join(lines[start:end]).strip("\n"), start + 1))
    return found


def joined(blocks: Sequence[str]) -> str:
    """The whole text again; empty ones are left out."""
    return "\n\n".join(text.strip("\n") for text in blocks if text.strip()) + "\n"


class Pair(Struct, frozen=True):
    """One block beside the one that it translates."""

    name: str
    original: Block | None
    own: Block | None


def paired(original: Sequence[Block], own: Sequence[Block]) -> list[Pair]:
    """Block by block in the order of the original; what only the translation has stands after that before which it stood."""
    mine = {block.name: block for block in own}
    names = [block.name for block in original]
    pairs = [Pair(block.name, block, mine.get(block.name)) for block in original]
    for at, block in enumerate(own):
        if block.name in names:
            continue
        before = own[at - 1].name if at else ""
        places = [place for place, pair in enumerate(pairs) if pair.name == before]
        pairs.insert(places[0] + 1 if places else 0, Pair(block.name, None, block))
    return pairs

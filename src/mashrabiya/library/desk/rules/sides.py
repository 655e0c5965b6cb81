"""Texts as the desk shows them: line by line with what changed, and block by block in two languages."""

from __future__ import annotations

import re

from msgspec.structs import replace

from mashrabiya.library.desk.rules.blocks import Block, blocks_of, paired
from mashrabiya.library.desk.rules.changes import changed, lines_of
from mashrabiya.library.desk.types import Beside, Piece, Row

_MARKS = (("h2", re.compile(r"##? (?:\w+: )?")), ("h3", re.compile(r"### ")), ("li", re.compile(r"- ")))
FIELD = "block_"


def rows_of(before: str, after: str) -> list[Row]:
    """The later text, and in it what is not in the earlier any more; marks of the format are drawn, not shown."""
    rows = [_row(pieces) for pieces in lines_of(before, after) if any(piece.text.strip() for piece in pieces)]
    number, numbered = 0, list[Row]()
    for row in rows:
        differs = any(piece.kind for piece in row.pieces)
        number += differs
        numbered.append(replace(row, change=number) if differs else row)
    return numbered


def beside(original: str, before: str, own: str) -> list[Beside]:
    """Two languages block by block. ``before`` is the original as it was when ``own`` was made from it."""
    old = {block.name: block.text for block in blocks_of(before)}
    found = []
    for place, pair in enumerate(paired(blocks_of(original), blocks_of(own))):
        text = pair.own.text if pair.own else ""
        now = pair.original.text if pair.original else ""
        lines = lines_of(old.get(pair.name, ""), now)
        rows = [_row(pieces) for pieces in lines if any(piece.text.strip() for piece in pieces)]
        height = Block("", text or now, 0).rows
        found.append(Beside(f"{FIELD}{place}", pair.name, rows, changed(lines), text, height))
    return found


def _row(pieces: list[Piece]) -> Row:
    kept = [piece for piece in pieces if piece.text]
    for kind, mark in _MARKS:
        if all(mark.match(piece.text) for piece in kept[:1]) and kept:
            whole = all(piece.kind for piece in kept) and len(kept) > 1
            first = [
                Piece(piece.kind, mark.sub("", piece.text, count=1)) for piece in kept[: 2 if whole else 1]
            ]
            return Row(kind, [*first, *kept[len(first) :]])
    return Row("p", kept)

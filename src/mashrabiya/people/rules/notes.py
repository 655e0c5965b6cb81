"""What may stand in a private note."""

from __future__ import annotations

from mashrabiya.kernel.folding import can_be_seen

LONGEST = 12_000
LONGEST_LINE = 80
LONGEST_REMARK = 300


def check_note(text: str) -> str | None:
    """Why this cannot be kept (a catalogue key), or None where it can."""
    if not can_be_seen(text):
        return "error.empty"
    return "private.long" if len(text) > LONGEST else None


def check_remark(text: str) -> str | None:
    """Why this cannot be kept beside a post (a catalogue key), or None where it can. None at all is fine."""
    return "kept.long" if len(text) > LONGEST_REMARK else None


def first_line(text: str) -> str:
    """What stands for a note in a list: its first line, cut between words where it is long."""
    line = text.split("\n", 1)[0].strip()
    if len(line) <= LONGEST_LINE:
        return line
    cut = line[: LONGEST_LINE - 1]
    whole, space, _ = cut.rpartition(" ")
    return (whole if space and not line[len(cut)].isspace() else cut).rstrip() + "…"


def title_and_rest(text: str) -> tuple[str, str]:
    """A short first line with more beneath it is a title; any other text has none."""
    line, _, rest = text.partition("\n")
    line, rest = line.strip(), rest.strip("\n")
    return (line, rest) if rest.strip() and len(line) <= LONGEST_LINE else ("", text)

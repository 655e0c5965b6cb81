"""What changed in what was agreed. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import structs

from mashrabiya.communities.types.agreements import Version, agreed_in


def has_changed(old: str, new: str) -> bool:
    """Whether something else is agreed: how the lines are set apart says nothing."""
    return agreed_in(old) != agreed_in(new)


def compared(versions: Sequence[Version]) -> list[Version]:
    """Each version with what was new in it and what was gone from the one before; the newest comes first."""
    found = []
    for version, before in zip(versions, (*versions[1:], None), strict=True):
        if before is None:
            found.append(version)
            continue
        old, new = before.lines, version.lines
        added = [line for line in new if line not in old]
        gone = [line for line in old if line not in new]
        found.append(structs.replace(version, added=added, gone=gone))
    return found

"""Who may read in a community, and how one enters it."""

from enum import IntEnum


class Audience(IntEnum):
    """Who may read. A larger number is narrower. *Trusted* is read by members alone, and asks more of whoever enters."""

    PUBLIC = 0
    SIGNED_IN = 1
    MEMBERS = 2
    TRUSTED = 3
    HIDDEN = 4


FOUND = Audience.TRUSTED
"""What is narrower is not found from outside; of what is wider, whoever is signed in sees name and agreements."""


class Entry(IntEnum):
    """How one enters. An invitation lets in everywhere, and a hidden place is entered by nothing else."""

    OPEN = 0
    QUESTION = 1
    INVITE = 2
    VOUCH = 3

    @property
    def key(self) -> str:
        """What the catalogues say of it."""
        return f"community.entry_{self.name.lower()}"


def entry_key(entry: int, audience: int) -> str:
    """How one enters, in the words of the catalogues: a hidden place by invitation, whatever else it was."""
    return (Entry.INVITE if audience == Audience.HIDDEN else Entry(entry)).key

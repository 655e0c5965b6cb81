"""What programs send, and what they are told of it."""

from typing import Annotated

from msgspec import Meta, Struct

from mashrabiya.discussions.types import BODY_LIMIT, Kind, Marked, NewReply, Placed
from mashrabiya.kernel.content import Note
from mashrabiya.kernel.errors import Invalid
from mashrabiya.kernel.ids import show_id

_NOTES = {note.code: int(note) for note in Note}


class ReplyIn(Struct, frozen=True, forbid_unknown_fields=True):
    """A reply as a program sends it. The same submission twice is one reply.

    Words that lead to a person, or that a rule asks about, are answered ``second_look`` until ``seen`` says their
    author was shown it; what a rule of the place refuses is ``refused`` however often it is sent.
    Unnamed ones of a thread that is ``accountable`` are taken where ``learnable`` says that she was shown
    that: it is the address of her persona, as in the posts that carry her name.
    """

    body: Annotated[str, Meta(min_length=1, max_length=BODY_LIMIT)]
    kind: Kind = Kind.PLAIN
    unnamed: bool = False
    submission: Annotated[str, Meta(max_length=64)] = ""
    to: Annotated[int, Meta(ge=1, le=10**8)] | None = None
    notes: Annotated[list[str], Meta(max_length=len(Note))] = []
    newcomer: bool = False
    seen: bool = False
    learnable: Annotated[str, Meta(max_length=64)] = ""

    def read(self) -> NewReply:
        """The reply; Invalid where a note is none of ours."""
        if not _NOTES.keys() >= set(self.notes):
            raise Invalid({"notes": "error.empty"})
        return NewReply(
            body=self.body,
            kind=self.kind,
            unnamed=self.unnamed,
            submission=self.submission,
            to=self.to,
            notes=sum({_NOTES[code] for code in self.notes}),
            newcomer=self.newcomer,
            learnable=self.learnable,
        )


class HelpedIn(Struct, frozen=True, forbid_unknown_fields=True):
    """Whether a post is to count as one that helped; without it, whichever was not so before."""

    helped: bool | None = None


class HelpedOut(Struct, frozen=True):
    """Whether a post has helped this person, and how many people it has helped in all."""

    helped: bool
    people: int

    @classmethod
    def of(cls, marked: Marked) -> "HelpedOut":
        return cls(marked.helped, marked.people)


class PlacedOut(Struct, frozen=True):
    """Where a post stands now. ``held``: an automatic rule of the place keeps it back until a person has looked,
    for three days at most; until then its author alone reads it there.
    """

    thread: str
    n: int
    address: str
    held: bool

    @classmethod
    def of(cls, placed: Placed) -> "PlacedOut":
        return cls(show_id(placed.tid), placed.n, placed.address, placed.held)

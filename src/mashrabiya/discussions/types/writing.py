"""What is typed, and in which ways somebody may write."""

from enum import IntEnum

from msgspec import Struct

from mashrabiya.discussions.types.kinds import Kind
from mashrabiya.discussions.types.polls import NO_POLL, NewPoll

STARTER = 0
"""The label of whoever opened the thread unnamed: the first, shown without a number."""


PICTURES = 4
"""So many pictures a post may have."""
ALT_LIMIT = 500


class NewPicture(Struct, frozen=True):
    """A picture that is kept already, and waits for its post. ``width`` and ``height`` are those of the small size.

    ``place`` is where in a post that stands already; in a new one they follow each other.
    """

    name: bytes
    alt: str
    width: int
    height: int
    place: int = 0


class PlaceChange(Struct, frozen=True):
    """What becomes of one place for pictures. ``was`` is the name that stood there when the form was made.

    Where another stands there now, somebody was quicker, or the form is sent a second time: nothing is done.
    """

    place: int
    was: bytes = b""
    alt: str = ""
    drop: bool = False


class NewReply(Struct, frozen=True, kw_only=True):
    """A reply as it was typed.

    ``to`` is the number of the post it answers, ``notes`` are bits of Note.
    ``told`` is false while a form has not yet said that its kind is not wanted now. ``was`` are
    the names in the post it quotes, as its form showed them. ``learnable`` is the address of the
    persona that two of the care team could learn, as the form said it. ``alone``: nobody translates it.
    """

    body: str
    unnamed: bool = False
    kind: Kind = Kind.PLAIN
    submission: str = ""
    to: int | None = None
    notes: int = 0
    newcomer: bool = False
    told: bool = True
    pictures: tuple[NewPicture, ...] = ()
    was: tuple[str, ...] = ()
    learnable: str = ""
    alone: bool = False


class NewThread(Struct, frozen=True, kw_only=True):
    """A thread as it was typed. An empty language is told from the letters.

    ``wants`` and ``spare`` are bits of Kind: what helps now, and what does not. ``notes`` are bits of Note.
    ``tags`` are those of its community, as its form showed them: what was renamed meanwhile is none.
    ``learnable`` and ``alone`` are as in a reply.
    """

    title: str
    body: str
    unnamed: bool = False
    lang: str = ""
    submission: str = ""
    wants: int = 0
    spare: int = 0
    notes: int = 0
    newcomer: bool = False
    answers: int = 0
    pictures: tuple[NewPicture, ...] = ()
    learnable: str = ""
    poll: NewPoll = NO_POLL
    # Who reads there and for how many days it is kept, as the form said; nothing where none did.
    told: tuple[int, int] | None = None
    alone: bool = False
    tags: tuple[bytes, ...] = ()


class Change(Struct, frozen=True, kw_only=True):
    """A post as its author wants it now. What is None stays; title, wishes and answers count for the first post only.

    ``was`` are the names in it as the form showed them: one may have changed since. ``mark`` is what the form
    was made from; without one it is not asked whether the post changed meanwhile. ``forget``: no earlier
    wording of it is kept, neither this nor any before. ``alone``: nobody translates it.
    """

    body: str
    title: str = ""
    wants: int | None = None
    spare: int | None = None
    notes: int | None = None
    answers: int | None = None
    poll: NewPoll | None = None
    tags: tuple[bytes, ...] | None = None
    places: tuple[PlaceChange, ...] = ()
    pictures: tuple[NewPicture, ...] = ()
    was: tuple[str, ...] = ()
    mark: str = ""
    forget: bool = False
    alone: bool | None = None


class Pace(IntEnum):
    """How far writing in a community is closed to somebody for some days."""

    OPEN = 0
    SLOWED = 1
    PAUSED = 2


class ClosedWriting(Struct, frozen=True):
    """The subjects of what is closed in one community: personas, or a thread and a token there.

    ``unnamed``: unnamed writing was taken from them; ``unnamed_slowed``: it is slowed.
    """

    unnamed: list[bytes]
    unnamed_slowed: list[bytes]
    paused: list[bytes]
    slowed: list[bytes]


class Speaking(Struct, frozen=True):
    """How one person has spoken in a thread so far; made for herself alone.

    ``label`` is hers where she wrote unnamed; ``voice`` is the persona she spoke
    under by name, ``voice_at`` the number of the last of that: below nought where she only translated. ``members`` counts no further than needed to call a place small.
    ``learned``: two of a care team know which persona wrote what is hers there unnamed.
    ``pace``: for some days she writes nothing new in that community, or little.
    ``ballot``: what she chose in its poll, in bits; asked where one is open, and never for a reply.
    """

    label: int | None = None
    voice: bytes | None = None
    voice_name: str | None = None
    voice_at: int = 0
    members: int = 0
    learned: int = 0
    pace: int = Pace.OPEN
    ballot: int = 0

    @property
    def paused(self) -> bool:
        return self.pace == Pace.PAUSED

    @property
    def slowed(self) -> bool:
        return self.pace == Pace.SLOWED


class Ways(Struct, frozen=True, kw_only=True):
    """In which ways somebody may write, and what she should know before she does.

    ``label`` is the one her unnamed post would carry. ``other_voice`` names the
    persona she has spoken under instead of the one in use. ``join``: she may enter the
    community first. ``cares``: she decides on what stands there; ``keeps``: she orders it.
    ``accountable``: two of the care team could learn the persona in use; ``learned``: of what she
    wrote before, they have. ``unopenable``: she could write unnamed, did not too few of them hold a key.
    """

    named: bool = False
    unnamed: bool = False
    label: int = STARTER
    other_voice: str = ""
    spoke_named: bool = False
    spoke_unnamed: bool = False
    small: bool = False
    join: bool = False
    cares: bool = False
    keeps: bool = False
    accountable: bool = False
    learned: bool = False
    unopenable: bool = False
    paused: bool = False
    slowed: bool = False

    @property
    def closed(self) -> bool:
        """Whether no thread can be begun now."""
        return self.paused or self.slowed

    @property
    def any(self) -> bool:
        return self.named or self.unnamed

    @property
    def stays_unnamed(self) -> bool:
        """Whether she goes on unnamed unless she says otherwise: a name that was shown by a slip stays known."""
        return self.unnamed and self.spoke_unnamed and not self.spoke_named

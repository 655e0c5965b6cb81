"""One experience, as its row gives it."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from mashrabiya.kernel.clock import DAY, Date, date
from mashrabiya.kernel.content import notes_in
from mashrabiya.kernel.ids import show_id
from mashrabiya.library.stories.types.kinds import (
    BESIDE_LIMIT,
    EXCERPT_LIMIT,
    PARTS,
    QUESTION_LIMIT,
    Layer,
    Situation,
    State,
)


class Row(Struct, frozen=True):
    """One experience as its statement gives it. ``pid`` and ``tok`` serve rules and never leave the house;
    ``name``, ``pub`` and ``seed`` are there while the persona is.
    """

    id: bytes
    pid: bytes | None
    tok: bytes | None
    state: int
    may: int
    about: int
    lang: str
    guide: bytes | None
    step: int
    country: str
    notes: int
    noted: int
    same: int
    helped: int
    picked: int
    day: int
    question: str
    was: str
    done: str
    came: str
    name: str | None = None
    pub: str | None = None
    seed: bytes | None = None
    # The persona, while it may be named: whom a reader keeps away is met by that name alone.
    met: bytes | None = None

    @property
    def shown(self) -> str:
        return show_id(self.id)

    @property
    def path(self) -> str:
        """Where it stands."""
        return f"/y/e/{show_id(self.id)}"

    @property
    def guide_shown(self) -> str:
        return show_id(self.guide) if self.guide else ""

    @property
    def when(self) -> int:
        """The beginning of its month, in seconds."""
        return self.day * DAY

    @property
    def month(self) -> Date:
        """The month it was told in, as a page writes it."""
        return date(self.day)

    @property
    def begins(self) -> str:
        """How it begins, beside a step."""
        return excerpt(" ".join(text for _, text in self.parts), BESIDE_LIMIT)

    @property
    def is_named(self) -> bool:
        """Told by name, whether or not that can be shown now."""
        return self.pid is not None

    @property
    def is_withheld(self) -> bool:
        """Held, hidden or removed by a care team."""
        return self.state != State.SHOWN

    @property
    def is_held(self) -> bool:
        return self.state == State.HELD

    @property
    def about_key(self) -> str:
        return Situation(self.about).key

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """The answers that were given, each with the key of its question."""
        return tuple((f"library.stories.{name}", text) for name in PARTS if (text := getattr(self, name)))

    @property
    def title(self) -> str:
        """What a list shows first: the question it answers, or how it begins."""
        return self.question or excerpt(next((text for _, text in self.parts), ""), QUESTION_LIMIT)

    @property
    def words(self) -> str:
        """How it goes on, in a list."""
        texts = [text for _, text in self.parts]
        if not self.question and len(texts[0]) <= QUESTION_LIMIT:
            texts = texts[1:]
        return excerpt(texts[0], EXCERPT_LIMIT) if texts else ""

    @property
    def layers(self) -> tuple[str, ...]:
        """What its teller agrees to, by the last words of their keys."""
        return tuple(layer.code for layer in Layer if layer & self.may)

    @property
    def is_for_members(self) -> bool:
        """Read by members and by nobody else."""
        return bool(self.may & Layer.MEMBERS) and not self.may & Layer.EVERYBODY

    @property
    def lies(self) -> bool:
        """Nobody reads it but its teller."""
        return not self.may & (Layer.MEMBERS | Layer.EVERYBODY)

    @property
    def note_keys(self) -> tuple[str, ...]:
        return tuple(f"note.{note.code}" for note in notes_in(self.notes))

    @property
    def texts(self) -> tuple[str, ...]:
        """All that was typed."""
        return (self.question, self.was, self.done, self.came)

    @property
    def body(self) -> str:
        """All of it as one text, for those who decide on it."""
        return "\n\n".join(text for text in self.texts if text)


@lru_cache(maxsize=512)
def excerpt(text: str, most: int) -> str:
    """How a text begins, cut between words."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    whole, space, _ = line[: most - 1].rpartition(" ")
    return (whole if space else line[: most - 1]).rstrip() + "…"

"""Values of the ways into a community."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from hashlib import sha256

from msgspec import Struct, json

from mashrabiya.communities.types import Entry
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import show_id

QUESTIONS = 3
QUESTION_LIMIT = 200
ANSWER_LIMIT = 800
SAID_LIMIT = 400
ASKED_DAYS = 14
"""So long a request waits, and no longer are its answers kept."""
AGAIN_DAYS = 30
"""So long after it was declined a persona asks again, and so long what was said to it stands."""
INVITED_DAYS = 14
MOST_INVITATIONS = 5
"""Invitations to one place that one persona may have open."""
VOUCHERS = 2
COUNTED_DAYS = 60
"""So long counts of a week stand: the log of the place is made of them before."""


class State(IntEnum):
    """What became of a request."""

    WAITING = 0
    DECLINED = 1
    LET_IN = 2
    VOUCHED = 3


class Ways(Struct, frozen=True, kw_only=True):
    """How one enters a place. ``submission`` names the sending of the form."""

    entry: Entry = Entry.OPEN
    questions: tuple[str, ...] = ()
    members_invite: bool = False
    submission: str = ""

    @classmethod
    def kept(cls, entry: int, questions: str, members_invite: int) -> Ways:
        """As the community's row has it."""
        return cls(
            entry=Entry(entry), questions=tuple(questions.splitlines()), members_invite=bool(members_invite)
        )

    @property
    def columns(self) -> dict[str, int | str]:
        """As the community's row has it."""
        return {
            "entry": int(self.entry),
            "questions": "\n".join(self.questions),
            "members_invite": int(self.members_invite),
        }

    @property
    def words(self) -> tuple[str, ...]:
        """Everything it says, as texts: with them a form sent twice is known again."""
        return tuple(str(value) for value in self.columns.values())

    @property
    def print(self) -> str:
        """By which a form knows whether the questions are still those it showed."""
        return sha256("\n".join(self.questions).encode()).hexdigest()[:16]


class NewRequest(Struct, frozen=True, kw_only=True):
    """What somebody answers. ``seen`` is the print of the questions that the form showed."""

    answers: tuple[str, ...] = ()
    seen: str = ""
    submission: str = ""


class Answer(Struct, frozen=True, array_like=True):
    """A question as it was asked, and what was answered."""

    question: str
    answer: str


class Own(Struct, frozen=True):
    """Her own request, as her session finds it; ``said`` is what was said to her with the decision."""

    id: bytes
    state: int
    said: str
    until_day: int

    @property
    def waits(self) -> bool:
        return self.state == State.WAITING

    @property
    def declined(self) -> bool:
        return self.state == State.DECLINED

    @property
    def let_in(self) -> bool:
        return self.state == State.LET_IN

    @property
    def vouched(self) -> bool:
        return self.state == State.VOUCHED

    @property
    def until(self) -> clock.Date:
        """The last day on which it is kept."""
        return clock.date(self.until_day)


class Waiting(Struct, frozen=True):
    """A request, for those who run the place: the name, and the answers where their reader may open them."""

    id: bytes
    pid: bytes
    name: str
    until_day: int
    answers: Sequence[Answer] = ()
    opens: bool = True
    own: bool = False
    stands: bool = False

    @property
    def shown(self) -> str:
        return show_id(self.id)

    @property
    def until(self) -> clock.Date:
        return clock.date(self.until_day)


class Given(Struct, frozen=True):
    """An invitation that is open, as whoever made it finds it."""

    tag: bytes
    code: str
    until_day: int
    mark: str

    @property
    def days(self) -> int:
        return max(0, self.until_day - clock.day())


def packed(questions: Sequence[str], answers: Sequence[str]) -> str:
    """Questions and answers as one text."""
    pairs = [Answer(question, answer) for question, answer in zip(questions, answers, strict=True)]
    return json.encode(pairs).decode()


def unpacked(text: str) -> list[Answer]:
    """The same, read back."""
    return json.decode(text.encode(), type=list[Answer])

"""What programs read of polls."""

from msgspec import Struct

from mashrabiya.discussions.types import PollView


class ChoiceOut(Struct, frozen=True):
    """What can be chosen in a poll. ``count`` is nought until it is closed; ``chosen``: this person did."""

    text: str
    count: int
    chosen: bool


class PollOut(Struct, frozen=True):
    """The poll of a thread. Of votes nothing is told while it is ``open``, and nothing where ``few`` people voted.

    ``days`` are left after today. ``unmet``: a ``word`` that its reader hid stands in it.
    """

    choices: list[ChoiceOut]
    several: bool
    open: bool
    days: int
    counted: bool
    few: bool
    voters: int
    unmet: str

    @classmethod
    def of(cls, poll: PollView) -> "PollOut":
        return cls(
            [ChoiceOut(line.text, line.count, line.chosen) for line in poll.lines],
            poll.several,
            poll.open,
            poll.ends if poll.open else 0,
            poll.counted,
            poll.few,
            poll.voters,
            "word" if poll.hidden else "",
        )

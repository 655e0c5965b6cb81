"""Who may vote in a poll, what can be chosen, and what is told of it to whom. Pure."""

from __future__ import annotations

from mashrabiya.communities import rules as community_rules
from mashrabiya.discussions.rules.pace import may_write_now
from mashrabiya.discussions.types import (
    CHOICE_LIMIT,
    CHOICES,
    CLOSED_DAY,
    FEWEST_CHOICES,
    FEWEST_VOTERS,
    NO_POLL_DAY,
    POLL_DAYS,
    NewPoll,
    Pace,
    Poll,
    PollLine,
    PollView,
    Speaking,
    ThreadFacts,
)
from mashrabiya.kernel import clock
from mashrabiya.kernel.folding import fold
from mashrabiya.kernel.verdict import Verdict
from mashrabiya.kernel.viewer import Viewer

_WHOLE = 100


def may_vote(viewer: Viewer, thread: ThreadFacts, *, paused: bool) -> Verdict:
    """Vote: any name of hers belongs there, and writing is not paused for her.

    Which name is in use is not asked, since a vote is of the person; nor who blocked whom, since it
    reaches nobody; nor who may answer, since a poll without replies is one as well.
    """
    reading = community_rules.may_read(viewer, thread.community)
    if not reading.allowed:
        return reading
    entry = community_rules.may_write_unnamed(viewer, thread.community)
    return may_write_now(paused=paused) if entry.allowed else entry


def wrong_poll(new: NewPoll | None) -> dict[str, str]:
    """What is wrong with a poll, by field. None at all is right."""
    if new is None or not new.choices:
        return {}
    wrong = {
        f"choice_{place}": "poll.too_long"
        for place, typed in enumerate(new.typed, 1)
        if len(typed) > CHOICE_LIMIT
    }
    if not FEWEST_CHOICES <= len(new.choices) <= CHOICES:
        wrong |= {"choice_2": "poll.too_few"}
    elif len({fold(one) or one for one in new.choices}) < len(new.choices):
        wrong |= {"choice_1": "poll.alike"}
    return wrong if 1 <= new.days <= POLL_DAYS else wrong | {"days": "poll.days_wrong"}


def wrong_vote(poll: Poll, chosen: int) -> dict[str, str]:
    """What is wrong with a vote: nothing, more than one where one is asked for, or what is no choice."""
    if chosen == 0:
        return {"vote": "poll.nothing_chosen"}
    if chosen < 0 or chosen & ~poll.all:
        return {"vote": "poll.no_choice"}
    return {"vote": "poll.only_one"} if not poll.several and chosen & (chosen - 1) else {}


def last_day(new: NewPoll) -> int:
    """The last day on which it takes votes; 0 where there is no poll. The day on which it is begun is no whole one."""
    return clock.day() + new.days if new.choices else NO_POLL_DAY


def days_left(thread: ThreadFacts) -> int:
    """What a form says of a poll that stands: so many days, and one at least."""
    return max(1, thread.poll_day - clock.day())


def is_same(thread: ThreadFacts, new: NewPoll) -> bool:
    """Whether that is the poll the thread has already, and its end stays."""
    poll = Poll.read(thread.kept_poll) or Poll(())
    shape = (poll.choices, poll.several) == (new.choices, new.several and bool(new.choices))
    return shape and (not new.choices or new.days == days_left(thread))


def counted(poll: Poll, ballots: dict[int, int]) -> Poll:
    """The poll once it is closed: how often each was chosen, or nothing where fewer than five people voted.

    ``ballots`` says how many chose what, in bits.
    """
    voters = sum(ballots.values())
    if voters < FEWEST_VOTERS:
        return Poll(poll.choices, poll.several, amends=poll.amends)
    counts = [
        sum(people for chosen, people in ballots.items() if chosen >> place & 1)
        for place in range(len(poll.choices))
    ]
    return Poll(poll.choices, poll.several, tuple(counts), voters, poll.amends)


def poll_view(viewer: Viewer, thread: ThreadFacts, speaking: Speaking, *, own: bool) -> PollView | None:
    """The poll of a thread as this reader may know it. ``own``: she opened the thread."""
    poll = thread.poll
    if poll is None:
        return None
    takes, closed = thread.takes_votes, thread.poll_day == CLOSED_DAY
    paused = speaking.pace == Pace.PAUSED
    return PollView(
        [_line(poll, place, speaking.ballot if takes else 0) for place in range(len(poll.choices))],
        poll.several,
        open=takes,
        ends=max(0, thread.poll_day - clock.day()),
        counted=closed,
        few=closed and not poll.counts,
        voters=poll.voters,
        voted=takes and bool(speaking.ballot),
        may_vote=takes and may_vote(viewer, thread, paused=paused).allowed,
        paused=paused,
        # What people say of a proposal is counted when its days are over, or when it is decided.
        may_close=takes and own and not poll.amends,
        amends=poll.amends,
    )


def _line(poll: Poll, place: int, ballot: int) -> PollLine:
    count = poll.counts[place] if poll.counts else 0
    share = _WHOLE * count // poll.voters if poll.voters else 0
    return PollLine(place + 1, poll.choices[place], bool(ballot >> place & 1), count, share)

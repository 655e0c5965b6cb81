"""First words of those who said that they are new here, for others to say welcome.

No list of new personas: only words whose author asked to be greeted, from where
the persona in use belongs, one post of each author, for two weeks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import structs
from sqlalchemy import BigInteger, LargeBinary, Select, bindparam, func, select

from mashrabiya.communities import queries as community_queries
from mashrabiya.communities.tables import COMMUNITY, MEMBERSHIP
from mashrabiya.discussions import rules
from mashrabiya.discussions.queries.filters import HIDDEN
from mashrabiya.discussions.queries.parts import NO, PID, STANDING, YES, constant
from mashrabiya.discussions.tables import POST, THREAD, WELCOME
from mashrabiya.discussions.types import FirstWords, Lamp, PostState
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.folding import words_of
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.queries import face_of
from mashrabiya.people.tables import PERSONA
from mashrabiya.platform import markdown
from mashrabiya.platform.db import Read, Statement
from mashrabiya.safety.queries import reach_of
from mashrabiya.safety.rules import has_hidden_word, why_folded
from mashrabiya.safety.types import UNKNOWN, Reach

DAYS = 14
ROOM = 12
"""First words shown at once: so many can be read in a quiet moment."""

_LENGTH = 600
_GLANCE = 8
_NO_TAG = bytes(1)

_SINCE = bindparam("since", type_=BigInteger)
_TAGS = [bindparam(f"tag{number}", type_=LargeBinary) for number in range(ROOM)]

# Members who are not excluded, as in lists: they read whatever stands there.
_HERE = (
    MEMBERSHIP.c.pid == PID,
    community_queries.not_excluded(MEMBERSHIP.c.cid),
    POST.c.newcomer == YES,
    POST.c.state == constant(PostState.SHOWN),
)
_WHERE_SHE_BELONGS = MEMBERSHIP.join(POST, POST.c.cid == MEMBERSHIP.c.cid)
_LATELY = (*_HERE, POST.c.t >= _SINCE)
_AUTHOR = func.coalesce(POST.c.pid, POST.c.tok)

_FIRST = (
    select(
        POST.c.tid,
        POST.c.n,
        func.row_number().over(partition_by=_AUTHOR, order_by=(POST.c.t, POST.c.id)).label("turn"),
    )
    .select_from(_WHERE_SHE_BELONGS)
    .where(*_LATELY)
    .subquery("first_words")
)


def _shown(row: Select[Any]) -> Select[Any]:
    """The columns of FirstWords, the author's face beside them."""
    return (
        row.add_columns(
            POST.c.id,
            POST.c.tid,
            POST.c.n,
            POST.c.home_tid,
            POST.c.pid,
            POST.c.tok,
            POST.c.label,
            POST.c.t,
            POST.c.lang,
            POST.c.notes,
            POST.c.welcomed,
            *face_of(PERSONA),
            THREAD.c.title,
            COMMUNITY.c.name.label("community"),
            POST.c.body,
        )
        .join(THREAD, THREAD.c.id == POST.c.tid)
        .join(COMMUNITY, COMMUNITY.c.id == POST.c.cid)
        .outerjoin(PERSONA, PERSONA.c.id == POST.c.pid)
        .where(constant(PostState.SHOWN) == STANDING)
    )


def _words(*row: Any) -> FirstWords:
    return FirstWords(*[*row[:-1], markdown.excerpt(row[-1], _LENGTH)])


_LAMP = Statement(
    _shown(select().select_from(_FIRST.join(POST, (POST.c.tid == _FIRST.c.tid) & (POST.c.n == _FIRST.c.n))))
    .where(_FIRST.c.turn == YES, POST.c.notes.op("&")(HIDDEN) == NO)
    .order_by(POST.c.t.desc(), POST.c.id)
    .limit(constant(ROOM)),
    into=_words,
)
_ONE = Statement(
    _shown(select().select_from(_WHERE_SHE_BELONGS)).where(*_HERE, POST.c.id == bindparam("post")),
    into=_words,
)
# Whose the newest of them are; who asks for more along with them joins it to her own question.
GLANCED = (
    select(POST.c.pid, POST.c.tok, POST.c.home_tid, POST.c.label)
    .select_from(_WHERE_SHE_BELONGS)
    .where(*_LATELY, POST.c.notes.op("&")(HIDDEN) == NO)
    .limit(constant(_GLANCE))
)
_GLANCED: Statement[None] = Statement(GLANCED)
_SAID: Statement[None] = Statement(select(WELCOME.c.tag).where(WELCOME.c.tag.in_(_TAGS)))


def lamp(db: Read, viewer: Viewer) -> Lamp:
    """The newest first words, and to which of them she has said welcome."""
    found = db.all(_LAMP, **seen_by(viewer))
    reach = reach_of(viewer)
    welcome = [words for words in found if rules.may_welcome(viewer, words).allowed]
    others = [_marked(words, reach) for words in welcome if _is_met(words, reach)]
    # Words of a name not in use stand on neither side: this page does not say whose they are.
    own = [words for words in found if rules.is_author(viewer, words)]
    return Lamp(others, own, _said(db, viewer, others))


def is_lit(db: Read, viewer: Viewer) -> bool:
    """Whether first words of somebody else wait there; asked only of somebody with a persona."""
    if not viewer.speaks:
        return False
    return lights(viewer, db.tuples(_GLANCED, **seen_by(viewer)))


def lights(viewer: Viewer, voices: Iterable[Sequence[Any]]) -> bool:
    """Whether one of the newest voices is somebody else's whose words she does not keep folded."""
    reach = reach_of(viewer)
    return any(
        not rules.is_her_voice(viewer, pid, tok, home_tid)
        and not why_folded(reach, pid, home_tid, UNKNOWN if label is None else label)
        for pid, tok, home_tid, label in voices
    )


def get_first_words(db: Read, viewer: Viewer, post: bytes) -> FirstWords:
    """First words where the persona in use belongs, or not found."""
    found = db.first(_ONE, post=post, **community_queries.sight(viewer))
    if found is None:
        raise NotFound
    return found


def welcome_tag(viewer: Viewer, words: FirstWords) -> bytes:
    """What one person's welcome to this author leaves, whichever of her names she uses."""
    return viewer.work.nullifier(b"welcome", words.target) if viewer.work else b""


def _is_met(words: FirstWords, reach: Reach) -> bool:
    return not why_folded(reach, words.pid, words.home_tid, UNKNOWN if words.label is None else words.label)


def _marked(words: FirstWords, reach: Reach) -> FirstWords:
    if not reach.hides:
        return words
    seen = has_hidden_word(reach, words_of(words.title)) or has_hidden_word(reach, words_of(words.words))
    return structs.replace(words, hidden=True) if seen else words


def _said(db: Read, viewer: Viewer, others: list[FirstWords]) -> list[str]:
    if not others:
        return []
    tags = {welcome_tag(viewer, words): words.shown for words in others}
    asked = [*tags, *[_NO_TAG] * (ROOM - len(tags))]
    found = db.tuples(_SAID, **{f"tag{number}": tag for number, tag in enumerate(asked)})
    return [tags[bytes(tag)] for (tag,) in found]


def seen_by(viewer: Viewer) -> dict[str, Any]:
    """Values for the statements above."""
    since = (clock.day() - DAYS) * clock.DAY
    return {"since": since, "hidden": viewer.notes_hidden, **community_queries.sight(viewer)}

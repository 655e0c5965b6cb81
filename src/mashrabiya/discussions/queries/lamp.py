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
from mashrabiya.discussions.queries.parts import (
    NO,
    PID,
    STANDING,
    TITLE,
    YES,
    constant,
    label_of,
    met_as,
    time_of,
)
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
_LOOKED_AT = 5 * ROOM
"""Of so many posts the first of each author is found: home asks this every time, however many come to a house."""

_LENGTH = 600
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

# The order of its index, so that no place is read further than it counts.
_NEAR = (
    select(POST.c.tid, POST.c.n, POST.c.t, POST.c.id, _AUTHOR.label("author"))
    .select_from(_WHERE_SHE_BELONGS)
    .where(*_LATELY)
    .order_by(POST.c.t.desc(), POST.c.tid.desc(), POST.c.n.desc())
    .limit(constant(_LOOKED_AT))
    .subquery("near")
)
_TURN = func.row_number().over(partition_by=_NEAR.c.author, order_by=(_NEAR.c.t, _NEAR.c.id))
_FIRST = select(_NEAR.c.tid, _NEAR.c.n, _TURN.label("turn")).subquery("first_words")


_LATEST = _FIRST.join(POST, (POST.c.tid == _FIRST.c.tid) & (POST.c.n == _FIRST.c.n))
_NEWEST_OF_EACH = (_FIRST.c.turn == YES, POST.c.notes.op("&")(HIDDEN) == NO)
_ORDER = (POST.c.t.desc(), POST.c.id)


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
            label_of(POST, PERSONA),
            time_of(POST, PERSONA),
            POST.c.lang,
            POST.c.notes,
            POST.c.welcomed,
            *face_of(PERSONA),
            TITLE,
            community_queries.NAME.label("community"),
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
    _shown(select().select_from(_LATEST)).where(*_NEWEST_OF_EACH).order_by(*_ORDER).limit(constant(ROOM)),
    into=_words,
)
_ONE = Statement(
    _shown(select().select_from(_WHERE_SHE_BELONGS)).where(*_HERE, POST.c.id == bindparam("post")),
    into=_words,
)
# Whose they are; who asks for more along with them joins it to her own question.
GLANCED = (
    select(POST.c.pid, POST.c.tok, POST.c.home_tid, label_of(POST, PERSONA), met_as(POST, PERSONA))
    .select_from(_LATEST.outerjoin(PERSONA, PERSONA.c.id == POST.c.pid))
    .where(*_NEWEST_OF_EACH, constant(PostState.SHOWN) == STANDING)
    .order_by(*_ORDER)
    .limit(constant(ROOM))
)
_GLANCED: Statement[None] = Statement(GLANCED)
SAID = select(WELCOME.c.tag).where(WELCOME.c.tag.in_(_TAGS))
_SAID: Statement[None] = Statement(SAID)


def lamp(db: Read, viewer: Viewer) -> Lamp:
    """The newest first words, and to which of them she has said welcome."""
    found = db.all(_LAMP, **seen_by(viewer))
    reach = reach_of(viewer)
    welcome = [words for words in found if rules.may_welcome(viewer, words).allowed]
    others = [_marked(words, reach) for words in welcome if _is_met(words, reach)]
    # Words of a name not in use stand on neither side: this page does not say whose they are.
    own = [words for words in found if rules.is_author(viewer, words)]
    return Lamp(others, own, _said(db, viewer, others))


def glance(db: Read, viewer: Viewer) -> list[Any]:
    """Whose first words the lamp shows, and nothing of the words."""
    return db.tuples(_GLANCED, **seen_by(viewer))


def welcome_tags(viewer: Viewer, voices: Iterable[Sequence[Any]]) -> list[bytes]:
    """What her welcomes to these voices would leave: to those of others whom she does not keep away."""
    reach, work = reach_of(viewer), viewer.work
    if work is None:
        return []
    return [
        work.nullifier(b"welcome", pid or home_tid + tok)
        for pid, tok, home_tid, label, met in voices
        if not rules.is_her_voice(viewer, pid, tok, home_tid)
        and not why_folded(reach, met, home_tid, UNKNOWN if label is None else label)
    ]


def said_values(tags: Iterable[bytes]) -> dict[str, bytes]:
    """The values for ``SAID``."""
    tags = list(tags)
    return {f"tag{number}": tag for number, tag in enumerate([*tags, *[_NO_TAG] * (ROOM - len(tags))])}


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
    # Who is away is nobody's name, for those as well who keep her away.
    pid = words.pid if words.name is not None else None
    return not why_folded(reach, pid, words.home_tid, UNKNOWN if words.label is None else words.label)


def _marked(words: FirstWords, reach: Reach) -> FirstWords:
    if not reach.hides:
        return words
    seen = has_hidden_word(reach, words_of(words.title)) or has_hidden_word(reach, words_of(words.words))
    return structs.replace(words, hidden=True) if seen else words


def _said(db: Read, viewer: Viewer, others: list[FirstWords]) -> list[str]:
    if not others:
        return []
    tags = {welcome_tag(viewer, words): words.shown for words in others}
    return [tags[bytes(tag)] for (tag,) in db.tuples(_SAID, **said_values(tags))]


def seen_by(viewer: Viewer) -> dict[str, Any]:
    """Values for the statements above."""
    since = (clock.day() - DAYS) * clock.DAY
    return {"since": since, "hidden": viewer.notes_hidden, **community_queries.sight(viewer)}

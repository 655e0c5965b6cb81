"""Translations: beside the posts of a page, all of one post, and what is wished for in a community."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import structs
from sqlalchemy import Integer, LargeBinary, Select, bindparam, case, func, literal_column, null, select

from mashrabiya.communities import queries as community_queries
from mashrabiya.discussions import rules
from mashrabiya.discussions.queries.mentions import draw_html, names_in
from mashrabiya.discussions.queries.moderation import JUDGED, PLACED_POST, get_shown
from mashrabiya.discussions.queries.parts import (
    CID,
    MAY_READ,
    NO,
    PID,
    PLACED,
    STANDING,
    STANDS,
    TID,
    TITLE,
    YES,
    constant,
    label_of,
    met_as,
)
from mashrabiya.discussions.queries.speaking import speaking
from mashrabiya.discussions.tables import POST, THREAD, WISH
from mashrabiya.discussions.types import (
    WISH_DAYS,
    Judged,
    PostRow,
    ThreadFacts,
    Tongue,
    Translated,
    TranslationRow,
    Translations,
    Wanted,
    numbers_of,
)
from mashrabiya.discussions.types.mentions import Names
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.folding import words_of
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.queries import face_of
from mashrabiya.people.tables import PERSONA
from mashrabiya.platform import markdown
from mashrabiya.platform.db import Read, Statement, sibling_values, sixteen
from mashrabiya.platform.languages import LANGUAGES
from mashrabiya.platform.markdown import holds_reference
from mashrabiya.safety.queries import reach_of
from mashrabiya.safety.rules import has_hidden_word, why_folded
from mashrabiya.safety.types import UNKNOWN

_MOST, _EXCERPT = 50, 160
_NAME, _PUB, _SEED = face_of(PERSONA)
_OURS = POST.c.lang == bindparam("ours")
_RANGE = POST.c.n.between(bindparam("lowest", type_=Integer), bindparam("highest", type_=Integer))


def _standing(html: Any) -> Select[Any]:
    """Translations of the posts in a run of a thread, in the order of TranslationRow.

    The first six columns are those of what else stands beside posts.
    """
    mine = case((POST.c.pid == PID, YES), (POST.c.pid.in_(sixteen("sibling")), constant(2)), else_=NO)
    return (
        select(
            POST.c.id,
            POST.c.n,
            _SEED.label("seed"),
            html.label("html"),
            POST.c.tongue,
            POST.c.notes,
            STANDING.label("state"),
            label_of(POST, PERSONA).label("label"),
            _NAME.label("name"),
            _PUB.label("pub"),
            POST.c.lang,
            POST.c.edited,
            mine.label("mine"),
            met_as(POST, PERSONA).label("met"),
            POST.c.home_tid,
        )
        .select_from(POST.outerjoin(PERSONA, PERSONA.c.id == POST.c.pid))
        .where(POST.c.tid == TID, _RANGE, STANDING == STANDS)
    )


# What a page shows at once are those in its reader's language; of others it says that they are there.
TRANSLATED = _standing(case((_OURS, POST.c.html), else_=literal_column("''")))
WIDER = [null() for _ in range(len(TRANSLATED.selected_columns) - 6)]
"""What else stands beside posts has no such columns."""

_ALL = Statement(_standing(POST.c.html), into=TranslationRow)
_THERE = Statement(
    select(*JUDGED).select_from(PLACED_POST).where(POST.c.tid == TID, _RANGE),
    into=Judged,
)
_WISHES: Statement[None] = Statement(
    select(
        WISH.c.lang,
        func.count(),
        func.max(case((WISH.c.wnull == bindparam("mine", type_=LargeBinary), YES), else_=NO)),
    )
    .where(WISH.c.post == bindparam("post", type_=LargeBinary))
    .group_by(WISH.c.lang)
)
_ASKED = (
    select(WISH.c.post, WISH.c.lang, func.count().label("people"), func.min(WISH.c.day).label("since"))
    .where(WISH.c.cid == CID, WISH.c.day > bindparam("since", type_=Integer))
    .group_by(WISH.c.post, WISH.c.lang)
    .subquery("asked")
)
_WANTED = Statement(
    select(
        POST.c.tid,
        POST.c.n,
        TITLE,
        POST.c.body,
        POST.c.lang,
        _ASKED.c.lang,
        _ASKED.c.people,
        POST.c.notes,
        met_as(POST, PERSONA),
        POST.c.home_tid,
        label_of(POST, PERSONA),
    )
    .select_from(
        PLACED.join(POST, POST.c.tid == THREAD.c.id)
        .join(_ASKED, _ASKED.c.post == POST.c.id)
        .outerjoin(PERSONA, PERSONA.c.id == POST.c.pid)
    )
    .where(
        THREAD.c.cid == CID,
        MAY_READ,
        STANDING == STANDS,
        POST.c.tongue.bitwise_and(constant(Tongue.ALONE)) == NO,
    )
    .order_by(_ASKED.c.since, _ASKED.c.post)
    .limit(constant(_MOST)),
    into=Wanted,
)


def around(numbers: Sequence[int]) -> dict[str, int]:
    """The values that ask for the translations of these posts of a thread, and of those between them."""
    return {"lowest": numbers_of(max(numbers))[-1], "highest": numbers_of(min(numbers))[0]}


def reader_of(viewer: Viewer) -> dict[str, Any]:
    """The values that say who reads, and in which language."""
    return {"ours": viewer.tongue.language, "pid": viewer.pid, **sibling_values(viewer.siblings)}


def translations_there(db: Read, tid: bytes, number: int) -> list[Judged]:
    """Every translation that a post of a thread that was found already has, in whatever state."""
    return db.all(_THERE, tid=tid, **around([number]))


def beside_each(
    viewer: Viewer,
    thread: ThreadFacts,
    posts: Sequence[PostRow],
    *,
    rows: Iterable[TranslationRow],
    names: Names,
) -> dict[int, Translated]:
    """The translations of each post of a page, for this reader: hers first. Who she keeps away stands in none."""
    ours, found = viewer.tongue.language, {post.n: post for post in posts if post.is_translated}
    kept: dict[int, Translated] = {}
    for row in rules.best_first(rows):
        post = found.get(row.original)
        if post is None or row.lang == post.lang:
            continue
        drawn = _drawn(viewer, thread, row, names, notes=post.notes)
        why = drawn.fold.why if drawn.fold else ""
        if why not in {"", "reach.folded_word"}:
            continue
        beside = kept.setdefault(post.n, Translated([], []))
        (beside.here if row.lang == ours and drawn.fold is None else beside.others).append(drawn)
    return kept


def _drawn(
    viewer: Viewer, thread: ThreadFacts, row: TranslationRow, names: Names, *, notes: int
) -> TranslationRow:
    """A translation with the names of the moment, and why it waits to be opened. Notes of its original fold both."""
    html = row.html
    if holds_reference(html):
        html = draw_html(html, names, viewer.tongue, linked=thread.community.belongs)
    row = structs.replace(row, html=html, notes=row.notes & ~notes)
    fold = rules.fold_of(viewer, thread, row, unfolded=True, reach=reach_of(viewer))
    return structs.replace(row, fold=fold) if fold else row


def translations(db: Read, viewer: Viewer, tid: bytes, number: int) -> Translations:
    """A post that the viewer may read, with all its translations, and what she may do about them."""
    thread, post = get_shown(db, viewer, tid, number)
    if post.original:
        raise NotFound
    rows = [] if post.is_alone else db.all(_ALL, tid=post.tid, **around([post.n]), **_reader(viewer))
    html = markdown.render(post.source, links=bool(post.links))
    names = names_in(db, thread.community.id, [html, *(row.html for row in rows)])
    reach, spoken = reach_of(viewer), speaking(db, viewer, thread)
    text = f"{post.title}\n{post.source}" if post.n == 1 else post.source
    drawn = [_drawn(viewer, thread, row, names, notes=post.notes) for row in rules.best_first(rows)]
    wishes, wished = _wishes(db, viewer, post.id)
    into = tuple(lang for lang in LANGUAGES if lang != post.lang)
    return Translations(
        thread,
        post,
        draw_html(html, names, viewer.tongue, linked=thread.community.belongs),
        drawn,
        rules.ways_to_reply(viewer, thread, spoken),
        into if rules.may_translate(viewer, thread, spoken, post).allowed else (),
        wishes,
        wished,
        checks=rules.may_compare(viewer, thread.community).allowed,
        hers=rules.may_decide_on_translating(viewer, post).allowed,
        fold=rules.fold_of_wording(viewer, post, post.notes, text, reach=reach),
    )


def _reader(viewer: Viewer) -> dict[str, Any]:
    return {"pid": viewer.pid, **sibling_values(viewer.siblings)}


def _wishes(db: Read, viewer: Viewer, post: bytes) -> tuple[dict[str, int], frozenset[str]]:
    """How many people wish to read it in which language, and in which she does."""
    rows = db.tuples(_WISHES, post=post, mine=wish_of(viewer, post))
    return {lang: int(people) for lang, people, _ in rows}, frozenset(lang for lang, _, mine in rows if mine)


def wish_of(viewer: Viewer, post: bytes) -> bytes:
    """The mark of one person's wish for this post: nobody can list what somebody cannot read."""
    return viewer.work.nullifier(b"translate", post) if viewer.work else b""


def wanted(db: Read, viewer: Viewer, cid: bytes) -> list[Wanted]:
    """What somebody wishes to read in another language in a community that the viewer reads: the oldest wish first."""
    reach = reach_of(viewer)
    rows = db.all(_WANTED, cid=cid, since=clock.day() - WISH_DAYS, **community_queries.sight(viewer))
    shown = [structs.replace(row, excerpt=markdown.excerpt(row.excerpt, _EXCERPT)) for row in rows]
    met = [row for row in shown if not why_folded(reach, row.pid, row.home_tid, _label(row))]
    if not reach.hides:
        return met
    return [structs.replace(row, hidden=has_hidden_word(reach, _words(row))) for row in met]


def _label(row: Wanted) -> int:
    return UNKNOWN if row.label is None else row.label


def _words(row: Wanted) -> frozenset[str]:
    return words_of(f"{row.title}\n{row.excerpt}")

"""One of the library, or a community, as a page of search shows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct, json
from sqlalchemy import LargeBinary, bindparam, select

from mashrabiya.kernel import clock
from mashrabiya.kernel.content import notes_in
from mashrabiya.kernel.folding import words_once
from mashrabiya.kernel.ids import show_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.library.guides import rules as guides
from mashrabiya.library.guides.queries import STANDS
from mashrabiya.library.guides.tables import GUIDE_EDITION
from mashrabiya.library.guides.types import Kind, State
from mashrabiya.library.laws.queries import address_of, name_in
from mashrabiya.library.laws.types import Level, Listed, Standing
from mashrabiya.library.services.types import Record
from mashrabiya.library.stories.types import Situation
from mashrabiya.library.stories.types.kinds import QUESTION_LIMIT
from mashrabiya.library.stories.types.rows import excerpt
from mashrabiya.library.terms.glossary import Glossary
from mashrabiya.platform.db import Read, Statement
from mashrabiya.platform.keys import ServerKeys
from mashrabiya.safety.queries import reach_of
from mashrabiya.safety.rules import has_hidden_word
from mashrabiya.search.leaves import Leaf
from mashrabiya.search.queries.leaf_rows import Row
from mashrabiya.search.queries.leaf_texts import guide_text
from mashrabiya.search.queries.passages import passage
from mashrabiya.search.types import PAGE, Part, Piece
from mashrabiya.search.wish import Wish

_GUIDES = [bindparam(f"guide{place}", type_=LargeBinary) for place in range(PAGE)]
_TEXTS: Statement[None] = Statement(
    select(GUIDE_EDITION.c.guide, GUIDE_EDITION.c.lang, GUIDE_EDITION.c.parts).where(
        GUIDE_EDITION.c.guide.in_(_GUIDES), STANDS
    )
)


class Shelf(Struct, frozen=True):
    """For whom rows are drawn, and from what."""

    db: Read
    viewer: Viewer
    wish: Wish
    glossary: Glossary
    keys: ServerKeys

    @property
    def language(self) -> str:
        return self.viewer.tongue.language

    def passage(self, text: str) -> Sequence[Piece]:
        """Where the words stand in a text."""
        return passage(" ".join(text.split()), frozenset(self.wish.question.words))


def drawn(shelf: Shelf, rows: Sequence[Row]) -> list[Leaf]:
    """Rows as a page shows them, in their order."""
    texts = _guide_texts(shelf.db, rows)
    return [_DRAW[Part(row.part)](shelf, row, texts) for row in rows]


Texts = dict[tuple[bytes, str], str]


def _guide_texts(db: Read, rows: Sequence[Row]) -> Texts:
    guides = list({row.ref for row in rows if row.part == Part.GUIDES})
    if not guides:
        return {}
    bound = {f"guide{place}": guide for place, guide in enumerate(guides)}
    bound |= {f"guide{place}": b"" for place in range(len(guides), PAGE)}
    return {(bytes(guide), lang): guide_text(parts) for guide, lang, parts in db.tuples(_TEXTS, **bound)}


def _guide(shelf: Shelf, row: Row, texts: Texts) -> Leaf:
    state = State(row.first_n or 0)
    if state is State.REVIEWED and 0 < (row.third_n or 0) < clock.day():
        state = State.DUE
    kind = Kind(row.second_n or 0)
    covered = guides.folds(shelf.viewer, row.notes)
    return Leaf(
        part=row.part,
        address=f"/y/{show_id(row.ref)}",
        title=row.title or "",
        lang=row.lang,
        words_lang=row.lang,
        pieces=() if covered else shelf.passage(texts.get((row.ref, row.lang), row.text or "")),
        covered=covered,
        state=f"library.guides.state_{state.code}",
        kind=f"library.guides.kind_{kind.code}" if kind else "",
        notes=_note_keys(row.notes),
    )


def _service(shelf: Shelf, row: Row, _texts: Texts) -> Leaf:
    record = json.decode((row.text or "{}").encode(), type=Record)
    about = next(
        (name for name in ("happens", "eligibility") if record.said(name, shelf.language)), "happens"
    )
    return Leaf(
        part=row.part,
        address=f"/y/s/{show_id(row.ref)}",
        title=record.name(shelf.language),
        lang=record.tongue("name", shelf.language),
        words_lang=record.tongue(about, shelf.language),
        pieces=shelf.passage(record.said(about, shelf.language)),
        kind=f"library.services.kind_{record.kind}",
        state="" if row.more == "active" else f"library.services.status_{row.more}",
        checked=clock.date(row.first_n or 0),
        overdue=(row.second_n or 0) < clock.day(),
        made_up=bool(row.third_n),
    )


def _country(shelf: Shelf, row: Row, _texts: Texts) -> Leaf:
    code = row.code
    stands = None if row.first_n is None else Standing(code, "", row.first_n, row.second_n or 0)
    listed = Listed("", "", stands.now(clock.day()) if stands else Level.UNKNOWN)
    return Leaf(
        part=row.part,
        address=f"/y/w/{address_of(shelf.keys, code)}",
        title=name_in(shelf.language, code),
        lang=shelf.language,
        state=listed.key,
        light=listed.light,
    )


def _term(shelf: Shelf, row: Row, _texts: Texts) -> Leaf:
    concept, language = shelf.glossary.all[row.ref], shelf.language
    said = language if language in concept.body.meaning else next(iter(concept.body.meaning), language)
    return Leaf(
        part=row.part,
        address=concept.path,
        title=concept.name(language),
        lang=language,
        words_lang=said,
        pieces=shelf.passage(concept.meaning(language)),
    )


def _story(shelf: Shelf, row: Row, _texts: Texts) -> Leaf:
    said = [text for text in (row.text, row.more, row.last) if text]
    viewer, reach = shelf.viewer, reach_of(shelf.viewer)
    every = " ".join((row.title or "", *said))
    hidden = reach.hides and has_hidden_word(reach, words_once(every))
    covered = hidden or bool(row.notes & ~viewer.notes_shown)
    return Leaf(
        part=row.part,
        address=f"/y/e/{show_id(row.ref)}",
        title=row.title or excerpt(said[0] if said else "", QUESTION_LIMIT),
        lang=row.lang,
        words_lang=row.lang,
        pieces=() if covered else shelf.passage(" ".join(said)),
        covered=covered,
        hidden=hidden,
        kind=Situation(row.first_n or 0).key,
        notes=_note_keys(row.notes),
        month=clock.date(row.second_n or 0),
        name=row.name,
    )


def _community(shelf: Shelf, row: Row, _texts: Texts) -> Leaf:
    return Leaf(
        part=row.part,
        address=f"/c/{show_id(row.ref)}",
        title=row.title or "",
        lang=row.said_in or "",
        words_lang=row.said_in or "",
        pieces=shelf.passage(row.text or ""),
        audience=row.first_n or 0,
        belongs=bool(row.belongs),
        seed=row.seed or b"",
    )


def _note_keys(notes: int) -> list[str]:
    return [f"note.{note.code}" for note in notes_in(notes)]


_DRAW: dict[Part, Callable[..., Leaf]] = {
    Part.GUIDES: _guide,
    Part.SERVICES: _service,
    Part.COUNTRIES: _country,
    Part.TERMS: _term,
    Part.STORIES: _story,
    Part.COMMUNITIES: _community,
}

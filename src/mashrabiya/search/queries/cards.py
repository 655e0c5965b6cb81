"""One of the library, or a community, as a page of search shows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct, json

from mashrabiya.kernel import clock
from mashrabiya.kernel.content import notes_in
from mashrabiya.kernel.folding import words_once
from mashrabiya.kernel.ids import show_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.library.guides import rules as guides
from mashrabiya.library.guides.types import Kind, State
from mashrabiya.library.laws.queries import address_of, name_in
from mashrabiya.library.laws.types import Level, Listed, Standing
from mashrabiya.library.services.types import Record
from mashrabiya.library.stories.types import Situation
from mashrabiya.library.stories.types.kinds import QUESTION_LIMIT
from mashrabiya.library.stories.types.rows import excerpt
from mashrabiya.library.terms.glossary import Glossary
from mashrabiya.platform.db import Read
from mashrabiya.platform.keys import ServerKeys
from mashrabiya.safety.queries import reach_of
from mashrabiya.safety.rules import has_hidden_word
from mashrabiya.search.leaves import Leaf
from mashrabiya.search.queries.leaf_cards import Card, cards_of
from mashrabiya.search.queries.leaf_rows import Near
from mashrabiya.search.queries.leaf_texts import guide_text
from mashrabiya.search.queries.passages import Marks, passage
from mashrabiya.search.types import Part, Piece
from mashrabiya.search.wish import Wish


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
        return passage(" ".join(text.split()), Marks(self.wish.question))


def drawn(shelf: Shelf, rows: Sequence[Near]) -> list[Leaf]:
    """Rows as a page shows them, in their order."""
    return [_DRAW[Part(card.part)](shelf, card) for card in cards_of(shelf.db, shelf.viewer, rows)]


def _guide(shelf: Shelf, card: Card) -> Leaf:
    state = State(card.first_n or 0)
    if state is State.REVIEWED and 0 < (card.third_n or 0) < clock.day():
        state = State.DUE
    kind = Kind(card.second_n or 0)
    covered = guides.folds(shelf.viewer, card.notes)
    return Leaf(
        part=card.part,
        address=f"/y/{show_id(card.ref)}",
        title=card.title or "",
        lang=card.lang,
        words_lang=card.lang,
        pieces=() if covered else shelf.passage(guide_text(card.text) if card.text else ""),
        covered=covered,
        state=f"library.guides.state_{state.code}",
        kind=f"library.guides.kind_{kind.code}" if kind else "",
        notes=_note_keys(card.notes),
    )


def _service(shelf: Shelf, card: Card) -> Leaf:
    record = json.decode((card.text or "{}").encode(), type=Record)
    about = next(
        (name for name in ("happens", "eligibility") if record.said(name, shelf.language)), "happens"
    )
    return Leaf(
        part=card.part,
        address=f"/y/s/{show_id(card.ref)}",
        title=record.name(shelf.language),
        lang=record.tongue("name", shelf.language),
        words_lang=record.tongue(about, shelf.language),
        pieces=shelf.passage(record.said(about, shelf.language)),
        kind=f"library.services.kind_{record.kind}",
        state="" if card.more == "active" else f"library.services.status_{card.more}",
        checked=clock.date(card.first_n or 0),
        overdue=(card.second_n or 0) < clock.day(),
        made_up=bool(card.third_n),
    )


def _country(shelf: Shelf, card: Card) -> Leaf:
    code = card.code
    stands = None if card.first_n is None else Standing(code, "", card.first_n, card.second_n or 0)
    listed = Listed("", "", stands.now(clock.day()) if stands else Level.UNKNOWN)
    return Leaf(
        part=card.part,
        address=f"/y/w/{address_of(shelf.keys, code)}",
        title=name_in(shelf.language, code),
        lang=shelf.language,
        state=listed.key,
        light=listed.light,
    )


def _term(shelf: Shelf, card: Card) -> Leaf:
    concept, language = shelf.glossary.all[card.ref], shelf.language
    said = language if language in concept.body.meaning else next(iter(concept.body.meaning), language)
    return Leaf(
        part=card.part,
        address=concept.path,
        title=concept.name(language),
        lang=language,
        words_lang=said,
        pieces=shelf.passage(concept.meaning(language)),
        guide=concept.body.guide,
    )


def _story(shelf: Shelf, card: Card) -> Leaf:
    said = [text for text in (card.text, card.more, card.last) if text]
    viewer, reach = shelf.viewer, reach_of(shelf.viewer)
    every = " ".join((card.title or "", *said))
    hidden = reach.hides and has_hidden_word(reach, words_once(every))
    covered = hidden or bool(card.notes & ~viewer.notes_shown)
    return Leaf(
        part=card.part,
        address=f"/y/e/{show_id(card.ref)}",
        title=card.title or excerpt(said[0] if said else "", QUESTION_LIMIT),
        lang=card.lang,
        words_lang=card.lang,
        pieces=() if covered else shelf.passage(" ".join(said)),
        covered=covered,
        hidden=hidden,
        kind=Situation(card.first_n or 0).key,
        notes=_note_keys(card.notes),
        month=clock.date(card.second_n or 0),
        name=card.name,
    )


def _community(shelf: Shelf, card: Card) -> Leaf:
    return Leaf(
        part=card.part,
        address=f"/c/{show_id(card.ref)}",
        title=card.title or "",
        lang=card.said_in or "",
        words_lang=card.said_in or "",
        pieces=shelf.passage(card.text or ""),
        audience=card.first_n or 0,
        belongs=bool(card.belongs),
        seed=card.seed or b"",
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

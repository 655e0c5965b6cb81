"""What hosts of a sample let be read of the library, and what its editors changed in the glossary; nothing where no shelf came in."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from mashrabiya.kernel.viewer import Viewer
from mashrabiya.library.guides import commands as guides
from mashrabiya.library.guides import queries as guide_queries
from mashrabiya.library.guides.types import Kind
from mashrabiya.library.terms import commands as terms
from mashrabiya.library.terms import queries as term_queries
from mashrabiya.platform.db import Database
from mashrabiya.stewardship.sample.editing import keeper_of, words

_CLOSED = "sexual-health"
"""It stays closed, so that it can be seen how that looks."""
_TERM = "coming-out"


def let_read(database: Database, personas: Mapping[str, Viewer]) -> None:
    """Medical and legal guides are opened, all but one."""
    keeper = keeper_of(personas)
    with database.read() as db:
        found = [guide_queries.get_guide(db, which) for which in guide_queries.names(db).values()]
    for guide in found:
        if guide.kind != Kind.PLAIN and not guide.open and guide.slug != _CLOSED:
            with database.write() as uow:
                guides.switch(uow, keeper, guide.id, on=True, has_read=True)


def reword(database: Database, personas: Mapping[str, Viewer]) -> None:
    """One concept says a sentence more than it did; the wording before is kept beside it."""
    with database.read() as db:
        concept = term_queries.load(db).by_key.get(_TERM)
    if concept is None:
        return
    meaning = {lang: f"{text} {words(f'term {lang}')}" for lang, text in concept.body.meaning.items()}
    with database.write() as uow:
        terms.change(
            uow, keeper_of(personas), concept.id, replace(concept.body, meaning=meaning), seen=concept.v
        )

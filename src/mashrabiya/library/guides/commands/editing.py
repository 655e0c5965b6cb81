"""Guides, editions and sources as the desk and the shelf change them. Who may, is asked before."""

from __future__ import annotations

from typing import Any

from msgspec import structs
from sqlalchemy import Integer, LargeBinary, Text, bindparam, func, literal_column, select, update

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Conflict
from mashrabiya.library.guides import drawing, queries, steps
from mashrabiya.library.guides.events import GuideWorded
from mashrabiya.library.guides.reading import Written, plain, read
from mashrabiya.library.guides.tables import GUIDE, GUIDE_EDITION, GUIDE_SHELF, GUIDE_SOURCE, GUIDE_WRONG
from mashrabiya.library.guides.types import (
    Edition,
    EditionState,
    Guide,
    NewEdition,
    Parts,
    Source,
    State,
    Step,
)
from mashrabiya.platform import house
from mashrabiya.platform.db import Statement, Write

_ID = bindparam("which", type_=LargeBinary)
_LANG = bindparam("of_lang_", type_=Text)
_N = bindparam("of_n_", type_=Integer)
_CHANGED = ("topic", "place", "kind", "notes", "help", "months", "reviewers", "state", "open")
_CHECKED = ("checked_day", "checked_by", "next_day")
_CHANGE: Statement[None] = Statement(
    update(GUIDE)
    .where(GUIDE.c.id == _ID)
    .values({name: bindparam(f"new_{name}", type_=GUIDE.c[name].type) for name in (*_CHANGED, *_CHECKED)})
)
_LAST: Statement[None] = Statement(
    select(func.coalesce(func.max(GUIDE_EDITION.c.n), literal_column("0"))).where(
        GUIDE_EDITION.c.guide == _ID, GUIDE_EDITION.c.lang == _LANG
    )
)
_THIS = (GUIDE_EDITION.c.guide == _ID, GUIDE_EDITION.c.lang == _LANG)
_PUBLISH: Statement[None] = Statement(
    update(GUIDE_EDITION)
    .where(*_THIS, GUIDE_EDITION.c.n == _N)
    .values(
        state=literal_column(str(int(EditionState.PUBLISHED))),
        parts=bindparam("new_parts", type_=Text),
    )
)
_RETIRE: Statement[None] = Statement(
    update(GUIDE_EDITION)
    .where(*_THIS, GUIDE_EDITION.c.state == literal_column(str(int(EditionState.PUBLISHED))))
    .values(state=literal_column(str(int(EditionState.OLD))))
)
_DRAWN: Statement[None] = Statement(
    select(GUIDE_EDITION.c.lang, GUIDE_EDITION.c.state, GUIDE_EDITION.c.parts)
    .where(GUIDE_EDITION.c.guide == _ID, GUIDE_EDITION.c.parts != literal_column("''"))
    .order_by(GUIDE_EDITION.c.n.desc())
)
_ASIDE: Statement[None] = Statement(
    update(GUIDE_EDITION)
    .where(*_THIS, GUIDE_EDITION.c.n == _N, GUIDE_EDITION.c.state == literal_column("0"))
    .values(state=literal_column(str(int(EditionState.OLD))))
)
_KEPT = tuple(column.name for column in GUIDE_SOURCE.c if column.name != "code")
_SOURCE: Statement[None] = Statement(
    update(GUIDE_SOURCE)
    .where(GUIDE_SOURCE.c.code == bindparam("which_code", type_=Text))
    .values({name: bindparam(f"new_{name}", type_=GUIDE_SOURCE.c[name].type) for name in _KEPT})
)
_REMEMBER: Statement[None] = Statement(
    update(GUIDE_SHELF)
    .where(GUIDE_SHELF.c.name == bindparam("which_name", type_=Text))
    .values(print=bindparam("new_print", type_=LargeBinary))
)
_ANSWER: Statement[None] = Statement(
    update(GUIDE_WRONG).where(GUIDE_WRONG.c.id == _ID).values(done=literal_column("1"))
)


def add_guide(uow: Write, guide: Guide) -> None:
    """A guide without words yet."""
    uow.insert(GUIDE, **structs.asdict(guide))
    house.bump(uow, queries.STOCK)


def change_guide(uow: Write, guide: Guide, **changes: Any) -> Guide:
    """The guide with other facts: its state, when it was checked and by which roles, its topic."""
    new = structs.replace(guide, **changes)
    columns = structs.asdict(new)
    uow.run(_CHANGE, which=guide.id, **{f"new_{name}": columns[name] for name in (*_CHANGED, *_CHECKED)})
    house.bump(uow, queries.STOCK)
    return new


def add_edition(uow: Write, guide: bytes, new: NewEdition, written: Written | None = None) -> Edition:
    """A draft, read and without faults, or Unreadable. Nothing of what is published changes."""
    written = written or read(new.text, queries.known(uow))
    n = 1 + int(uow.scalar(_LAST, which=guide, of_lang_=new.lang))
    edition = Edition(
        guide=guide,
        lang=new.lang,
        n=n,
        state=int(EditionState.DRAFT),
        title=written.title,
        lead=plain(written.lead),
        text=new.text,
        parts="",
        day=clock.day(),
        role=int(new.role),
        of_lang=new.of_lang,
        of_n=new.of_n,
    )
    uow.insert(GUIDE_EDITION, **structs.asdict(edition))
    return edition


def publish(uow: Write, edition: Edition, parts: Parts | None = None) -> None:
    """A draft stands where readers see it; what stood there is kept as old. Twice is once.

    A guide that was a draft itself becomes a first edition; its state is else the desk's to say.
    """
    if edition.what is EditionState.PUBLISHED:
        return
    if edition.what is EditionState.OLD:
        raise Conflict("library.guides.edition_old")
    if parts is None:
        parts = drawing.draw(read(edition.text, queries.known(uow)), edition.lang, queries.names(uow))
    parts = _with_keys(uow, edition, parts)
    where = {"which": edition.guide, "of_lang_": edition.lang}
    uow.run(_RETIRE, **where)
    uow.run(_PUBLISH, **where, of_n_=edition.n, new_parts=drawing.pack(parts))
    guide = queries.get_guide(uow, edition.guide)
    if guide.state == State.DRAFT:
        change_guide(uow, guide, state=int(State.FIRST))
    house.bump(uow, queries.STOCK)
    uow.record(GuideWorded(edition.guide))


def _with_keys(uow: Write, edition: Edition, parts: Parts) -> Parts:
    """With the keys of its steps: of those that stand now in both languages, and above all that were ever given."""
    before, earlier, beside, used = list[Step](), list[Step](), list[Step](), 0
    for lang, state, kept in uow.tuples(_DRAWN, which=edition.guide):
        found = drawing.unpack(str(kept)).steps
        used = max([used, *(step.key for step in found)])
        own = lang == edition.lang
        if state == EditionState.PUBLISHED:
            (before if own else beside).extend(found)
        elif own:
            earlier.extend(found)
    return steps.carried(parts, before=before, earlier=earlier, beside=beside, used=used)


def put_aside(uow: Write, edition: Edition) -> None:
    """A draft waits no more. Its words stay among the old editions."""
    uow.run(_ASIDE, which=edition.guide, of_lang_=edition.lang, of_n_=edition.n)


def put_source(uow: Write, source: Source) -> None:
    """A source that guides may cite, or what the house says of it from now on."""
    row = structs.asdict(source)
    if not uow.insert_once(GUIDE_SOURCE, **row):
        uow.run(_SOURCE, which_code=row.pop("code"), **{f"new_{name}": value for name, value in row.items()})
    house.bump(uow, queries.STOCK)


def answer_doubt(uow: Write, which: bytes) -> None:
    """The desk has looked at what was said to be wrong."""
    uow.run(_ANSWER, which=which)


def remember(uow: Write, name: str, print_: bytes) -> None:
    """This text of the shelf was given to the house."""
    if not uow.insert_once(GUIDE_SHELF, name=name, print=print_):
        uow.run(_REMEMBER, which_name=name, new_print=print_)

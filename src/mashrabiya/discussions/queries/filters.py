"""Which threads of a list a reader asks for, and which she never wants to meet."""

from __future__ import annotations

from functools import cache
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, FromClause, Integer, Text, bindparam

from mashrabiya.discussions.queries.parts import NO, YES, constant
from mashrabiya.discussions.types import NO_FILTERS, Answers, Filters, Kind
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.languages import LANGUAGES

WAITING, CLEAR = "waiting", "clear"
FOLLOWING = "following"
"""What she follows: a list of its own, asked for on the first page alone."""
HELPED_SINCE = {"helped-month": 30, "helped-year": 365}
"""What helped most people, of threads begun in so many days: in the list of all threads alone."""
_KINDS = {kind.name.lower(): kind.bit for kind in Kind if kind}
_ONLY = {WAITING, CLEAR, *_KINDS}

LANG = bindparam("lang", type_=Text)
_WANTED = bindparam("wanted", type_=Integer)
HIDDEN = bindparam("hidden", type_=Integer)


def read_filters(only: str, lang: str, *, helped: bool = False, tag: int = 0) -> Filters:
    """As an address says it; words that mean nothing narrow nothing. ``helped``: where one may ask what helped most.

    ``only`` is ``waiting`` (nobody answered yet, and somebody can), ``clear`` (no content note), or
    the name of a kind: threads that say it would help, and ``news`` for good news. ``tag`` is one that the
    community has, by its number.
    """
    if not (only or lang or tag):
        return NO_FILTERS
    meant = only in _ONLY or (helped and only in HELPED_SINCE)
    return Filters(only if meant else "", lang if lang in LANGUAGES else "", tag)


class Plan(Struct, frozen=True):
    """Which conditions a list needs: each combination is a statement of its own.

    So a list without filters, which is nearly every one, pays for none.
    """

    waiting: bool = False
    clear: bool = False
    wanted: bool = False
    lang: bool = False
    hidden: bool = False

    @property
    def narrows(self) -> bool:
        """Whether the reader asked for some of them only."""
        return self.waiting or self.clear or self.wanted or self.lang

    def conditions(self, threads: FromClause) -> list[ColumnElement[bool]]:
        """The conditions on these threads."""
        columns = threads.c
        asked: list[tuple[bool, ColumnElement[bool]]] = [
            (self.waiting, columns.n == YES),
            # Where nobody answers, nobody is asked to be the first.
            (self.waiting, columns.shut == NO),
            (self.waiting, columns.answers != constant(Answers.NOBODY)),
            (self.clear, columns.notes == NO),
            (self.wanted, columns.wants.op("&")(_WANTED) != NO),
            (self.lang, columns.lang == LANG),
            (self.hidden, columns.notes.op("&")(HIDDEN) == NO),
        ]
        return [condition for needed, condition in asked if needed]


def plan(viewer: Viewer, filters: Filters) -> Plan:
    """What the viewer's lists ask of each thread."""
    return _plan(filters, bool(viewer.notes_hidden))


@cache
def _plan(filters: Filters, hidden: bool) -> Plan:
    return Plan(
        waiting=filters.only == WAITING,
        clear=filters.only == CLEAR,
        wanted=filters.only in _KINDS,
        lang=bool(filters.lang),
        hidden=hidden,
    )


def values(viewer: Viewer, filters: Filters) -> dict[str, Any]:
    """What the conditions compare with."""
    return {
        "wanted": _KINDS.get(filters.only, 0),
        "lang": filters.lang,
        "hidden": viewer.notes_hidden,
    }

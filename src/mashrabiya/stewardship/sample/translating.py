"""Translations of a sample, in both directions, and some that are only asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache

from mashrabiya.discussions import commands
from mashrabiya.discussions.types import NewTranslation
from mashrabiya.kernel.errors import Invalid, NotFound, Refused
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Database
from mashrabiya.stewardship.sample.moving_in import days_ago
from mashrabiya.stewardship.sample.script import lines

_AGO, _WISHING = 1, 3


def _told() -> Iterator[list[str]]:
    return ([part.strip() for part in line.split("|")] for line in lines("tongues"))


@cache
def turned_titles() -> frozenset[str]:
    """The threads whose opening somebody translates, or asks to have translated."""
    return frozenset(title for title, *_ in _told())


def translate_some(
    database: Database, turned: Mapping[str, tuple[bytes, Sequence[str]]], personas: dict[str, Viewer]
) -> None:
    """``title | persona | language | title | words``; without words it is asked for, by some who are there."""
    for title, key, lang, said, words in _told():
        if title not in turned:
            continue
        tid, members = turned[title]
        with days_ago(_AGO):
            if words:
                new = NewTranslation(title=said, body=words, lang=lang)
                _translate(
                    database,
                    tid,
                    new,
                    [personas[one] for one in (key, *reversed(members)) if one in personas],
                )
            else:
                _wish(database, tid, lang, [personas[one] for one in members[:_WISHING]])


def _translate(database: Database, tid: bytes, new: NewTranslation, able: Sequence[Viewer]) -> None:
    """By the first of these who may: one who spoke there under another name does not."""
    for viewer in able:
        with suppress(Invalid, NotFound, Refused), database.write() as uow:
            commands.translate(uow, viewer, tid, 1, new=new)
            return


def _wish(database: Database, tid: bytes, lang: str, readers: Sequence[Viewer]) -> None:
    for viewer in readers:
        with suppress(Invalid, NotFound, Refused), database.write() as uow:
            commands.wish_translated(uow, viewer, tid, 1, lang=lang, wish=True)

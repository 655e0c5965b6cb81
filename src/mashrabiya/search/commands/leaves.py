"""One of the library, or a community, comes into the index or goes. All of it may be done twice."""

from __future__ import annotations

from sqlalchemy import BigInteger, Integer, LargeBinary, Text, bindparam, delete

from mashrabiya.platform.db import Database, Statement, Write
from mashrabiya.platform.search import ranking
from mashrabiya.platform.search.words import CODE_BYTES, KEY_BYTES, key_of, keys_of
from mashrabiya.search.queries import leaf_texts
from mashrabiya.search.queries.index import number_of
from mashrabiya.search.queries.leaf_texts import Kept
from mashrabiya.search.tables import LEAF, LEAF_WORD
from mashrabiya.search.types import INDEXED, Part

_TOGETHER = 20
_REST = 8 * (KEY_BYTES - CODE_BYTES)
_TITLED = 1 + ranking.TITLE
_MARK = key_of("")
"""In place of what a post's thread is known by: what is ranked together has the same shape."""
_WHICH = {
    "part": bindparam("of_part", type_=Integer),
    "ref": bindparam("of_ref", type_=LargeBinary),
    "lang": bindparam("of_lang", type_=Text),
}
_DROP: Statement[None] = Statement(delete(LEAF).where(*(LEAF.c[name] == of for name, of in _WHICH.items())))
_DROP_WORD: Statement[None] = Statement(
    delete(LEAF_WORD).where(
        LEAF_WORD.c.word.between(bindparam("least", type_=BigInteger), bindparam("most", type_=BigInteger)),
        *(LEAF_WORD.c[name] == of for name, of in _WHICH.items()),
    )
)


def put_leaf(uow: Write, part: Part, ref: bytes) -> None:
    """Let it be found as it stands now; what is not there is found no more."""
    stands = {row.lang: row for row in leaf_texts.kept_of(uow, part, ref)}
    for text in leaf_texts.texts_of(uow, part, ref):
        title, body = keys_of(text.title), keys_of(text.body)
        words, _ = ranking.write(title, body, _MARK)
        before = stands.pop(text.lang, None)
        if before is not None and before.words == words:
            continue
        if before is not None:
            _drop(uow, part, ref, before)
        weights = dict.fromkeys(body, 1) | dict.fromkeys(title, _TITLED)
        uow.insert(LEAF, part=int(part), ref=ref, lang=text.lang, words=words)
        for key, weight in sorted(weights.items()):
            uow.insert(LEAF_WORD, part=int(part), word=number_of(key), ref=ref, lang=text.lang, weight=weight)
    for row in stands.values():
        _drop(uow, part, ref, row)


def _drop(uow: Write, part: Part, ref: bytes, row: Kept) -> None:
    """A row, and each of its words: by their beginning, which is what the row has of them."""
    which = {"of_part": int(part), "of_ref": ref, "of_lang": row.lang}
    for code in dict.fromkeys(ranking.codes_in(row.words)):
        least = int.from_bytes(code, "big") << _REST
        uow.run(_DROP_WORD, **which, least=least, most=least | ((1 << _REST) - 1))
    uow.run(_DROP, **which)


def put_leaves(database: Database) -> None:
    """Put all of them where they stand now, some at a time, and let those go that are gone."""
    for part in INDEXED:
        after = b""
        while refs := _after(database, part, after):
            _put(database, part, refs)
            after = refs[-1]
        while refs := _gone(database, part):
            _put(database, part, refs)


def _put(database: Database, part: Part, refs: list[bytes]) -> None:
    for begins in range(0, len(refs), _TOGETHER):
        with database.write() as uow:
            for ref in refs[begins : begins + _TOGETHER]:
                put_leaf(uow, part, ref)


def _after(database: Database, part: Part, after: bytes) -> list[bytes]:
    with database.read() as db:
        return leaf_texts.refs_after(db, part, after)


def _gone(database: Database, part: Part) -> list[bytes]:
    with database.read() as db:
        return leaf_texts.gone(db, part)

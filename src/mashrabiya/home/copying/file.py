"""The file: one page to read, and the same as JSON, packed together while they are sent."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import msgspec
from pyrage import passphrase as age

from mashrabiya.discussions.types import OwnWords
from mashrabiya.home.copying import lived
from mashrabiya.home.copying.gather import Source
from mashrabiya.kernel.errors import Busy, Invalid
from mashrabiya.library.stories.types import Row
from mashrabiya.people.types import CopyOf
from mashrabiya.platform.trouble import note

# Neither says what is inside, nor where it is from.
NAME, SEALED_NAME = "copy.zip", "copy.zip.age"
LARGEST_SEALED = 16 * 1024 * 1024
"""More than this is not sealed here: sealing needs all of it in memory at once."""

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_OWNER_ONLY = 0o600 << 16
# Making a key of a passphrase takes a second and some hundred megabytes: one at a time.
_sealing = threading.Lock()


def copy_file(source: Source) -> Iterator[bytes]:
    """The bytes of the file, as they are made. Where something fails, they end early."""
    try:
        yield from _zipped((("copy.html", _html(source)), ("copy.json", _json(source))))
    except Exception as trouble:
        note(trouble, "a copy")


def sealed(source: Source, words: str) -> bytes:
    """The whole file under a passphrase of her own, as any program for age opens it."""
    if not _sealing.acquire(blocking=False):
        raise Busy
    try:
        plain = bytearray()
        for part in _zipped((("copy.html", _html(source)), ("copy.json", _json(source)))):
            plain += part
            if len(plain) > LARGEST_SEALED:
                raise Invalid({"new_pass": "export.too_large"})
        return bytes(age.encrypt(bytes(plain), words))
    finally:
        _sealing.release()


class _Sink:
    """What the packing writes into: it can be emptied and not gone back in."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def write(self, part: bytes) -> int:
        self._waiting += part
        return len(part)

    def flush(self) -> None:
        """Nothing is held back."""

    def take(self) -> bytes:
        taken, self._waiting = bytes(self._waiting), bytearray()
        return taken


def _zipped(files: Iterable[tuple[str, Iterator[bytes]]]) -> Iterator[bytes]:
    sink = _Sink()
    with ZipFile(sink, "w", ZIP_DEFLATED) as packing:  # type: ignore[call-overload]
        for name, parts in files:
            yield from _packed(packing, sink, name, parts)
    yield sink.take()


def _packed(packing: ZipFile, sink: _Sink, name: str, parts: Iterator[bytes]) -> Iterator[bytes]:
    entry = ZipInfo(name, _LONG_AGO)
    entry.compress_type, entry.external_attr = ZIP_DEFLATED, _OWNER_ONLY
    with packing.open(entry, "w") as written:
        for part in parts:
            written.write(part)
            if ready := sink.take():
                yield ready


def _html(source: Source) -> Iterator[bytes]:
    def render(name: str, **values: Any) -> bytes:
        templates, tongue = source.site.templates, source.viewer.tongue
        return templates.render(f"home/copy_{name}.html", tongue, values).encode()

    yield render("head", day=source.day, settings=source.settings, given=source.given, joined=_joins(source))
    for number in range(len(source.personas)):
        yield render("persona", persona=source.about(number))
        for batch in source.named(number):
            yield render("posts", posts=batch)
        yield from _experiences(source, lived.named(source, number))
    if source.of is not CopyOf.PERSONA:
        yield render("unnamed")
        for batch in source.unnamed():
            yield render("posts", posts=batch)
        yield from _experiences(source, lived.unnamed(source))
    yield render("foot")


def _experiences(source: Source, batches: Iterator[list[Row]]) -> Iterator[bytes]:
    """Experiences under a heading of their own, where there are any."""
    templates, tongue, first = source.site.templates, source.viewer.tongue, True
    for batch in batches:
        told = [(story, lived.told(source, story)) for story in batch]
        yield templates.render("home/copy_lived.html", tongue, {"told": told, "first": first}).encode()
        first = False


def _joins(source: Source) -> str:
    """The key of what the file joins that the site keeps apart; nothing where it joins nothing."""
    keys = {CopyOf.UNNAMED: "export.joins_unnamed", CopyOf.TOGETHER: "export.joins_all"}
    return keys.get(source.of, "")


def _json(source: Source) -> Iterator[bytes]:
    encode = msgspec.json.encode
    yield b'{"day":' + encode(source.day) + b',"settings":' + encode(source.settings)
    yield b',"given":' + encode(source.given) + b',"personas":['
    for number in range(len(source.personas)):
        comma = b"," if number else b""
        about = encode(source.about(number))
        # The persona's own object, left open for its posts.
        yield comma + about[:-1] + b',"posts":['
        yield from _listed(source.named(number))
        yield b'],"experiences":['
        yield from _lived(source, lived.named(source, number))
        yield b"]}"
    yield b"]"
    if source.of is not CopyOf.PERSONA:
        yield b',"unnamed":['
        yield from _listed(source.unnamed())
        yield b'],"unnamed_experiences":['
        yield from _lived(source, lived.unnamed(source))
        yield b"]"
    yield b"}"


def _listed(batches: Iterator[list[OwnWords]]) -> Iterator[bytes]:
    comma = b""
    for batch in batches:
        for post in batch:
            yield comma + msgspec.json.encode(_told(post))
            comma = b","


def _lived(source: Source, batches: Iterator[list[Row]]) -> Iterator[bytes]:
    comma = b""
    for story in (one for batch in batches for one in batch):
        yield comma + msgspec.json.encode(lived.told(source, story))
        comma = b","


def _told(post: OwnWords) -> dict[str, Any]:
    """A post as the file tells it: no id of the house."""
    return {
        "day": post.day,
        "thread": post.title,
        "community": post.community,
        "number": post.original or post.n,
        "translation": bool(post.original),
        "answers": post.to_n,
        "kind": post.kind_key.partition(".")[2],
        "language": post.lang,
        "helped": post.helped,
        "text": post.body,
        "pictures": post.pictures,
        "earlier": post.earlier,
        "poll": _poll(post),
    }


def _poll(post: OwnWords) -> dict[str, Any] | None:
    """The poll she asked with it. Who voted for what, nobody can tell."""
    poll = post.poll
    return (
        None
        if poll is None
        else {
            "choices": poll.choices,
            "several": poll.several,
            "counts": poll.counts,
            "voters": poll.voters,
        }
    )

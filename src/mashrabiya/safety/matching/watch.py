"""What one request brings along, so that words are held against the rules before they are posted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from hashlib import sha256
from typing import Any

from msgspec import Struct

from mashrabiya.kernel.errors import Refused, SecondLook
from mashrabiya.safety.matching.book import Rulebook
from mashrabiya.safety.matching.contempt import Asks, Judged, judged
from mashrabiya.safety.matching.harm import Harm, harm_in
from mashrabiya.safety.matching.reading import Reading
from mashrabiya.safety.types import Act, Precept, Reason, Said, Standing

KIND, KIND_OF_HARM = "words", "self_harm"
"""What programs are told was found."""
_SIZE = 8


class Heed(Struct, frozen=True):
    """What rules put on words that are posted: bits of content notes, and a weight for the care team.

    The weight says how soon somebody should look, 0 to 3. It comes with the fact that they were posted.
    ``call`` is why carers are called softly, or nothing. ``keep`` keeps the post back, told the write, its
    community and itself: where a rule holds these words until somebody has looked. ``match``: one would, and
    does not, since their author may be in danger; carers find that it met them.
    """

    notes: int = 0
    weight: int = 0
    call: Reason | None = None
    keep: Callable[[Any, bytes, bytes], None] | None = None
    match: Reason | None = None


UNHEEDED = Heed()


class Watch:
    """The rules in force, and what the author of these words was shown already.

    ``seen``: she was shown everything, and says so; what stops, stops nevertheless. ``cares``: it is asked whether
    she may harm herself. ``calls``: she wishes that carers know.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        shown: str = "",
        *,
        seen: bool = False,
        asks: bool = True,
        cares: bool = False,
        calls: bool = False,
    ) -> None:
        # What was read lives as long as this request.
        self._read: dict[str, Reading] = {}
        self._judged: dict[str, Judged] = {}
        self._harm: dict[str, Harm] = {}
        self._cares, self._calls = cares, calls
        self._known: dict[tuple[bytes | None, str], list[Standing]] = {}
        self._rulebook, self._shown, self._seen, self._asks = (
            rulebook,
            frozenset(shown.split(".")),
            seen,
            asks,
        )

    def of_house(self, texts: Iterable[str]) -> list[Said]:
        """What the house says to these words, whichever community they are for."""
        joined = _joined(texts)
        return self._unshown([*self._asked_of(joined), *map(_said, self._met(None, joined))])

    def of_self(self, texts: Iterable[str]) -> list[Said]:
        """What the house says to what somebody is called, or says of herself."""
        book = self._rulebook.of(None)
        met = book.met_in_name(self._reading(_joined(texts))) if book else []
        return self._unshown([_said(one, own=True) for one in met])

    def hold(self, cid: bytes, texts: Iterable[str], is_first: Callable[[], bool] | None = None) -> Heed:
        """What rules put on these words; raises what their author has to read first.

        ``is_first`` is asked only where a rule is about first posts.
        """
        joined = _joined(texts)
        met = [*self._met(None, joined), *self._met(cid, joined), *self._firsts(cid, is_first)]
        said = self._unshown([*self._asked_of(joined), *map(_said, met)])
        if any(one.stops for one in said):
            raise Refused("precept.refused", said=tuple(said))
        if said:
            raise SecondLook(_kinds(said), said=tuple(said))
        notes = sum({one.note for one in met if one.act == Act.NOTE})
        keep = self._keeps(met)
        # Words of somebody who may harm herself wait for nobody: whoever reads now may answer now.
        spared = keep is not None and Harm.OWN in self._harms(joined)
        weight, call = self._judge(joined).weight, self._call(joined)
        return Heed(notes, weight, call, None, Reason.MATCH) if spared else Heed(notes, weight, call, keep)

    def let_go(self, uow: Any, post: bytes) -> None:
        """No rule holds the words of this post any more: where one alone kept it back, it shows."""
        if self._rulebook.keeper is not None:
            self._rulebook.keeper.let_go(uow, post)

    def _keeps(self, met: list[Standing]) -> Callable[[Any, bytes, bytes], None] | None:
        """How it is kept back where a rule holds it. That a first post waits comes first: other words do not end it."""
        holding = [one for one in met if one.act == Act.HOLD]
        if not holding:
            return None
        assert self._rulebook.keeper, "main says who keeps back what a rule holds"
        rule = next((one for one in holding if one.kind == Precept.FIRST), holding[0])
        return partial(self._rulebook.keeper.hold, rule)

    def _asked_of(self, joined: str) -> list[Said]:
        """What the house asks of these words, whatever rules there are: first how it is with their author."""
        cared = [Said(_mark(key), key, cares=True) for kind, key in _CARED if self._harms(joined) & kind]
        return [*cared, *(_asked(one) for one in self._judge(joined).asks)]

    def _call(self, joined: str) -> Reason | None:
        """Her own wish, whatever her words are; else that a way stays described, of which she was told."""
        if self._calls:
            return Reason.CALL
        return Reason.WAY if self._harms(joined) & Harm.WAY else None

    def _harms(self, joined: str) -> Harm:
        if not self._cares:
            return Harm.NONE
        if joined not in self._harm:
            self._harm[joined] = harm_in(self._reading(joined))
        return self._harm[joined]

    def _met(self, cid: bytes | None, joined: str) -> list[Standing]:
        known = self._known.get((cid, joined))
        if known is None:
            book = self._rulebook.of(cid)
            known = self._known[cid, joined] = book.met(self._reading(joined)) if book else []
        return known

    def _reading(self, joined: str) -> Reading:
        if joined not in self._read:
            self._read[joined] = Reading(joined)
        return self._read[joined]

    def _judge(self, joined: str) -> Judged:
        if not self._asks:
            return Judged()
        if joined not in self._judged:
            self._judged[joined] = judged(self._reading(joined))
        return self._judged[joined]

    def _firsts(self, cid: bytes, is_first: Callable[[], bool] | None) -> list[Standing]:
        books = [book for book in (self._rulebook.of(None), self._rulebook.of(cid)) if book]
        first = [one for book in books for one in book.first]
        return first if first and is_first is not None and is_first() else []

    def _unshown(self, said: list[Said]) -> list[Said]:
        kept = {one.mark: one for one in said if one.mark}
        return [one for one in kept.values() if one.stops or not (self._seen or one.mark in self._shown)]


_CARED = ((Harm.OWN, "guard.self_harm"), (Harm.WAY, "guard.method"))


def _kinds(said: list[Said]) -> list[str]:
    return list(dict.fromkeys(KIND_OF_HARM if one.cares else KIND for one in said))


def _joined(texts: Iterable[str]) -> str:
    return "\n\n".join(text for text in texts if text)


def _said(met: Standing, *, own: bool = False) -> Said:
    """What the author reads before she posts; of a content note nothing, since she sees it, nor of a hold, which she is told after."""
    if met.act in {Act.NOTE, Act.HOLD}:
        return Said("")
    stops = met.act == Act.REFUSE
    key = f"precept.{'refused' if stops else 'asked'}{'_name' if own else ''}"
    return Said(_mark(met.id.hex() + met.text), key, met.sentence, stops, own=own)


def _asked(one: Asks) -> Said:
    return Said(_mark(one.key + one.found), one.key)


def _mark(of: str) -> str:
    return sha256(of.encode("utf-8", "replace")).hexdigest()[:_SIZE]


UNWATCHED = Watch(Rulebook(), asks=False)
"""No rules at all: for words that nobody typed just now."""

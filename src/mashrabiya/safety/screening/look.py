"""Looking through all the words of one form before they are posted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Protocol

from mashrabiya.safety.matching.book import Rulebook
from mashrabiya.safety.matching.watch import Watch
from mashrabiya.safety.screening.hint import CHOICE, KEPT, SHOWN, needs_second_look
from mashrabiya.safety.screening.marking import without
from mashrabiya.safety.screening.search import Spare, traces_but
from mashrabiya.safety.screening.types import GuardHint, Segment, Wording
from mashrabiya.safety.types import Said

REMOVE = "remove"


class Typed(Protocol):
    """A form as it was sent."""

    def raw(self, name: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Look:
    """What there is to say before these words are posted.

    ``texts`` are those that now stand in the form in place of what was typed: what was
    found is taken out of them. ``shown`` goes into the form, so that nothing is said twice.
    """

    hint: GuardHint | None = None
    texts: dict[str, str] = field(default_factory=dict)
    shown: str = ""
    said: tuple[Said, ...] = ()
    """What rules ask or refuse, beside what was found."""

    words: tuple[Wording, ...] = ()
    """Words for which there are better ones. Whoever writes decides; nothing is asked of her."""

    partial: str = "safety/_guard.html"
    """What says it in a form. Rooms below this one are handed it with the look."""

    @property
    def cares(self) -> tuple[Said, ...]:
        """What is said of her who writes, with help, apart from the rest."""
        return tuple(one for one in self.said if one.cares)

    @property
    def rules(self) -> tuple[Said, ...]:
        """What is said of the words."""
        return tuple(one for one in self.said if not one.cares)

    @property
    def is_due(self) -> bool:
        """Whether the form goes back first: with what was found, or without it."""
        return self.hint is not None or bool(self.texts or self.said or self.words)

    @property
    def stops(self) -> bool:
        """Whether these words cannot be posted as they are."""
        return any(one.stops for one in self.said)

    @property
    def is_own(self) -> bool:
        """Whether rules speak of a name, or of what somebody says of herself."""
        return any(one.own for one in self.said)

    def also(self, said: Sequence[Said]) -> Look:
        """The same, and what else there is to say; one sentence is said once, whichever rules say it."""
        marks = ".".join(one.mark for one in said if not one.stops)
        shown = ".".join(part for part in (marks, self.shown) if part)[:KEPT]
        kept = {(one.sentence or one.key, one.stops): one for one in (*self.said, *said)}
        return replace(self, said=tuple(kept.values()), shown=shown)

    def worded(self, words: Sequence[Wording]) -> Look:
        """The same, and that there are better words for these. Each is said once."""
        marks = [one.mark for one in words]
        shown = ".".join(dict.fromkeys(part for part in (*marks, *self.shown.split(".")) if part))[:KEPT]
        return replace(self, words=tuple(words), shown=shown)


def look_over(form: Typed, *names: str, spare: Spare | None = None, watch: Watch | None = None) -> Look:
    """Look through the fields of these names. Pressing "remove" never posts: she reads it again first.

    ``spare`` says at which places of a text an @ means somebody of this house. It is asked only
    where an @ would be taken for an account elsewhere. ``watch`` brings the rules of the house.
    """
    # Most forms have more fields than one fills in, and nothing can stand in an empty one.
    typed = {name: text for name in names if (text := form.raw(name))}
    shown = form.raw(SHOWN)[:KEPT]
    if form.raw(CHOICE) == REMOVE:
        return Look(texts={name: without(text, traces_but(text, spare)) for name, text in typed.items()})
    found = [hint for text in typed.values() if (hint := needs_second_look(text, shown, spare))]
    look = Look(_as_one(found), shown=_joined(shown, found)) if found else Look(shown=shown)
    said = watch.of_house(typed.values()) if watch else []
    return look.also(said) if said else look


def look_over_self(form: Typed, *names: str, rulebook: Callable[[], Rulebook]) -> Look:
    """The same of what somebody says of herself, and what the house asks of it and of the name above it."""
    look, watch = look_over(form, *names), Watch(rulebook(), form.raw(SHOWN))
    said = watch.of_self(form.raw(name) for name in ("name", "pronouns", *names))
    return look.also(said) if said else look


def _as_one(hints: Sequence[GuardHint]) -> GuardHint:
    return GuardHint(
        traces=tuple(chain.from_iterable(hint.traces for hint in hints)),
        kinds=tuple(dict.fromkeys(kind for hint in hints for kind in hint.kinds)),
        segments=tuple(_apart(hints)),
        shown=_joined("", hints),
    )


def _apart(hints: Sequence[GuardHint]) -> Iterator[Segment]:
    for place, hint in enumerate(hints):
        if place:
            yield Segment("\n")
        yield from hint.segments


def _joined(before: str, hints: Sequence[GuardHint]) -> str:
    """What was shown now stands first: should it ever be too much, the oldest is forgotten."""
    parts = [part for text in (*(hint.shown for hint in hints), before) for part in text.split(".") if part]
    return ".".join(dict.fromkeys(parts))[:KEPT]

"""What a page shows of an edition."""

from __future__ import annotations

from msgspec import Struct


class Step(Struct, frozen=True):
    """``key`` is its number for good: what stands beside it finds it by that, wherever an edition puts it."""

    title: str
    html: str
    key: int = 0


class Section(Struct, frozen=True):
    """A part of a guide: ``key`` is one of ``before steps weigh ask unknown``."""

    key: str
    title: str
    html: str
    steps: tuple[Step, ...] = ()


class Parts(Struct, frozen=True):
    """What a page shows of an edition, made when it was published. Codes of sources stand in the order of the text."""

    lead: str
    """As HTML; where it stands in lists, it is plain words."""
    sections: tuple[Section, ...]
    think_title: str
    think: tuple[str, ...]
    sources: tuple[str, ...]
    links: tuple[str, ...]
    """Guides it leads to, as addresses show them."""

    @property
    def steps(self) -> tuple[Step, ...]:
        """All its steps, in their order."""
        return tuple(step for section in self.sections for step in section.steps)

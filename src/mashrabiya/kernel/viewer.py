"""Who is asking: a frozen value, made once per request and always passed on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from mashrabiya.kernel.keys import Work

HOST = "host"
CARE = "care"
TRUSTED = "trusted"


@dataclass(frozen=True, slots=True)
class Face:
    """What others see of the persona in use."""

    name: str
    pub: str
    seed: bytes
    pronouns: str = ""


@dataclass(frozen=True, slots=True)
class Other:
    """Another persona of the same person, as she alone is shown it."""

    slot: int
    name: str
    seed: bytes


@dataclass(frozen=True, slots=True)
class Tongue:
    """How the house speaks to the reader: language, form of address, digits.

    ``discreet`` is the neutral look: pages of their own, in words that say nothing of the house.
    """

    language: str = "ar"
    address: str = "n"
    digits: str = "arab"
    discreet: bool = False

    @classmethod
    def of(cls, language: str, address: str = "n", digits: str = "", *, discreet: bool = False) -> Tongue:
        """The usual digits of the language unless the reader chose others."""
        return cls(language, address, digits or ("arab" if language == "ar" else "latn"), discreet)


@dataclass(frozen=True, slots=True)
class Viewer:
    """A visitor, a signed-in person, or the house itself (with its reason).

    ``work`` is None without a session. ``siblings`` are the ids of all sixteen
    slots of the person: rules that look across personas use them, in this
    request only. ``face`` is None while the slot in use has no persona.
    ``notes_shown`` and ``notes_hidden`` are bits of content notes whose texts she
    wants open, or not at all; the rest fold. ``settled`` ends the first-week path. ``desk`` is how desks are for her, in words of care, and
    ``rest_until`` the hour to which she rests from them.
    ``second_factor``: her sign-in asked for a code or a passkey too; ``minor``: she said that she is under 18. ``lock_minutes`` is
    how long her session may be idle, if it asks for a number then; ``locked``, that it asks for it now:
    until that is given she is nobody, and only this says that somebody may be there.
    ``case`` is that of an exclusion from the whole house: whoever has one is no
    member, and is shown it.
    ``keeps_place``: this sign-in may remember up to where she has read; ``light``, her pages are small
    ones; ``keys``, single keys move about in a page; ``words``, she is told of better words before she posts. ``hush`` are her quiet hours, in words of notices.
    ``lists`` are sealed, by slot: what the persona in use keeps about others, and
    those of hers that keep something for all her names. ``others`` are her other personas,
    by slot. ``kin_roles`` are those of her other names, and ``branch`` the branch of invitations that
    she came by, empty where the house itself invited her. ``care_until`` is the day on which her term as a carer
    of the house has ended. ``opened`` holds what was opened of the lists, so that it is done once in a
    request; it goes with the viewer.
    """

    work: Work | None = None
    account: bytes = field(default=b"", repr=False)
    slot: int = 0
    used: int = 0
    siblings: tuple[bytes, ...] = field(default=(), repr=False)
    face: Face | None = None
    others: tuple[Other, ...] = field(default=(), repr=False)
    roles: frozenset[str] = frozenset()
    kin_roles: frozenset[str] = field(default=frozenset(), repr=False)
    branch: bytes = field(default=b"", repr=False)
    care_until: int = 0
    tongue: Tongue = Tongue()
    key: bytes = field(default=b"", repr=False)
    sid: bytes = field(default=b"", repr=False)
    shift_exit: bool = True
    dark: str = ""
    notes_shown: int = 0
    notes_hidden: int = 0
    settled: bool = False
    desk: str = ""
    rest_until: int = 0
    second_factor: bool = False
    minor: bool = False
    lock_minutes: int = 0
    locked: bool = False
    keeps_place: bool = False
    light: bool = False
    keys: bool = True
    words: bool = True
    hush: str = ""
    lists: tuple[tuple[int, bytes], ...] = field(default=(), repr=False)
    reason: str = ""
    case: bytes = field(default=b"", repr=False)
    opened: dict[tuple[str, int], Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def visitor(cls, tongue: Tongue) -> Viewer:
        """Somebody without a session."""
        return cls(tongue=tongue)

    @classmethod
    def system(cls, reason: str) -> Viewer:
        """The house itself: jobs act as this, and say why."""
        return cls(reason=reason)

    @property
    def is_member(self) -> bool:
        """Whether there is a session."""
        return self.work is not None

    @property
    def discreet(self) -> bool:
        """Whether pages have the neutral look."""
        return self.tongue.discreet

    @property
    def remembers(self) -> bool:
        """Whether what she reads leaves a mark for her: never where somebody beside her would learn from it."""
        return self.keeps_place and self.face is not None and not self.tongue.discreet

    @property
    def pid(self) -> bytes:
        """The id of the slot in use; empty for a visitor."""
        return self.siblings[self.slot] if self.siblings else b""

    @property
    def speaks(self) -> bool:
        """Whether a persona stands in the slot in use."""
        return self.face is not None

    def has(self, role: str) -> bool:
        return role in self.roles

    def token(self, home_tid: bytes) -> bytes:
        """Who she is when unnamed there. Only for members."""
        if self.work is None:
            return b""
        return self.work.token(home_tid)

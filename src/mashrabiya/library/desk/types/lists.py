"""What waits, what was answered, what is gone."""

from __future__ import annotations

from msgspec import Struct

from mashrabiya.kernel import clock


class Answer(Struct, frozen=True):
    """What the desk did about it."""

    text: str
    role: int
    day: int

    @property
    def when(self) -> int:
        return self.day * clock.DAY


class Withdrawn(Struct, frozen=True):
    """Why a guide is not shown any more: in words of the desk, in each language where it said them."""

    day: int
    ar: str
    en: str

    @property
    def when(self) -> int:
        return self.day * clock.DAY

    def reason(self, lang: str) -> str:
        """In the reader's language, else in the other."""
        return (self.ar or self.en) if lang == "ar" else (self.en or self.ar)


class Task(Struct, frozen=True):
    """One line of a list at the desk. ``roles`` are keys of roles that are still wanted, ``yours`` that the reader has one of them."""

    href: str
    title: str
    lang: str
    editions: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    yours: bool = False
    when: int = 0
    said: str = ""


class Listed(Struct, frozen=True):
    """One list at the desk."""

    name: str
    tasks: list[Task]

    @property
    def key(self) -> str:
        return f"library.desk.list_{self.name}"

    @property
    def why(self) -> str:
        return f"library.desk.why_{self.name}"


class Shelved(Struct, frozen=True):
    """A source as the desk lists it: ``state`` is one of ``never broken old fine``, ``guides`` are (address, title)."""

    code: str
    title: str
    publisher: str
    address: str
    state: str
    seen: str
    broken: int
    cited_for: str
    guides: list[tuple[str, str]]

    @property
    def key(self) -> str:
        return f"library.desk.source_{self.state}"


class Warned(Struct, frozen=True):
    """What needs somebody, counted: for hosts."""

    due: int
    soon: int
    wrong: int
    sources: int
    roles: int

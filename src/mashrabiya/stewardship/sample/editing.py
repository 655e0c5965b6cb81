"""The editorial desk of a sample: who holds which role, and made-up guides in every state that a guide can be in.

No reading of a real guide is invented: what comes with the software stays a first edition in a sample too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import show_id
from mashrabiya.kernel.viewer import HOST, Viewer
from mashrabiya.library.desk import commands, queries, rules
from mashrabiya.library.desk.types import NewDuty, NewGuide, Typed, Volume
from mashrabiya.library.guides import commands as guides
from mashrabiya.library.guides.types import NewWrong, Role, Source, Topic, Wrong
from mashrabiya.platform.db import Database, Write
from mashrabiya.stewardship.sample.moving_in import days_ago
from mashrabiya.stewardship.sample.script import TEXTS, lines

_LONG_AGO, _EARLIER = 196.0, 120.0
_MONTHS, _USUAL_MONTHS = {"letter": 6}, 12
_READERS = (int(Role.COMMUNITY), int(Role.EXPERIENCE))
_SOURCE = "EXAMPLE"


@dataclass(frozen=True, slots=True)
class _Story:
    """What becomes of one made-up guide: its name in the texts, and the acts, the oldest first."""

    name: str
    days: float
    acts: tuple[str, ...]


def keeper_of(personas: Mapping[str, Viewer]) -> Viewer:
    """Whoever runs the house."""
    return next(viewer for viewer in personas.values() if viewer.has(HOST))


def edit_long_ago(database: Database, personas: Mapping[str, Viewer]) -> None:
    """What the desk did before anything else in the house: its oldest guide is due by now."""
    with days_ago(_LONG_AGO):
        _hold_roles(database, personas)
    _edit(database, personas, lambda story: story.days > _EARLIER)


def edit_earlier(database: Database, personas: Mapping[str, Viewer]) -> None:
    """What it did before carers decided on anything, as the log of acts has it."""
    _edit(database, personas, lambda story: 0 < story.days <= _EARLIER)


def edit_today(database: Database, personas: Mapping[str, Viewer]) -> None:
    """A draft is begun, the roles are given anew, and what is due says so."""
    _edit(database, personas, lambda story: not story.days)
    _hold_roles(database, personas)
    with database.write() as uow:
        commands.become_due(uow)


def _hold_roles(database: Database, personas: Mapping[str, Viewer]) -> None:
    """Roles at the desk for those of the fixed people who are there."""
    for _, key, role, days in _told("role"):
        face = personas[key].face if key in personas else None
        if face is not None:
            with database.write() as uow:
                commands.give(
                    uow, keeper_of(personas), NewDuty(face.name, int(Role[role.upper()]), int(days))
                )


def _edit(database: Database, personas: Mapping[str, Viewer], which: Callable[[_Story], bool]) -> None:
    told = [_Story(name, float(days), tuple(acts.split(", "))) for _, name, days, acts in _told("guide")]
    for story in sorted(filter(which, told), key=lambda one: -one.days):
        hand = _Hand(personas, story)
        with days_ago(story.days), database.write() as uow:
            hand.begin(uow)
        for act in story.acts:
            with days_ago(max(story.days - 1, 0)), database.write() as uow:
                hand.take(uow, *act.split())


def _told(kind: str) -> Iterator[list[str]]:
    parted = ([part.strip() for part in line.split("|")] for line in lines("desk"))
    return (parts for parts in parted if parts[0] == kind)


def words(name: str) -> str:
    """What is said at the desk, by the name of the act."""
    said = (line.partition(" | ") for line in lines("desk_words"))
    return next(text for key, _, text in said if key == name)


class _Hand:
    """Carries one guide through its acts, as those who hold the roles would."""

    def __init__(self, personas: Mapping[str, Viewer], story: _Story) -> None:
        self._personas, self._name, self._shown = personas, story.name, ""
        self._editor = keeper_of(personas)

    def begin(self, uow: Write) -> None:
        """With a title alone, as the form has it."""
        title = self._text("ar").partition("\n")[0].removeprefix("# ")
        months = _MONTHS.get(self._name, _USUAL_MONTHS)
        new = NewGuide(title, "ar", int(Topic.LIFE), 0, months, _READERS, 0)
        self._shown = show_id(commands.begin(uow, self._editor, new))

    def take(self, uow: Write, act: str, *said: str) -> None:
        """One act by its name."""
        if act == "out":
            self._write(uow, said[0], self._text(said[0]))
            self._put_out(uow, said[0], agrees=True)
        elif act == "draft":
            self._write(uow, said[0], self._text(said[0]))
        elif act == "lag":
            self._write(
                uow, said[0], self._text(said[0]).replace("\n\n## unknown", f" {words(act)}\n\n## unknown", 1)
            )
            self._put_out(uow, said[0], agrees=False)
        elif act == "read":
            self._read(uow, *said)
        elif act == "withdrawn":
            ar, en = words("withdrawn ar"), words("withdrawn en")
            commands.withdraw(uow, self._editor, self._shown, ar=ar, en=en)
        else:
            self._find_wrong(uow, act)

    def _find_wrong(self, uow: Write, act: str) -> None:
        volume = queries.get_volume(uow, self._shown)
        if act == "broken":
            commands.say_opened(uow, self._editor, _SOURCE, "gone")
        elif act == "wrong":
            new = NewWrong(int(Wrong.HARM), 2, words(act))
            guides.doubt(uow, self._editor, volume.guide.id, new, lang="ar")
        elif (reader := self._personas.get("wave")) is not None:
            place = ("en", _number(volume, "en"))
            commands.object_to(uow, reader, self._shown, place, text=words(act))

    def _read(self, uow: Write, key: str, role: str) -> None:
        """In both languages; nobody where that person is not there."""
        reader, volume = self._personas.get(key), queries.get_volume(uow, self._shown)
        if reader is not None:
            for lang in ("ar", "en"):
                place = (lang, _number(volume, lang))
                shown, number = self._print(uow, lang), int(Role[role.upper()])
                commands.read_as(uow, reader, self._shown, place, role=number, seen=shown)

    def _write(self, uow: Write, lang: str, text: str) -> None:
        if f"[{_SOURCE}]" in text:
            guides.put_source(uow, _source())
        commands.save_draft(uow, self._editor, self._shown, Typed(lang, text, self._print(uow, lang)))

    def _put_out(self, uow: Write, lang: str, *, agrees: bool) -> None:
        typed = Typed(lang, "", self._print(uow, lang))
        commands.put_out(uow, self._editor, self._shown, typed, agrees=agrees)

    def _print(self, uow: Write, lang: str) -> str:
        """What stands there, as a form knows it."""
        return rules.print_of(queries.find_edition(uow, queries.get_volume(uow, self._shown).now(lang)))

    def _text(self, lang: str) -> str:
        return (TEXTS / f"guide-{self._name}.{lang}.txt").read_text(encoding="utf-8")


def _number(volume: Volume, lang: str) -> int:
    line = volume.published(lang)
    assert line is not None, lang
    return line.n


def _source() -> Source:
    """It says of itself that it is made up, and leads nowhere."""
    return Source(
        code=_SOURCE,
        title="A page that was made up for this sample house",
        publisher="",
        year="2024",
        languages="en",
        address="https://example.invalid/bread",
        licence="",
        quote="link-only",
        mark="S",
        seen=clock.iso(clock.day()),
        supports_ar="أن طاولة صغيرة تكفي.",
        supports_en="That a small table is enough.",
        broken_day=0,
    )

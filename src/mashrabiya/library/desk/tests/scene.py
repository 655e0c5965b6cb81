"""A house with a guide in two languages, an editor, two who read for it, a translator and a host."""

from __future__ import annotations

from html import unescape

from mashrabiya.kernel.ids import new_id, show_id
from mashrabiya.library.desk import commands, queries, rules
from mashrabiya.library.desk.types import NewDuty, Volume
from mashrabiya.library.guides import commands as guides
from mashrabiya.library.guides.types import Guide, Kind, NewEdition, Role, Source, State, Topic
from mashrabiya.people import commands as people
from mashrabiya.people.types import Grant
from mashrabiya.platform.web import tokens
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import Person, TestHouse

EN = """# A made-up guide
An example for tests. You can stop at any line.

## before: Is it safe here?
If you are not sure, stop here.

## steps: Two steps
### Sit down
Breathe slowly. A report says so [SRC].
### Stand up
Walk to the door.

## unknown: What nobody can know
This guide does not know your house.

## think: Paper
- What do I need now?
"""
AR = """# دليل للتجربة
مثال للاختبارات، والتوقّف ممكن عند أي سطر.

## before: هل المكان مناسب؟
عند الشك: التوقّف هنا.

## steps: خطوتان
### الجلوس
تنفّس بطيء، كما يذكر تقرير [SRC].
### الوقوف
المشي إلى الباب.

## unknown: ما لا يعرفه أحد
لا يعرف هذا الدليل البيت.

## think: ورقة
- ما الذي يلزمني الآن؟
"""


class Scene:
    """Mona is a host. Alice edits, Bob reads as a lawyer, Rana as one of those whom it concerns, Charlie translates."""

    def __init__(
        self, house: TestHouse, *, kind: Kind = Kind.PLAIN, reviewers: str = "lawyer community"
    ) -> None:
        house.change(open=True)
        self.house = house
        self.mona, self.alice, self.bob = (house.person(name) for name in ("Mona", "Alice", "Bob"))
        self.rana, self.charlie, self.mallory = (
            house.person(name) for name in ("Rana", "Charlie", "Mallory")
        )
        self.gid = new_id()
        self.shown = show_id(self.gid)
        self.at = f"/y/d/{self.shown}"
        with house.database.write() as uow:
            people.change_grant(uow, self.mona.viewer.pid, add=Grant.HOST, keys=house.keys)
            guides.put_source(uow, source())
            guides.add_guide(uow, guide(self.gid, kind, reviewers))
            for lang, text in (("ar", AR), ("en", EN)):
                of = ("", 0) if lang == "ar" else ("ar", 1)
                new = guides.add_edition(uow, self.gid, NewEdition(lang, text, Role.SHELF, *of))
                guides.publish(uow, new)
        house.site.held.refresh()
        self.give(self.alice, Role.EDITOR)
        self.give(self.bob, Role.LAWYER)
        self.give(self.rana, Role.COMMUNITY)
        self.give(self.charlie, Role.TRANSLATOR)

    def give(self, who: Person, role: Role, days: int = 180) -> None:
        face = who.viewer.face
        assert face is not None
        with self.house.database.write() as uow:
            commands.give(uow, self.mona.viewer, NewDuty(face.name, int(role), days))

    @property
    def volume(self) -> Volume:
        with self.house.database.read() as db:
            return queries.get_volume(db, self.shown)

    def state(self) -> State:
        return self.volume.guide.now

    def text(self, who: Person, path: str) -> str:
        """What a page says to her."""
        found = who.browser.get(path)
        assert found.status == 200, (path, found.status)
        return unescape(found.text)

    def write(self, text: str, lang: str = "en", who: Person | None = None) -> Page:
        """Through the form of the whole text."""
        page = f"{self.at}/w/{lang}"
        return (who or self.alice).browser.submit(page, page, text=text)

    def read(self, who: Person, role: Role, lang: str = "en", n: int = 1) -> Page:
        """Press that she has read it as it stands, whether or not the button is there."""
        with self.house.database.read() as db:
            line = next((one for one in self.volume.lines if (one.lang, one.n) == (lang, n)), None)
            seen = rules.print_of(queries.find_edition(db, line))
        return self.post(who, f"{self.at}/{lang}/{n}", EDITION, role=str(int(role)), seen=seen)

    def put_out(self, lang: str = "en", n: int = 2, step: str = "same") -> Page:
        page = f"{self.at}/{lang}/{n}"
        return self.alice.browser.submit(page, f"{page}/o", step=step)

    def review(self) -> None:
        """Both roles have read both languages."""
        for lang in ("ar", "en"):
            out = self.volume.published(lang)
            assert out is not None
            self.read(self.bob, Role.LAWYER, lang, out.n)
            self.read(self.rana, Role.COMMUNITY, lang, out.n)

    def post(self, who: Person, path: str, route: str, **fields: str) -> Page:
        """As a form would, also where none is shown to her."""
        token = tokens.make(self.house.keys, who.viewer, route)
        return who.browser.post(path, {"_f": token, **fields})

    def rows(self, table: str) -> int:
        return int(self.house.database.connection().execute(f"SELECT count(*) FROM {table}").fetchone()[0])


EDITION = "/y/d/{guide:str}/{lang:str}/{n:str}"


def guide(gid: bytes, kind: Kind, reviewers: str) -> Guide:
    return Guide(
        id=gid,
        slug="made-up",
        topic=int(Topic.SELF),
        place=1,
        kind=int(kind),
        notes=0,
        help="",
        months=6,
        reviewers=reviewers,
        state=int(State.DRAFT),
        open=1,
        checked_day=0,
        checked_by="",
        next_day=0,
        helped=0,
    )


def source() -> Source:
    return Source(
        code="SRC",
        title="A made-up report",
        publisher="Nobody",
        year="2020",
        languages="en",
        address="https://example.org/report",
        licence="",
        quote="link-only",
        mark="S",
        seen="",
        supports_ar="لا شيء.",
        supports_en="Nothing.",
        broken_day=0,
    )

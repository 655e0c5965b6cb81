"""Acting on a thread in place, as those who care for it do: by its pages."""

from __future__ import annotations

from mashrabiya.care import queries
from mashrabiya.care.tests.factories import WORDS, Scene
from mashrabiya.care.types import Act, Decision
from mashrabiya.communities.types import PlaceTag
from mashrabiya.discussions.tables import POST
from mashrabiya.discussions.types import Placed
from mashrabiya.kernel.ids import new_id, show_id
from mashrabiya.platform.db import Statement
from mashrabiya.safety.types import Thing
from mashrabiya.testing.browser import Page

LETTERS = {Act.SHUT: "l", Act.TOP: "p", Act.SLOW: "s", Act.TAG: "t", Act.MOVE: "m"}
TEA = PlaceTag(1, "شاي", "Tea")
"""What every place of these tests offers as a tag."""
ALL = (*LETTERS, Act.CARE_NOTE)


def door(placed: Placed, act: Act) -> str:
    """The page of one act on the thread, or beside that post."""
    if act == Act.CARE_NOTE:
        return f"/t/{show_id(placed.tid)}/n/{placed.n}"
    return f"/t/{show_id(placed.tid)}/a/{LETTERS[act]}"


def typed(act: Act, **more: str) -> dict[str, str]:
    """What the form of an act asks for."""
    usual = {"words": WORDS, "minutes": "60", "days": "1", "note": "Read *this* first.", "tag_1": TEA.shown}
    others = {"minutes": Act.SLOW, "days": Act.SLOW, "tag_1": Act.TAG}
    return {name: text for name, text in usual.items() if others.get(name, act) == act} | more


def form(scene: Scene, placed: Placed, act: Act, who: str = "mona", to: str = "") -> dict[str, str]:
    """The fields of the form by which it is done, as they stand."""
    path = door(placed, act) + (f"?to={to}" if to else "")
    sheets = scene[who].browser.get(path).forms
    here = [sheet.fields for sheet in sheets if sheet.action == door(placed, act)]
    return next(fields for fields in here if "back" not in fields)


def tend(scene: Scene, placed: Placed, act: Act, who: str = "mona", to: str = "", **more: str) -> Page:
    """Do it, as somebody at that page."""
    fields = {**form(scene, placed, act, who, to), **typed(act, **more)}
    return scene[who].browser.post(door(placed, act), fields)


def back(scene: Scene, placed: Placed, act: Act, who: str = "mona") -> Page:
    """Take it back on the same page."""
    sheets = scene[who].browser.get(door(placed, act)).forms
    here = [sheet.fields for sheet in sheets if sheet.action == door(placed, act)]
    fields = next(fields for fields in here if "back" in fields)
    return scene[who].browser.post(door(placed, act), fields)


def forged(**more: str) -> dict[str, str]:
    """What somebody sends who never saw the form."""
    return {
        "words": WORDS,
        "seen": "0",
        "_s": new_id().hex(),
        "note": "Forged.",
        "minutes": "60",
        "days": "1",
    } | more


def decisions(scene: Scene, placed: Placed) -> list[Decision]:
    """What was decided on that post, newest first."""
    asked: Statement[None] = Statement(POST.select().with_only_columns(POST.c.id, POST.c.tid, POST.c.n))
    with scene.house.database.read() as db:
        rows = db.tuples(asked)
        post = next(bytes(post) for post, tid, n in rows if (bytes(tid), n) == (placed.tid, placed.n))
        return queries.on_thing(db, Thing.POST, post)

"""Whoever cares acts without her name: no page, word or copy shows it to those she acted on, nor to anybody beside them."""

from __future__ import annotations

from mashrabiya import main
from mashrabiya.care import commands, queries
from mashrabiya.care.tests.factories import WORDS, Scene
from mashrabiya.care.tests.staffed import with_role
from mashrabiya.care.types import Act, NewDecision
from mashrabiya.discussions.types import Placed
from mashrabiya.kernel.content import Note
from mashrabiya.kernel.ids import new_id
from mashrabiya.kernel.viewer import CARE
from mashrabiya.people.types import Grant
from mashrabiya.safety.types import Reason
from mashrabiya.testing.house import Person, TestHouse
from tests.addresses import filled, known

NAME = "Quillcarer"


def act_on(scene: Scene, carer: Person, placed: Placed, act: Act, reason: Reason) -> None:
    """As she does it at the house's desk: taken first, then decided."""
    scene.report("bob", placed, reason)
    with scene.house.database.read() as db:
        case = queries.queue(db, carer.viewer, queries.get_place(db, carer.viewer, b""))[0][0]
    with scene.house.database.write() as uow:
        commands.take(uow, carer.viewer, case.id)
    new = NewDecision(act=act, words=WORDS, days=3 if act == Act.PAUSE else 7, notes=int(Note.BREAK))
    with scene.house.database.write() as uow:
        commands.decide(uow, carer.viewer, case.id, new)
    scene.house.site.held.refresh()


def test_no_page_shows_a_carers_name_to_whom_she_acted_on(house: TestHouse) -> None:
    scene = Scene(house)
    carer = with_role(house.person(NAME), Grant.CARE)
    assert carer.viewer.has(CARE)
    house.change(open=True)
    acts = (Act.WORD, Act.ASK, Act.NOTE, Act.HIDE, Act.REMOVE, Act.PAUSE)
    met = [(scene.thread("alice", unnamed=unnamed), act) for act in acts for unnamed in (False, True)]
    met.append((scene.reply("mallory", scene.thread("bob").tid), Act.EXCLUDE))
    for placed, act in met:
        act_on(scene, carer, placed, act, Reason.HATE)
    carer.browser.submit("/care/m", "/care/m", words="Hard today.", _s=new_id().hex())
    there, seen = known(house.database), 0
    for route in (route for route in main.ROUTES if route.method == "GET"):
        for path in filled(route.path, there):
            for who in ("alice", "mallory", "bob"):
                answer = scene[who].browser.get(path)
                seen += answer.status == 200
                assert NAME.encode() not in answer.body, f"{path} tells {who}"
    assert seen > 60

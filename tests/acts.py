"""What is done in places and by herself alone, door by door: for the test that no row of an account moves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mashrabiya.communities.entering.forms import slip
from mashrabiya.communities.tests.test_pages import SAID
from mashrabiya.communities.types import PlaceTag
from mashrabiya.library.desk import commands as desk
from mashrabiya.library.desk.tests.scene import EN
from mashrabiya.library.desk.types import NewDuty
from mashrabiya.library.guides.types import Role
from mashrabiya.platform.worker import Worker
from tests.doors import HERE, Act, shaping
from tests.furnished import Furnished


def in_places(furnished: Furnished, cid: str) -> Iterator[Act]:
    """What becomes of places."""
    yield Act("/c", fields={"q": "kitchen"})
    yield Act("/y/w", fields={"q": "Egypt"})
    yield Act("/y/w/{country:str}/m", page=HERE, fields={"text": "That law is gone."})
    yield Act("/y/v", fields={"q": "kitchen"})
    yield Act("/q", fields={"q": "kitchen"})
    yield Act("/c/new", page="/c/new", fields=SAID | {"name": "Of mint"})
    yield Act("/c/{cid:str}/edit", "mona", f"/c/{cid}/edit", {"about": "Another."})
    yield Act("/c/{cid:str}/protect", "mona", f"/c/{cid}/protect", {"hours": "6"})
    yield Act("/c/{cid:str}/protect", "mona", f"/c/{cid}/protect", {"hours": "0"})
    yield from rules_of(cid)
    yield from amending(cid)
    yield from shaped(furnished, cid)
    yield Act("/c/{cid:str}/in", "charlie")


def shaped(furnished: Furnished, cid: str) -> list[Act]:
    """What Mona makes of the place that she runs."""
    mona, bob = furnished.people["mona"], furnished.people["bob"].viewer.face
    return shaping(cid, bob.name if bob else "", {"name": mona.name, "pass": mona.passphrase})


def rules_of(cid: str) -> Iterator[Act]:
    """What the automatic rules of a place are."""
    rule = {"kind": "words", "act": "nudge", "text": "rutabaga"}
    yield Act("/c/{cid:str}/r/new", "mona", f"/c/{cid}/r/new", rule)
    yield Act("/c/{cid:str}/r/{precept:str}", "mona", HERE, rule | {"act": "refuse"})
    yield Act("/c/{cid:str}/r/{precept:str}/on", "mona", fields={"on": "0"})
    yield Act("/c/{cid:str}/r/{precept:str}/d", "mona")


def amending(cid: str) -> Iterator[Act]:
    """A wording that a member proposes for what is agreed, and that Mona agrees to."""
    fields = {"which": "add", "title": "Nobody is asked where they live.", "body": "It was asked."}
    yield Act("/c/{cid:str}/p/new", "bob", f"/c/{cid}/p/new", fields)
    yield Act("/c/{cid:str}/p/{tid:str}", "mona", f"/c/{cid}/p", {"act": "agree"})


def in_place(tid: str) -> Iterator[Act]:
    """What those who care for a place do with a whole thread."""
    slowly = {"minutes": "10", "days": "1", "words": "Some calm."}
    yield Act(f"/t/{tid}/a/s", "mona", f"/t/{tid}/a/s", slowly)
    yield Act(f"/t/{tid}/n/1", "mona", f"/t/{tid}/n/1", {"note": "Read this first.", "words": "It helps."})


def at_the_desk(furnished: Furnished) -> Iterator[Act]:
    """What is done with guides: Alice edits, Mona reads for the house."""
    with furnished.house.database.write() as uow:
        for who, role in (("alice", Role.EDITOR), ("mona", Role.PSYCHOLOGIST)):
            face = furnished.people[who].viewer.face
            desk.give(uow, furnished.people["host"].viewer, NewDuty(face.name if face else "", int(role), 90))
    guide, text = furnished.known().others["guide"][0], EN.replace(" [SRC]", "")
    yield Act("/y/d/{guide:str}/{lang:str}/{n:str}", "mona", HERE, {"role": str(int(Role.PSYCHOLOGIST))})
    yield Act("/y/d/{guide:str}/{lang:str}/{n:str}/m", "mona", fields={"objection": "Look again."})
    yield Act("/y/d/m/{wrong:str}", "alice", HERE, {"answer": "Looked again."})
    yield Act("/y/d/{guide:str}/w/{lang:str}", "alice", HERE, {"text": text})
    yield Act(f"/y/d/{guide}/en/2/o", "alice", f"/y/d/{guide}/en/2", {"step": "ahead"})
    yield Act("/y/d/{guide:str}/x/{lang:str}", "alice", HERE, {"block_0": "# Another title"})
    yield Act("/y/d/{guide:str}", "alice", fields={"lang": "en", "wish": "drop"})
    yield Act("/y/d/{guide:str}/z", "alice", fields={"reason_en": "A law changed."})
    yield Act("/y/d/s", "alice", "/y/d/s", {"says": "yes"})
    begun = {"title": "Made up", "lang": "en", "topic": "2", "tick_reader_2": "1", "tick_reader_3": "1"}
    yield Act("/y/d/new", "alice", "/y/d/new", begun)
    yield Act("/y/d/r", "alice", "/y/d")


def in_library() -> Iterator[Act]:
    """What readers say of a guide."""
    yield Act("/y/{guide:str}/k", "bob", fields={"helped": "1"})
    yield Act("/y/{guide:str}/x", "bob", HERE, {"what": "1", "text": "The year is another one."})


def found_again(thread: str) -> Iterator[Act]:
    """What somebody means to come back to."""
    yield Act(f"{thread}/k/1", "bob", f"{thread}/k/1", {"remark": "Again."})
    yield Act("/me/kept", "bob", f"{thread}/k/1")
    yield Act(thread, "bob", thread, {"body": "Not yet.", "keep_draft": "1"})
    yield Act("/me/drafts", "bob", "/me/drafts")
    yield Act(f"{thread}/f", "bob", thread, {"on": "1"})
    yield Act(f"{thread}/f", "bob", thread)
    tag = PlaceTag(2, "", "Cooking").path
    yield Act(f"{tag}/f", "bob", tag, {"on": "1"})
    yield Act(f"{tag}/x", "bob", fields={"tid": thread.removeprefix("/t/")})
    yield Act(f"{tag}/f", "bob", tag)


def turned(there: str) -> Iterator[Act]:
    """A reply of Bob's in another language: asked for, written, compared, and his word on it."""
    yield Act(f"{there}/5", "mallory", fields={"into": "ar"})
    yield Act(f"{there}/5/w", page=f"{there}/5/w", fields={"body": "الظل."})
    yield Act(f"{there}/-320/k", "mona", fields={"checked": "1"})
    yield Act(f"{there}/5/o", "bob", f"{there}/5", {"alone": "1"})


def at_its_time(cid: str) -> Iterator[Act]:
    """Somebody plans a thread, and withdraws it."""
    begin = f"/c/{cid}/t"
    said = {"title": "Later", "body": "Words.", "later_in": "5", "later_of": "5", "later": "1"}
    yield Act("/c/{cid:str}/t", "bob", begin, said)
    yield Act("/me/later", "bob", HERE)


def told_of(furnished: Furnished, tid: str) -> Iterator[Act]:
    """What somebody is told of, reads, and wants no more."""
    Worker(furnished.house.database, furnished.house.keys).drain()
    yield Act("/b", page="/b", fields={"which": "all"})
    yield Act("/b/s", page="/b/s", fields={"tick_polls": ""})
    yield Act("/b/m", "bob", fields={"tid": tid, "on": "1"})
    yield Act("/b/p", fields={"endpoint": "https://web.push.apple.com/Qx"})


def of_services(path: str) -> Iterator[Act]:
    """Somebody says what she found at a service and that something is wrong; a carer looks again."""
    yield Act("/y/s", fields={"pick_country": "EG"})
    yield Act("/h", fields={"pick_country": "EG"})
    yield Act("/y/s/{service:str}/e", "bob", path, {"pick_respect": "4"})
    yield Act("/y/s/{service:str}/w", "bob", f"{path}/w", {"pick_what": "silent"})
    yield Act("/y/s/{service:str}/c", "carer", f"{path}/c", {"pick_method": "call"})
    yield Act("/y/s/{service:str}/q", "carer", fields={})


def standing_for(pub: str, cid: str) -> Iterator[Act]:
    """Somebody whom the house trusts invites, and vouches for a name."""
    yield Act(f"/c/{cid}/in", "carer")
    yield Act("/me/i", "carer", HERE)
    yield Act("/me/i/end", "carer", "/me/i")
    yield Act(f"/p/{pub}/v", "carer", f"/p/{pub}/v", {"act": "vouch"})
    yield Act("/me/v/end", "carer", "/me/v")
    yield Act("/care/v", "carer", HERE)


def ways_in(furnished: Furnished, cid: str) -> Iterator[Act]:
    """Somebody asks, is vouched for and declined, and comes by a link."""
    here, ways = f"/c/{cid}", {"entry": "3", "question_1": "Why?"}
    yield Act("/c/{cid:str}/edit/entry", "mona", f"{here}/edit/entry", ways)
    yield Act("/c/{cid:str}/ask", "host", f"{here}/ask", {"answer_1": "So."})
    yield Act("/c/{cid:str}/ask/back", "host", here)
    yield Act("/c/{cid:str}/ask", "host", f"{here}/ask", {"answer_1": "So it is."})
    yield Act("/c/{cid:str}/asked/{asking:str}/v", "carer", f"{here}/asked", {"act": "yes"})
    yield Act("/c/{cid:str}/asked/{asking:str}", "mona", f"{here}/asked", {"act": "no", "said": "Later."})
    yield Act("/c/{cid:str}/i", "mona", f"{here}/i")
    (code,) = re.findall(r"i&#x2f;([0-9a-z]{16})<", furnished.people["mona"].browser.get(f"{here}/i").text)
    yield Act("/i", "host", fields={"invitation": slip(furnished.house.keys, code)})
    yield Act("/c/{cid:str}/i", "mona", f"{here}/i")
    yield Act("/c/{cid:str}/i/end", "mona", f"{here}/i")
    yield Act("/c/{cid:str}/edit/entry", "mona", f"{here}/edit/entry", {"entry": "0"})


def by_herself(again: dict[str, str], code: str) -> Iterator[Act]:
    """What is hers alone, and how she looks to others; ``again`` opens what asks who she is."""
    note = "/me/notes/0"
    yield Act("/me/notes", fields={"text": "Words."})
    yield Act("/me/notes/{number:str}", page=f"{note}/edit", fields={"text": "Other words."})
    yield Act("/me/notes/{number:str}/delete", page=f"{note}/delete")
    yield Act("/me/try", fields={"name": "Rana"})
    yield Act("/me/try/persona", fields={"name": "Rana"})
    yield Act("/me/p/new", page="/me/p/new", fields={"name": "Rana"})
    yield Act("/me/p/switch", fields={"slot": "0"})
    shown_so = {"about": "Words.", "seen": "nobody", "replies": "none"}
    yield Act("/me/p/edit", page="/me/p/edit", fields=shown_so)
    yield Act("/me/p/name", page="/me/p/edit", fields={"name": "Shams"})
    yield Act("/me/p/tile", page="/me/p/edit")
    yield Act("/me/lock", fields={**again, "pin": "4711", "new_pin": "4711", "code": code})
    yield Act("/me/lock/now")
    yield Act("/u", fields={"pin": "4711"})
    yield Act("/me/lock/off", fields=again)
    yield Act("/me/copy", page="/me/copy", fields={"of": "1"})
    yield Act("/me/copy/file", fields=again)
    yield Act("/me/copy/no")
    yield Act("/me/fading/{tid:str}")
    yield Act("/me/in/others")
    yield Act("/me/p/delete", page="/me/p/delete", fields=again)
    yield Act("/v", fields={"on": "1"})
    yield Act("/join/to", fields={"code": "0" * 16})


def lived(furnished: Furnished, story: str) -> Iterator[Act]:
    """Somebody tells what she lived, changes it, and takes it back; others say something of it."""
    said = {"kind": "3", "was": "It was late."}
    (guide,) = furnished.known().others["guide"]
    yield Act("/y/e", fields={"kind": "3"})
    yield Act(f"{story}/q", "host", f"{story}/q", {"passage": "It was so.", "guide": guide})
    yield Act("/y/e/{story:str}/q/{quote:str}", fields={"wish": "1"})
    yield Act("/y/e/new", page="/y/e/new", fields=said)
    yield Act(f"{story}/h", "bob", fields={"same": "1"})
    yield Act(f"{story}/p", "host")
    yield Act(f"{story}/e", page=f"{story}/e", fields=said)
    yield Act(f"{story}/l", page=story, fields={"tick_2": ""})
    report = story.replace("/y/e/", "/r/e/")
    yield Act(report, "mallory", report, {"reason": "2"})
    yield Act(f"{story}/d", page=f"{story}/d")

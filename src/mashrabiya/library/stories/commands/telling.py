"""Telling, changing, agreeing, taking back, marking; and what a care team does. One function per intention."""

from __future__ import annotations

from collections.abc import Iterable
from unicodedata import normalize

from msgspec import structs
from sqlalchemy import Integer, LargeBinary, bindparam, delete, update

from mashrabiya.communities.commands import hold_back_new
from mashrabiya.kernel.content import ALL_NOTES
from mashrabiya.kernel.errors import Invalid
from mashrabiya.kernel.ids import new_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.library.stories import queries, rules
from mashrabiya.library.stories.commands.choosing import leave_place
from mashrabiya.library.stories.commands.quoting import drop_quotes, drop_stale
from mashrabiya.library.stories.events import StoryChanged
from mashrabiya.library.stories.tables import STORY, STORY_MARK
from mashrabiya.library.stories.types import PARTS, Layer, Mark, Placed, Row, State, Told
from mashrabiya.platform import submissions
from mashrabiya.platform.db import Statement, Write
from mashrabiya.platform.languages import LANGUAGES
from mashrabiya.platform.markdown.text import harmless
from mashrabiya.safety import commands as safety
from mashrabiya.safety.matching.watch import UNWATCHED, Heed, Watch
from mashrabiya.safety.trust import rules as trust
from mashrabiya.safety.trust.types import FREE, Allowance
from mashrabiya.safety.types import Thing

_FIRST = next(iter(LANGUAGES))
NOWHERE = b""
"""It stands in no community: the house's own rules hold, and its care team decides."""

_SAID = ("about", "lang", "notes", "question", *PARTS, "picked")
_WHICH = STORY.c.id == bindparam("which", type_=LargeBinary)
_SAY: Statement[None] = Statement(
    update(STORY).where(_WHICH).values(**{name: bindparam(f"new_{name}") for name in _SAID})
)
_AGREE: Statement[None] = Statement(
    update(STORY)
    .where(_WHICH)
    .values(may=bindparam("layers", type_=Integer), picked=bindparam("place", type_=Integer))
)
_STAND: Statement[None] = Statement(
    update(STORY).where(_WHICH).values(state=bindparam("became", type_=Integer))
)
_NOTE: Statement[None] = Statement(
    update(STORY)
    .where(_WHICH)
    .values(notes=bindparam("all_notes", type_=Integer), noted=bindparam("of_care", type_=Integer))
)
_DROP: Statement[None] = Statement(delete(STORY).where(_WHICH))
_UNMARK_ALL: Statement[None] = Statement(
    delete(STORY_MARK).where(STORY_MARK.c.story == bindparam("which", type_=LargeBinary))
)
_UNMARK: Statement[None] = Statement(
    delete(STORY_MARK).where(
        STORY_MARK.c.story == bindparam("which", type_=LargeBinary),
        STORY_MARK.c.kind == bindparam("as_what", type_=Integer),
        STORY_MARK.c.mnull == bindparam("mine", type_=LargeBinary),
    )
)
_STEP = bindparam("step", type_=Integer)
_COUNT: dict[Mark, Statement[None]] = {
    kind: Statement(update(STORY).where(_WHICH).values({kind.code: STORY.c[kind.code] + _STEP}))
    for kind in Mark
}


def tell(
    uow: Write, viewer: Viewer, told: Told, *, allowed: Allowance = FREE, watch: Watch = UNWATCHED
) -> Placed:
    """Tell an experience, once. Sent twice, it is told once."""
    rules.may_tell(viewer, unnamed=told.unnamed).or_raise()
    story = new_id()
    made = submissions.claim(uow, told.submission, story, *_typed(told))
    if made is not None:
        return Placed(made)
    hold_back_new(uow, viewer, protected=allowed.protected, helps=False, named=not told.unnamed)
    trust.may_begin(allowed).or_raise()
    ready, heed = _ready(told, watch)
    uow.insert(
        STORY,
        id=story,
        pid=None if told.unnamed else viewer.pid,
        tok=viewer.token(story) if told.unnamed else None,
        state=int(State.SHOWN),
        may=rules.layers_of(told.may, told.guide),
        about=ready.about,
        lang=ready.lang,
        guide=told.guide,
        step=told.step if told.guide is not None else 0,
        country=told.country,
        notes=ready.notes,
        noted=0,
        same=0,
        helped=0,
        picked=0,
        day=queries.this_month(),
        question=ready.question,
        was=ready.was,
        done=ready.done,
        came=ready.came,
    )
    uow.record(StoryChanged(story))
    allowed.wrote("first_thread", NOWHERE, "\n".join(_typed(ready)))
    return Placed(story, _follow(uow, story, heed))


def say_anew(uow: Write, viewer: Viewer, story: bytes, told: Told, *, watch: Watch = UNWATCHED) -> Placed:
    """Change the words of one's own. How they stood before is not kept. What it stands with stays.

    Other words were chosen by nobody: they leave their place beside a step.
    """
    before = queries.get_own(uow, viewer, story)
    rules.may_change(viewer, before).or_raise()
    ready, heed = _ready(structs.replace(told, unnamed=not before.is_named), watch)
    ready = structs.replace(ready, notes=ready.notes | before.noted)
    said = {name: getattr(ready, name) for name in _SAID if name != "picked"}
    said["picked"] = before.picked if rules.is_same(before, ready) else 0
    uow.run(_SAY, which=story, **{f"new_{name}": value for name, value in said.items()})
    uow.record(StoryChanged(story))
    drop_stale(uow, story)
    if before.is_held and heed.keep is None:
        watch.let_go(uow, story)
    return Placed(story, _follow(uow, story, heed) or before.is_held)


def agree(uow: Write, viewer: Viewer, story: bytes, layers: int) -> Row:
    """What its teller agrees to from now on, each layer by itself; it holds at once."""
    before = queries.get_own(uow, viewer, story)
    rules.may_take_back(viewer, before).or_raise()
    may = rules.layers_of(layers, before.guide)
    stays = may & Layer.BESIDE and may & (Layer.MEMBERS | Layer.EVERYBODY)
    uow.run(_AGREE, which=story, layers=may, place=before.picked if stays else 0)
    if not may & Layer.QUOTED:
        drop_quotes(uow, story)
    return before


def take_back(uow: Write, viewer: Viewer, story: bytes) -> None:
    """Let one's own go, with every mark on it: at once, and no copy is kept. Twice is once.

    What is not hers is nothing to take back, like what is not there: so neither tells that it is.
    """
    before = queries.find_judged(uow, story)
    if before is not None and rules.may_take_back(viewer, before).allowed:
        drop(uow, story)


def take_back_all(uow: Write, viewer: Viewer, stories: Iterable[bytes]) -> None:
    """The same of several at once, by whichever of her names they were told: for somebody who comes back to none of them."""
    for story in stories:
        found = queries.find_judged(uow, story)
        if found is not None and rules.is_hers(viewer, found):
            drop(uow, story)


def mark(uow: Write, viewer: Viewer, story: bytes, kind: Mark, *, wish: bool) -> None:
    """Say "same here", or that it helped, or take that back: one of each a person, under all her names."""
    found = queries.get_story(uow, viewer, story)
    rules.may_mark(viewer, found).or_raise()
    assert viewer.work is not None
    mine = queries.mark_of(viewer.work, story, kind)
    if wish:
        step = int(uow.insert_once(STORY_MARK, story=story, kind=int(kind), mnull=mine))
    else:
        step = -uow.run(_UNMARK, which=story, as_what=int(kind), mine=mine)
    if step:
        uow.run(_COUNT[kind], which=story, step=step)


def drop(uow: Write, story: bytes) -> None:
    """It is gone, with its marks. For the house itself: no viewer is asked."""
    uow.run(_UNMARK_ALL, which=story)
    drop_quotes(uow, story)
    uow.run(_DROP, which=story)
    uow.record(StoryChanged(story))


def forget_persona(uow: Write, pid: bytes) -> None:
    """What a persona told by name goes with it: nobody could take it back any more. Safe to repeat."""
    while found := queries.of_persona(uow, pid):
        for story in found:
            drop(uow, story)


def take_back_unnamed(uow: Write, story: bytes) -> None:
    """An unnamed one of somebody who has left goes as if its teller had taken it back. Safe to repeat."""
    found = queries.find_judged(uow, story)
    if found is not None and not found.is_named:
        drop(uow, story)


def let_old_go(uow: Write) -> int:
    """Remove some that were kept as long as may be; answers how many."""
    found = queries.too_old(uow)
    for story in found:
        drop(uow, story)
    return len(found)


def hold(uow: Write, story: bytes) -> bool:
    """Keep it back until it is decided on; False when there is nothing to keep."""
    return _withhold(uow, story, State.HELD)


def hide(uow: Write, story: bytes) -> bool:
    """Show it to its teller alone while it is looked at; False when there is nothing to hide."""
    return _withhold(uow, story, State.HIDDEN)


def remove(uow: Write, story: bytes) -> bool:
    """Take it away; its teller still reads it. False when there is nothing to take."""
    return _withhold(uow, story, State.REMOVED)


def restore(uow: Write, story: bytes) -> bool:
    """Show it again to those who could read it; False when it is gone. Beside a step it is chosen anew."""
    found = queries.find_judged(uow, story)
    if found is None or not found.is_withheld:
        return False
    uow.run(_STAND, which=story, became=int(State.SHOWN))
    return True


def note(uow: Write, story: bytes, notes: int) -> int:
    """Set content notes on it, which its teller's changes leave; answers those that it did not carry yet."""
    found = queries.find_judged(uow, story)
    added = int(notes & ALL_NOTES & ~found.notes) if found is not None and not found.is_withheld else 0
    if found is not None and added:
        uow.run(_NOTE, which=story, all_notes=found.notes | added, of_care=found.noted | added)
    return added


def unnote(uow: Write, story: bytes, notes: int) -> None:
    """Take these content notes away again; its teller's own stay."""
    found = queries.find_judged(uow, story)
    if found is not None:
        gone = notes & found.noted
        uow.run(_NOTE, which=story, all_notes=found.notes & ~gone, of_care=found.noted & ~gone)


def leave_notes(uow: Write, story: bytes, notes: int) -> int:
    """These content notes stay, and are its teller's own from now on."""
    found = queries.find_judged(uow, story)
    if found is None or not found.noted & notes:
        return 0
    return uow.run(_NOTE, which=story, all_notes=found.notes, of_care=found.noted & ~notes)


def _withhold(uow: Write, story: bytes, state: State) -> bool:
    found = queries.find_judged(uow, story)
    if found is None or found.state == state:
        return False
    uow.run(_STAND, which=story, became=int(state))
    # A place that nobody sees filled would stay taken: who chooses does not find it any more.
    leave_place(uow, story)
    return True


def _ready(told: Told, watch: Watch) -> tuple[Told, Heed]:
    """As it is kept, and what the house's rules make of it; Invalid with all that is wrong."""
    said = {name: _tidy(getattr(told, name)) for name in PARTS}
    ready = structs.replace(told, question=" ".join(_tidy(told.question).split()), **said)
    wrong = rules.wrong(ready)
    if wrong:
        raise Invalid(wrong)
    heed = watch.hold(NOWHERE, _typed(ready))
    lang = told.lang if told.lang in LANGUAGES else rules.language_of("".join(_typed(ready)), _FIRST)
    return structs.replace(ready, lang=lang, notes=int((ready.notes | heed.notes) & ALL_NOTES)), heed


def _follow(uow: Write, story: bytes, heed: Heed) -> bool:
    """Let carers know softly, or keep it back, as rules say; answers whether it is kept back."""
    for reason in (heed.call, heed.match):
        if reason is not None:
            safety.call(uow, None, story, reason, kind=Thing.STORY)
    if heed.keep is None:
        return False
    heed.keep(uow, NOWHERE, story)
    return True


def _typed(told: Told) -> tuple[str, ...]:
    return (told.question, told.was, told.done, told.came)


def _tidy(typed: str) -> str:
    """Composed, without what is unseen or turns its neighbours."""
    return harmless(normalize("NFC", typed.replace("\r\n", "\n"))).strip()

"""Filling a house: people move in, found their communities, and write."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from mashrabiya.communities.types import Audience
from mashrabiya.discussions.types import Answers
from mashrabiya.kernel.viewer import HOST, Viewer
from mashrabiya.platform import house
from mashrabiya.platform.db import Database
from mashrabiya.platform.hosting import HostingTrouble, SampleSize, Tell
from mashrabiya.platform.terminal import spoken
from mashrabiya.platform.web.site import Site
from mashrabiya.stewardship.queries import default_agreements
from mashrabiya.stewardship.sample.drawing import hang
from mashrabiya.stewardship.sample.editing import edit_earlier, edit_long_ago, edit_today
from mashrabiya.stewardship.sample.entering import ask_in
from mashrabiya.stewardship.sample.lengths import FRESH
from mashrabiya.stewardship.sample.letting import let_read, reword
from mashrabiya.stewardship.sample.living import greet, keep_drafts, keep_notes, read_and_follow
from mashrabiya.stewardship.sample.moving_in import Dweller, move_in
from mashrabiya.stewardship.sample.noticing import Noticing
from mashrabiya.stewardship.sample.ordering import SPLITS, order_threads
from mashrabiya.stewardship.sample.people import people
from mashrabiya.stewardship.sample.places import places
from mashrabiya.stewardship.sample.polling import ask_some, polled_titles
from mashrabiya.stewardship.sample.ruling import held_places, hold_some, keep_precepts
from mashrabiya.stewardship.sample.script import Place, lines
from mashrabiya.stewardship.sample.serving import enter_services
from mashrabiya.stewardship.sample.settling import settle
from mashrabiya.stewardship.sample.shaping import shape
from mashrabiya.stewardship.sample.sharing import share
from mashrabiya.stewardship.sample.standing import stand_for_others
from mashrabiya.stewardship.sample.storming import crowd_of, storms, write_alike
from mashrabiya.stewardship.sample.tagging import follow_some
from mashrabiya.stewardship.sample.telling import tell as tell_threads
from mashrabiya.stewardship.sample.tending import (
    Decide,
    Told,
    agree,
    dispute,
    propose,
    talk,
    talk_among,
    tend,
    tended,
    unlist,
    untouched,
)
from mashrabiya.stewardship.sample.translating import translate_some, turned_titles
from mashrabiya.stewardship.sample.types import Case, Drawn, Post, Thread
from mashrabiya.stewardship.sample.writing import Writer, Written, found
from mashrabiya.stewardship.types import ORDER

SETTINGS = {
    "sample": True,
    "entry": "open",
    "argon_memory": 8192,
    "argon_time": 1,
    "open": True,
    "steps_done": tuple(step.value for step in ORDER),
}
_RECALLED = 8
_THREADS_A_PLACE = 3
FEWEST_MEMBERS, FEWEST_COMMUNITIES, FEWEST_THREADS = 7, 6, 8


def silent(_what: str, _done: int, _of: int) -> None:
    """Nobody waits for it."""


@dataclass(slots=True)
class Sample:
    """What stands now, for whoever needs a way in."""

    dwellers: list[Dweller]
    communities: dict[str, tuple[Place, bytes]]
    members: dict[str, list[str]]
    threads: dict[str, bytes] = field(default_factory=dict)
    # The last thread of each community that has nothing special about it.
    last: dict[str, bytes] = field(default_factory=dict)
    # Threads with a poll, by their title: where, and who belongs there.
    asked: dict[str, tuple[bytes, list[str]]] = field(default_factory=dict)
    turned: dict[str, tuple[bytes, list[str]]] = field(default_factory=dict)
    told: list[tuple[Told, Post]] = field(default_factory=list)
    hung: list[tuple[bytes, tuple[Drawn, ...]]] = field(default_factory=list)

    @property
    def personas(self) -> dict[str, Viewer]:
        """Each persona by its key in the texts."""
        return {key: viewer for dweller in self.dwellers for key, viewer in dweller.personas.items()}


def inhabit(
    site: Site, size: SampleSize | None = None, tell: Tell = silent, decide: Decide | None = None
) -> Sample:
    """Turn an empty house into a sample of this size. Where they can decide, its carers have."""
    size = size or SampleSize()
    check(size)
    _settings(site)
    everybody = people(size.members, size.seed)
    towns = places(size.communities)
    members = settle(towns, everybody, size.seed)
    sample = Sample(move_in(site, everybody, tell), {}, members)
    edit_long_ago(site.database, sample.personas)
    for number, place in enumerate(towns, 1):
        cid = found(site.database, place, members[place.key], sample.personas)
        sample.communities[place.key] = (place, cid)
        if decide is not None and place.second:
            agree(site, decide, place, cid, personas=sample.personas)
        tell("communities", number, len(towns))
    edit_earlier(site.database, sample.personas)
    later = 0 if decide is None else _written_later(sample, size)
    first, begun = size.posts - later, size.threads - (0 if decide is None else _split_later(size))
    told = tell_threads(towns, members, everybody, threads=begun, posts=first, seed=size.seed)
    _write(site.database, sample, told if decide is None else map(untouched, told), tell, of=first)
    hang(site.database, sample.hung)
    ask_some(site.database, sample.asked, sample.personas)
    translate_some(site.database, sample.turned, sample.personas)
    keep_notes(site.database, sample.personas)
    read_and_follow(site.database, sample.last, members, sample.personas)
    follow_some(site.database, sample.personas)
    keep_precepts(site, sample.communities, members, sample.personas)
    stand_for_others(site, sample.personas)
    if decide is not None:
        _care(site, decide, sample, later=later)
    shape(site, sample.communities, members, sample.personas)
    ask_in(site, sample.communities, members, sample.personas)
    _shelve(site, sample)
    cids = {key: cid for key, (_, cid) in sample.communities.items()}
    keep_drafts(site.database, sample.personas, cids, members, key=site.keys.of("field"))
    return sample


def _shelve(site: Site, sample: Sample) -> None:
    """What the library holds beside what comes with the software. Much of it is today's, and so after what was done before."""
    database, personas = site.database, sample.personas
    edit_today(database, personas)
    share(database, sample.dwellers, personas)
    enter_services(database, sample.dwellers, personas)
    let_read(database, personas)
    reword(database, personas)
    site.held.refresh()


def _split_later(size: SampleSize) -> int:
    """How many threads come by splitting others: one in each language, none in a sample too small for it."""
    return len(SPLITS) if size.threads >= _THREADS_A_PLACE * size.communities else 0


def _written_later(sample: Sample, size: SampleSize) -> int:
    """How many posts come once rules and carers are there: waves, and what is held. None in a sample too small for every place to have a usual thread."""
    if size.threads < _THREADS_A_PLACE * size.communities:
        return 0
    crowds = [_crowd(sample, one.place) for one in storms() if one.place in sample.communities]
    held = [one for one in held_places() if one in sample.communities]
    many = len(held) + sum(len(crowd_of(crowd)) for crowd in crowds)
    return many if many <= size.posts - size.threads - 2 * FRESH else 0


def _crowd(sample: Sample, place: str) -> list[Viewer]:
    return [sample.personas[key] for key in sample.members[place][1:]]


def _care(site: Site, decide: Decide, sample: Sample, *, later: int) -> None:
    """Everything that carers do, the oldest first, as the log of acts has it; ``later``: what is written then."""
    told = sorted(sample.told, key=lambda one: -tended(one[1]))
    for one, post in told:
        place = sample.communities[one.place][0]
        tend(
            site, decide, one, post, place=place, readers=sample.members[one.place], personas=sample.personas
        )
    for one, post in told:
        dispute(site, decide, one, post, decided=sample.members[one.place][0], personas=sample.personas)
    _unlist(site, decide, sample)
    talk(site, decide, lines("room"), personas=sample.personas)
    for words in lines("role"):
        propose(site, decide, words, personas=sample.personas)
    talk_among(site, decide, told, sample.personas)
    if later:
        _storm(site, decide, sample)
        hold_some(site, sample.last, sample.members, sample.personas)
    order_threads(
        site, decide, sample.last, sample.communities, members=sample.members, personas=sample.personas
    )
    _recall(site, decide, sample)


def _unlist(site: Site, decide: Decide, sample: Sample) -> None:
    """What was reported and is out of the lists, where the sample is large enough to have it."""
    for line in lines("unlisted"):
        key, words = (part.strip() for part in line.split("|"))
        if key in sample.communities:
            told = Told(b"", key, sample.communities[key][1], Case("", "", "unlist", words))
            unlist(site, decide, told, readers=sample.members[key], personas=sample.personas)


def _storm(site: Site, decide: Decide, sample: Sample) -> None:
    """Where enough people are, a wave that was hidden together and one that waits."""
    for one in storms():
        tid, (place, cid) = sample.last.get(one.place), sample.communities.get(one.place, (None, b""))
        if tid is None or place is None:
            continue
        host, crowd = sample.members[one.place][0], _crowd(sample, one.place)
        if write_alike(site.database, tid, one.body, crowd) and one.was_hidden:
            case = Case("", "", "wave", f"{one.sign}\n\n{one.words}")
            with site.database.write() as uow:
                decide(uow, sample.personas[host], site.keys, Told(b"", one.place, cid, case))


def _recall(site: Site, decide: Decide, sample: Sample) -> None:
    """Sums of a year of the house, and of some weeks of its oldest communities."""
    keeper = next(viewer for viewer in sample.personas.values() if viewer.has(HOST))
    steps = [Told(b"", "", b"", Case("", "", "sums", ""))]
    for number, (key, (_, cid)) in enumerate(list(sample.communities.items())[:_RECALLED]):
        steps.append(Told(b"", key, cid, Case("", "", "sums", str(number))))
    for step in steps:
        viewer = sample.personas[sample.members[step.place][0]] if step.place else keeper
        with site.database.write() as uow:
            decide(uow, viewer, site.keys, step)


def _write(database: Database, sample: Sample, told: Iterator[Thread], tell: Tell, *, of: int) -> None:
    done, personas, noticing = 0, sample.personas, Noticing()
    for written in Writer(database, sample.communities, personas).write(told):
        greet(database, written, personas)
        done += len(written.posts)
        _remember(sample, written)
        noticing.see(written)
        tell("posts", done, of)
    noticing.record(database)


def check(size: SampleSize) -> None:
    """Say what a house must hold at the least, to have one of everything."""
    wrong = [
        spoken("terminal.sample_least", what=what, number=number, least=least)
        for what, number, least in (
            ("members", size.members, FEWEST_MEMBERS),
            ("communities", size.communities, FEWEST_COMMUNITIES),
            ("threads", size.threads, FEWEST_THREADS),
            ("posts", size.posts, size.threads + 2 * FRESH),
        )
        if number < least
    ]
    if wrong:
        raise HostingTrouble("terminal.sample_small", least=" · ".join(wrong))


def _settings(site: Site) -> None:
    agreements = {language: default_agreements(language) for language in site.house.languages}
    with site.database.write() as uow:
        house.save(uow, **SETTINGS, agreements=agreements)
    site.held.refresh()


def _remember(sample: Sample, written: Written) -> None:
    """Keep the way to the threads that are asked for, and to what carers should look at."""
    place, cid = sample.communities[written.thread.place]
    if not written.thread.mark and written.thread.answers == Answers.EVERYONE:
        sample.last[written.thread.place] = written.tid
    if written.thread.title in polled_titles():
        sample.asked[written.thread.title] = written.tid, sample.members[written.thread.place]
    if written.thread.title in turned_titles():
        sample.turned[written.thread.title] = written.tid, sample.members[written.thread.place]
    named = {Audience.PUBLIC: "public", Audience.HIDDEN: "hidden"}.get(Audience(place.audience), "")
    for name in (written.thread.mark, named):
        if name:
            sample.threads.setdefault(name, written.tid)
    for post, post_id in zip(written.thread.posts, written.posts, strict=True):
        if post.pictures:
            sample.hung.append((post_id, post.pictures))
        if post.case is not None:
            sample.told.append((Told(post_id, written.thread.place, cid, post.case), post))

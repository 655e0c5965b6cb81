"""The composition root: with ``routes`` beside it, all that knows every domain."""

from __future__ import annotations

from contextlib import closing
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from mashrabiya.care import jobs as care_jobs
from mashrabiya.care import queries as care
from mashrabiya.care.commands import BY_RULE, give_first
from mashrabiya.care.rules.duty import own_desk
from mashrabiya.communities import queries as communities
from mashrabiya.discussions import flows as discussions_flows
from mashrabiya.discussions import jobs as discussions_jobs
from mashrabiya.discussions import pages as discussions_pages
from mashrabiya.discussions import queries as discussions
from mashrabiya.home.court import answer
from mashrabiya.kernel.viewer import CARE, HOST, Viewer
from mashrabiya.library.desk import pages as desk_pages
from mashrabiya.library.guides import flows as guides_flows
from mashrabiya.library.guides import pages as guides_pages
from mashrabiya.library.guides import queries as guides
from mashrabiya.library.laws import flows as laws_flows
from mashrabiya.library.laws import queries as laws
from mashrabiya.library.services import pages as services_pages
from mashrabiya.library.services import queries as services
from mashrabiya.library.stories import pages as stories_pages
from mashrabiya.library.stories import queries as stories
from mashrabiya.library.terms import flows as terms_flows
from mashrabiya.library.terms import queries as terms
from mashrabiya.library.terms.room import Terms
from mashrabiya.main.routes import BACKGROUND, ROUTES
from mashrabiya.notifications.commands import outside
from mashrabiya.notifications.commands.stirs import KIND as STIRRED
from mashrabiya.notifications.commands.stirs import Stirs
from mashrabiya.notifications.commands.subs import Subs
from mashrabiya.notifications.news import News
from mashrabiya.notifications.pushes import Pushes
from mashrabiya.people import jobs as people_jobs
from mashrabiya.people import pages as people_pages
from mashrabiya.people import queries as people
from mashrabiya.people.commands.invitations import issue_invitation, withdraw_invitations
from mashrabiya.people.commands.marks import Marks
from mashrabiya.people.commands.once import taken_once
from mashrabiya.people.commands.saved import Keeping
from mashrabiya.people.commands.sessions import Renewals
from mashrabiya.people.pages import locking
from mashrabiya.people.queries.idle import Idle, Misses
from mashrabiya.people.types import Grant
from mashrabiya.platform import house, leaving
from mashrabiya.platform.db import Database, Write
from mashrabiya.platform.hosting import Household, SampleSize, Tell
from mashrabiya.platform.house import Held
from mashrabiya.platform.keys import ServerKeys, read_keys
from mashrabiya.platform.languages.catalogue import ROOT
from mashrabiya.platform.limits import Limits
from mashrabiya.platform.live import Hub, Kind, Live
from mashrabiya.platform.markdown import links_lead_through
from mashrabiya.platform.outbox import append
from mashrabiya.platform.proof_of_work import spent
from mashrabiya.platform.settings import Config
from mashrabiya.platform.templating import Templates
from mashrabiya.platform.web.application import make_application
from mashrabiya.platform.web.assets import Assets
from mashrabiya.platform.web.site import Site
from mashrabiya.platform.web.tabs import Bar, Place
from mashrabiya.platform.worker import Worker
from mashrabiya.safety import queries as safety
from mashrabiya.safety.commands import RULEBOOK
from mashrabiya.safety.screening import look_over_self
from mashrabiya.safety.trust import jobs as trust_jobs
from mashrabiya.safety.trust import pages as trust_pages
from mashrabiya.safety.trust.newcomers import Newcomers
from mashrabiya.search import commands as search

if TYPE_CHECKING:
    from mashrabiya.stewardship.sample import Told

__all__ = ["BACKGROUND", "HOUSEHOLD", "ROUTES", "build", "make_site"]

_PLACES = (
    Place("/", "nav.home", "home", frozenset({"", "n", "f"})),
    Place("/c", "nav.communities", "door", frozenset({"c", "t"})),
    Place("/y", "nav.library", "book", frozenset({"y"})),
    Place("/b", "nav.notices", "bell", frozenset({"b"}), speaks=True, tells=True),
    Place("/me", "nav.settings", "key", frozenset({"me"}), members=True),
    Place("/care", "nav.care", "flag", frozenset({"care"}), role=CARE),
    Place("/o", "nav.hosts", "people", frozenset({"o"}), role=HOST),
)

# What lower rooms ask of higher ones, by name.
_ASKED: dict[str, Any] = {
    "locked": locking.stand_in,
    "acquainted": communities.share_community,
    "unnamed": discussions.unnamed_ids,
    "written_there": discussions.written_there,
    "learned": discussions.told,
    "concerned": care.concerns_her,
    "typed": discussions.typed_name,
    "closed": people_pages.show_case,
    "decided": care.find_concerned,
    "own_desk": own_desk,
    "met": communities.met_among,
    "planned": discussions_flows.stop_planned,
    "vouching": trust_pages.may_vouch_now,
    "guide_named": guides_pages.named,
    "withdrawn": desk_pages.show_withdrawn,
    "editorial": desk_pages.is_hers,
    "law_of": laws.law_of,
    "law_page": laws.page_of,
    "lines": services.lines,
    "services_for": services.services_for,
    "services_at": services_pages.address,
    "stories_beside": stories.beside,
    "threads_near": discussions.threads_near,
    "told_unnamed": stories.unnamed_ids,
    "proposed": stories_pages.proposed,
    "stories_told": stories_pages.told_of,
}


# What a process holds in memory of the database, by the name of its generation.
_LOADED: dict[str, Any] = {
    "house": house.load,
    "guards": people.load_guards,
    guides.STOCK: guides.stock,
    terms.HELD: terms.load,
}


@cache
def _printed() -> tuple[Assets, Templates]:
    """Files and templates: read, folded and compressed once a process, whichever house asks."""
    assets = Assets(ROOT)
    return assets, Templates(assets.address)


def make_site(config: Config, *, keys: ServerKeys | None = None, database: Database | None = None) -> Site:
    """One process of the house, without its application."""
    database = database or Database(config.database_url)
    database.recorder, database.folder, keys = append, config.data, keys or read_keys(config.key_path)
    links_lead_through(leaving.sealer(keys))
    if config.workers > 1:
        spent.shared = taken_once(database)
    people_jobs.freed.key = trust_jobs.flags.key = keys.of("field")
    care_jobs.held.keys = keys
    precepts = partial(safety.rulebook, keys=keys, keeper=BY_RULE)
    discussions_jobs.ways.rules, discussions_jobs.ways.read = precepts, discussions_pages.read_planned
    held = Held(database, {RULEBOOK: precepts, **_LOADED})
    (assets, templates), limits = _printed(), Limits(on=config.limits)
    idle, telling = Idle(), _telling(database, keys)
    return Site(
        config=config,
        database=database,
        keys=keys,
        held=held,
        assets=assets,
        templates=templates,
        open_session=people.open_session,
        spend=limits.spend,
        bar=Bar(_PLACES),
        rooms=_ASKED
        | telling
        | _terms(held)
        | {
            "limits": limits,
            "look_over": partial(look_over_self, rulebook=lambda: held[RULEBOOK]),
            "renewals": Renewals(database, keys.of("sess")),
            "keeping": Keeping(database),
            "marks": Marks(database),
            "idle": idle,
            "live": _live(database, held, idle, telling["stirs"]),
            "exposure": care.Exposure(),
            "misses": Misses(),
            "newcomers": Newcomers(database, discussions.standing_now, limits, held),
        },
    )


def _telling(database: Database, keys: ServerKeys) -> dict[str, Any]:
    """What is told beside requests: the rows of what is followed, the word on pages, and what leaves the house."""
    subs, pushes, stirs = Subs(database), Pushes(database, keys), Stirs(keys)
    outside.heard, outside.forget, outside.stirred = pushes.heard, pushes.forget, stirs.heard
    news = News(database, (subs, pushes, stirs))
    return {"subs": subs, "pushes": pushes, "stirs": stirs, "news": news}


def _terms(held: Held) -> dict[str, Any]:
    """What is asked of the glossary: terms in texts, the same in the other language, words to avoid before posting."""
    room = Terms(lambda: held[terms.HELD])
    return {
        "terms_in": room.terms_in,
        "terms_marked": room.marked,
        "glossary": room.now,
        "same_in": room.same_in,
        "words": room,
    }


def _live(database: Database, held: Held, idle: Idle, stirs: Stirs) -> Live:
    """What open pages are told of, and who may listen."""
    told: dict[str, Kind] = {"t": discussions.LiveThreads(), STIRRED: stirs}
    hub = Hub(database, told, held, still_open=people.still_open, awake=idle.is_fresh)
    return Live(hub, told, people.listener)


def build(site: Site) -> Any:
    """The ASGI application of the site."""
    return make_application(site, ROUTES)


def first_host(site: Site) -> str:
    """A code that makes whoever opens it a host, or nothing once a host has begun; earlier ones die."""
    if site.house.steps_done or site.house.open:
        return ""
    with site.database.write() as uow:
        withdraw_invitations(uow)
        return issue_invitation(uow, site.keys, grant=Grant.HOST)


def first_carer(site: Site) -> str:
    """A code that makes whoever takes it a carer, or nothing where somebody is one; earlier ones die."""
    with site.database.write() as uow:
        return give_first(uow, site.keys)


def inhabit(site: Site, size: SampleSize, tell: Tell) -> dict[str, Any]:
    """Fill an empty house with the sample's people and threads; answers the way into it."""
    # Forty modules that no house needs while it serves: read where a sample is made.
    from mashrabiya.stewardship import sample

    with sample.days_ago(sample.BEFORE_ANYBODY):
        furnish(site.database)
    laws_flows.take_example(site, tell)
    made = sample.inhabit(site, size, tell, decide)
    search.rebuild(site.database)
    search.put_leaves(site.database)
    return sample.credentials(site.database, made)


def reindex(site: Site) -> int:
    """Make the index of search anew; answers of how many posts."""
    search.put_leaves(site.database)
    return search.rebuild(site.database)


def decide(uow: Write, viewer: Viewer, keys: ServerKeys, told: Told) -> None:
    """Decide on something in a sample, at the desk of its community."""
    from mashrabiya.care import rehearsed

    rehearsed.do(uow, viewer, keys, rehearsed.Step(told.case.act, told.case.words, told.cid, told.post))


def furnish(database: Database) -> None:
    """Bring what comes with the software into the house: the guides and the glossary of the shelf."""
    guides_flows.furnish(database)
    terms_flows.furnish(database)


def court(config: Config, language: str) -> str:
    """The answer to an order for data, with the figures in force."""
    database = Database(config.database_url)
    with closing(database), database.read() as db:
        return answer(_printed()[1], house.load(db), language)


HOUSEHOLD = Household(
    site=lambda config, keys: make_site(config, keys=keys),
    application=build,
    worker=lambda site: Worker(site.database, site.keys),
    first_host=first_host,
    first_carer=first_carer,
    inhabit=inhabit,
    court=court,
    furnish=lambda site: furnish(site.database),
    import_laws=laws_flows.import_laws,
    reindex=reindex,
)

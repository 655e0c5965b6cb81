"""Every door of the house, and everything that happens by itself."""

from __future__ import annotations

from mashrabiya.care import jobs as care_jobs
from mashrabiya.care import listeners as care_listeners
from mashrabiya.care import pages as care_pages
from mashrabiya.communities import jobs as communities_jobs
from mashrabiya.communities import listeners as communities_listeners
from mashrabiya.communities import pages as communities_pages
from mashrabiya.communities.entering import listeners as entering_listeners
from mashrabiya.communities.entering import pages as entering_pages
from mashrabiya.discussions import api as discussions_api
from mashrabiya.discussions import jobs as discussions_jobs
from mashrabiya.discussions import listeners as discussions_listeners
from mashrabiya.discussions import pages as discussions_pages
from mashrabiya.home import pages as home_pages
from mashrabiya.library.desk import jobs as desk_jobs
from mashrabiya.library.desk import listeners as desk_listeners
from mashrabiya.library.desk import pages as desk_pages
from mashrabiya.library.guides import pages as guides_pages
from mashrabiya.library.laws import pages as laws_pages
from mashrabiya.library.services import pages as services_pages
from mashrabiya.library.stories import jobs as stories_jobs
from mashrabiya.library.stories import listeners as stories_listeners
from mashrabiya.library.stories import pages as stories_pages
from mashrabiya.library.terms import listeners as terms_listeners
from mashrabiya.library.terms import pages as terms_pages
from mashrabiya.notifications import listeners as notifications_listeners
from mashrabiya.notifications import pages as notifications_pages
from mashrabiya.people import api as people_api
from mashrabiya.people import jobs as people_jobs
from mashrabiya.people import pages as people_pages
from mashrabiya.platform import health, leaving, look
from mashrabiya.platform.web import openapi
from mashrabiya.platform.web.routes import Route
from mashrabiya.safety import jobs as safety_jobs
from mashrabiya.safety import listeners as safety_listeners
from mashrabiya.safety.trust import jobs as trust_jobs
from mashrabiya.safety.trust import listeners as trust_listeners
from mashrabiya.safety.trust import pages as trust_pages
from mashrabiya.search import jobs as search_jobs
from mashrabiya.search import listeners as search_listeners
from mashrabiya.search import pages as search_pages
from mashrabiya.stewardship import listeners as stewardship_listeners
from mashrabiya.stewardship import pages as stewardship_pages
from mashrabiya.support import pages as support_pages

# The order decides which of two fitting addresses is meant: exact ones stand before open ones.
ROUTES: list[Route] = [
    *home_pages.routes.all,
    *support_pages.routes.all,
    *people_pages.routes.all,
    *people_api.routes.all,
    *trust_pages.routes.all,
    *communities_pages.routes.all,
    *entering_pages.routes.all,
    *discussions_pages.routes.all,
    *discussions_api.routes.all,
    *desk_pages.routes.all,
    *stories_pages.routes.all,
    *laws_pages.routes.all,
    *services_pages.routes.all,
    *terms_pages.routes.all,
    *guides_pages.routes.all,
    *notifications_pages.routes.all,
    *search_pages.routes.all,
    *care_pages.routes.all,
    *stewardship_pages.routes.all,
    *leaving.routes.all,
    *look.routes.all,
    *health.routes.all,
    *openapi.routes.all,
]

# Importing these registers who listens to which facts, and what time does to rows.
BACKGROUND = (
    people_jobs,
    safety_jobs,
    safety_listeners,
    trust_listeners,
    trust_jobs,
    communities_listeners,
    communities_jobs,
    entering_listeners,
    discussions_listeners,
    discussions_jobs,
    desk_jobs,
    desk_listeners,
    stories_listeners,
    stories_jobs,
    terms_listeners,
    notifications_listeners,
    search_listeners,
    search_jobs,
    stewardship_listeners,
    care_listeners,
    care_jobs,
)

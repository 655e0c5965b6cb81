"""The web shell: from a request to a viewer, from an answer to bytes.

Routes declare whom they are for; what is undeclared cannot be written. The
shell reads the body, opens the session, checks where a form comes from, spends
the limit, and only then calls the door. Failures become pages here and nowhere
else (docs/decisions/0003).
"""

from mashrabiya.platform.web.answers import (
    Response,
    answer_json,
    empty,
    page,
    refused_json,
    see_other,
)
from mashrabiya.platform.web.ask import Ask, Form
from mashrabiya.platform.web.origin import LOOPBACK
from mashrabiya.platform.web.routes import Access, Route, Routes
from mashrabiya.platform.web.site import Site

__all__ = [
    "LOOPBACK",
    "Access",
    "Ask",
    "Form",
    "Response",
    "Route",
    "Routes",
    "Site",
    "answer_json",
    "empty",
    "page",
    "refused_json",
    "see_other",
]

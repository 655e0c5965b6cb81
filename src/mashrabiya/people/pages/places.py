"""Where somebody goes on to after a form."""

from __future__ import annotations

from mashrabiya.platform.web import Ask
from mashrabiya.platform.web.finding import find_route


def next_path(request: Ask) -> str:
    """Where she wanted to go: a page of this house, else home."""
    wanted = request.form.text("next") or request.query("next")
    return wanted if wanted and find_route(request, "GET", wanted) else "/"

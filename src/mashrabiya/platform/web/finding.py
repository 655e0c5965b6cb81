"""Which paths of this house may be named in a form."""

from __future__ import annotations

import re
from functools import lru_cache

from mashrabiya.platform.web.ask import Ask
from mashrabiya.platform.web.routes import Route


@lru_cache(maxsize=512)
def _pattern(template: str) -> re.Pattern[str]:
    # Ids, codes and numbers: letters that mean nothing to a header or a browser.
    parts = [("[0-9A-Za-z-]+" if part.startswith("{") else re.escape(part)) for part in template.split("/")]
    return re.compile("/".join(parts))


def find_route(request: Ask, method: str, path: str) -> Route | None:
    """The route of this house that answers the path, if there is one."""
    for route in request.site.routes:
        if route.method == method and not route.api and _pattern(route.path).fullmatch(path):
            return route
    return None

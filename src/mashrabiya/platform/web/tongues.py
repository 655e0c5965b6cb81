"""The way to the page at hand in another language."""

from __future__ import annotations

from typing import Any


def kept_query(scope: Any) -> str | None:
    """What stands between ``?`` and ``lang=`` in that link: the page's own question.

    None for an answer to something sent: a link would lose what was typed, or codes shown once.
    """
    if scope["method"] == "POST":
        return None
    query: str = scope["query_string"].decode("latin-1")
    return "".join(part + "&" for part in query.split("&") if part and not part.startswith("lang="))

"""How many statements each workload costs, counted in this process on the house's own database."""

from __future__ import annotations

import secrets

from bench.houses import House, Visit
from mashrabiya import main
from mashrabiya.platform.settings import Config
from mashrabiya.testing.browser import Browser, Loop


def statements(house: House, visit: Visit) -> dict[str, int]:
    """Statements per request, session and face included, of a process that has answered it before."""
    site = main.make_site(Config(data=house.data, key_file=str(house.key), limits=False))
    runner = Loop()
    member = Browser(main.build(site), runner, "ar")
    member.cookies = {"__Host-v": visit.cookie}
    visitor = Browser(main.build(site), runner, "ar")
    page = member.get(visit.thread)
    assert page.status == 200, (page.status, page.text[:600])
    fields = {**page.form(visit.thread).fields, "body": "One more."}

    def count(ask: object) -> int:
        # What is read once a process, when it is first needed, is no part of a request.
        ask()  # type: ignore[operator]
        site.held.refresh()
        site.database.trace = trace = []
        ask()  # type: ignore[operator]
        site.database.trace = None
        return len(trace)

    counts = {
        "W1": count(lambda: visitor.get("/t")),
        "W2": count(lambda: member.get(visit.thread)),
        "W3": count(lambda: member.get("/")),
        "W4": count(lambda: member.post(visit.thread, {**fields, "_s": secrets.token_hex(16)})),
        "W6": count(lambda: visitor.get("/api/home", authorization=f"Bearer {visit.bearer}")),
    }
    site.database.close()
    runner.close()
    return counts

"""Whose each door is that changes something: the account's, two people's, the house's, or nobody's; and how one goes through."""

from __future__ import annotations

from dataclasses import dataclass, field

# What is about the account itself: how it is opened, what stands beside its vault, its end.
OF_THE_ACCOUNT = {
    "/api/session", "/b/q", "/back", "/f", "/in", "/in/code", "/in/copy", "/in/delete", "/in/e", "/in/o", "/join", "/join/check", "/me",
    "/me/code", "/me/code/off", "/me/code/on", "/me/content", "/me/delete", "/me/desk", "/me/desk/rest", "/me/exit", "/me/freeze",
    "/me/freeze/drop", "/me/freeze/list", "/me/k", "/me/key", "/me/key/drop", "/me/key/new", "/me/keys", "/me/keys/drop", "/me/keys/new", "/me/lock",
    "/me/lock/off", "/me/look", "/me/pass", "/me/reading", "/me/try/speak", "/me/years", "/me/years/off", "/me/years/on",
    "/s", "/s/back",
}  # fmt: skip
# These change nothing that is kept: they show, look for, or tell this browser something.
ONLY_SHOWS = {
    "/c",
    "/h",
    "/q",
    "/y/s",
    "/y/w",
    "/y/v",
    "/y/e",
    "/me/try",
    "/me/try/persona",
    "/v",
    "/join/to",
    "/me/copy/file",
    "/me/in/others",
}
HERE = "the page of the same address"
# These take two of a care team: held beside them, in care/tests/test_unmask_pages.py, test_roles.py and test_closing_pages.py.
OF_TWO = {"/c/{cid:str}/care/k", "/c/{cid:str}/care/u", "/care/p/{proposal:str}", "/care/{report:str}/l",
    "/care/{report:str}/x", "/care/roles", "/care/roles/{proposal:str}", "/me/role"}  # fmt: skip
# These take a wave of like posts, or a room of carers: held in care/tests/test_wave_pages.py and test_room.py.
OF_A_WAVE = {"/care/w", "/c/{cid:str}/care/w", "/care/w/{decision:str}"}
OF_A_ROOM = {"/care/m", "/care/m/{line:str}", "/c/{cid:str}/care/m", "/c/{cid:str}/care/m/{line:str}"}
# This takes two who vouch: held in communities/entering/tests/test_vouching.py.
OF_TWO |= {"/c/{cid:str}/ask/in"}
# The hosts' settings are of the house, and of nobody.
OF_THE_HOUSE = {
    "/o/{number:int}", "/o/c", "/o/i", "/o/i/end", "/o/i/members", "/o/t", "/o/t/onion", "/o/t/sites", "/o/u", "/protect",
    "/o/r/new", "/o/r/{precept:str}", "/o/r/{precept:str}/on", "/o/r/{precept:str}/d",
    "/o/d", "/o/y", "/o/y/{guide:str}",
    "/y/w/{country:str}/d/{n:str}", "/y/w/d/{mistake:str}",
    "/y/s/h/new", "/y/s/h/in", "/y/s/{service:str}/h", "/y/s/{service:str}/p",
    "/y/v/new", "/y/v/{concept:str}/edit", "/y/v/{concept:str}/hide", "/y/v/{concept:str}/old",
    "/y/v/{concept:str}/w/{n:str}", "/y/v/{concept:str}/w/{n:str}/d",
}  # fmt: skip


@dataclass
class Act:
    """One door, as somebody goes through it: from a page with its form, or straight away."""

    path: str
    who: str = "alice"
    page: str = ""
    fields: dict[str, str] = field(default_factory=dict)


def shaping(cid: str, name: str, again: dict[str, str]) -> list[Act]:
    """What whoever runs a place makes of it, until it closes nearly; ``name`` is asked to run it too."""
    end, hand = f"/c/{cid}/end", f"/c/{cid}/hand"
    return [
        Act("/c/{cid:str}/edit/names", "mona", HERE, {"other_name": "مطبخ الليل"}),
        Act("/c/{cid:str}/edit/ways", "mona", HERE, {"welcome": "Come in.", "slow": "10"}),
        Act("/c/{cid:str}/edit/ways", "mona", HERE, {"welcome": "Come in.", "slow": "0"}),
        Act("/c/{cid:str}/edit/words", "mona", HERE, {"welcome": "Come in, all."}),
        Act("/c/{cid:str}/edit/words/told", "mona", HERE),
        Act("/c/{cid:str}/edit/tags", "mona", HERE, {"en": "Cooking"}),
        Act(f"/c/{cid}/edit/tags/1", "mona", f"/c/{cid}/edit/tags/1", {"ar": "حمّاض"}),
        Act("/c/{cid:str}/edit/door", "mona", HERE, {"door": "00" * 8}),
        Act("/c/{cid:str}/hand", "mona", hand, {"name": name, "wish": "offer", "role": "5", "term": "0"}),
        Act("/c/{cid:str}/hand/answer", "bob", f"/c/{cid}", {"wish": "yes"}),
        Act("/c/{cid:str}/hand/down", "bob", end),
        Act("/c/{cid:str}/end/close", "mona", end, again),
        Act("/c/{cid:str}/end/off", "mona", end),
        Act("/c/{cid:str}/end/archive", "mona", end, {"on": "0"}),
    ]

"""Write docs/permissions.md from the routes and the rules: who may do what, where.

Nothing in it is typed by hand: a cell is what the gate and then the rule answer. `tests/test_permissions.py` holds that
the page is in date, and goes through the doors of a real house as everybody, cell by cell.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mashrabiya import main as house
from mashrabiya.communities import rules
from mashrabiya.communities.types import FOUND, POWERS, Audience, CommunityFacts, Power, Role
from mashrabiya.discussions.rules import ways_to_open
from mashrabiya.kernel.keys import Work
from mashrabiya.kernel.verdict import Verdict
from mashrabiya.kernel.viewer import CARE, HOST, Face, Tongue, Viewer
from mashrabiya.platform.languages import catalogue
from mashrabiya.platform.web.routes import Access, Route
from mashrabiya.safety.trust.rules import is_named_trusted
from mashrabiya.safety.trust.types import Level, Standing
from tools.check.source import ROOT

PAGE = ROOT / "docs" / "permissions.md"
YES, NO, HIDDEN = "yes", "no", "–"


@dataclass(frozen=True)
class Who:
    """Somebody, as the gate and the rules see her."""

    name: str
    account: bool = True
    persona: bool = True
    roles: frozenset[str] = frozenset()
    role: Role | None = None
    excluded: bool = False

    @property
    def viewer(self) -> Viewer:
        if not self.account:
            return Viewer.visitor(Tongue.of("en"))
        face = Face("Somebody", "0" * 10, b"") if self.persona else None
        return Viewer(work=Work(b"\x07" * 32), face=face, roles=self.roles)

    def may_enter(self, access: Access) -> str:
        """What the gate answers: whoever lacks a name is asked to make one, to everybody else there is nothing."""
        if access is Access.ANYONE or (access is Access.ACCOUNT and self.account):
            return YES
        if access is Access.PERSONA and self.account:
            return YES if self.persona else NO
        return YES if {Access.CARE: CARE, Access.HOST: HOST}.get(access) in self.roles else HIDDEN


VISITOR = Who("visitor", account=False, persona=False)
NAMELESS = Who("account without a persona", persona=False)
OUTSIDE = Who("outside")
MEMBER = Who("member", role=Role.MEMBER)
CARES = Who("cares for it", role=Role.CARER)
RUNS = Who("runs it", role=Role.HOST)
EXCLUDED = Who("excluded", role=Role.MEMBER, excluded=True)
CARER = Who("care team, outside", roles=frozenset({CARE}))
OPERATOR = Who("runs the site, outside", roles=frozenset({HOST}))
IN_A_PLACE = (VISITOR, NAMELESS, OUTSIDE, MEMBER, CARES, RUNS, EXCLUDED, CARER, OPERATOR)
IN_THE_HOUSE = (VISITOR, NAMELESS, OUTSIDE, CARER, OPERATOR)
AUDIENCES = {
    Audience.PUBLIC: "everyone",
    Audience.SIGNED_IN: "who is signed in",
    Audience.MEMBERS: "members",
    Audience.TRUSTED: "trusted members",
    Audience.HIDDEN: "hidden",
}


@dataclass(frozen=True)
class Act:
    """Something to do in a community: the door to it, and the rule that the door asks."""

    name: str
    method: str
    path: str
    rule: Callable[[Viewer, CommunityFacts], str]
    # The desk asks its own rule of those who may not know of the place otherwise.
    knows_first: bool = True

    def cell(self, who: Who, audience: Audience) -> str:
        """What she is answered: the gate first, then whether she may know of the place, then the rule."""
        entered = who.may_enter(route(self.method, self.path).access)
        if entered != YES:
            return entered
        facts = place(who, audience)
        if self.knows_first and _knows(who.viewer, facts) != YES:
            return HIDDEN
        return self.rule(who.viewer, facts)


def _said(verdict: Verdict) -> str:
    if verdict.allowed:
        return YES
    return HIDDEN if getattr(verdict, "hidden", False) else NO


def _knows(viewer: Viewer, facts: CommunityFacts) -> str:
    """The condition of ``communities.queries``, which stands there in the database's words; the test holds it to the doors."""
    open_door = viewer.is_member and facts.audience <= FOUND and not facts.excluded
    return YES if facts.is_public or facts.belongs or open_door else HIDDEN


def _opens(viewer: Viewer, facts: CommunityFacts) -> str:
    return YES if ways_to_open(viewer, facts, small=False).any else NO


def _joins(viewer: Viewer, facts: CommunityFacts) -> str:
    """Whom the house names is trusted by it; of the others here nobody is."""
    joining = rules.may_join(viewer, facts)
    level = Level.TRUSTED if is_named_trusted(viewer) else Level.NEW
    trusted = rules.may_enter_trusted(viewer, facts, Standing(names=(level,)))
    return _said(trusted if joining.allowed else joining)


ACTS = (
    Act("know that it is there", "GET", "/c/{cid:str}", _knows),
    Act("read there, its log too", "GET", "/c/{cid:str}/log", lambda v, c: _said(rules.may_read(v, c))),
    Act("begin a thread", "GET", "/c/{cid:str}/t", _opens),
    Act("change its words and its door", "GET", "/c/{cid:str}/edit", lambda v, c: _said(rules.may_edit(v, c))),
    Act("protect it for some hours", "GET", "/c/{cid:str}/protect", lambda v, c: _said(rules.may_protect(v, c))),
    Act("read its reports and decide", "GET", "/c/{cid:str}/care", lambda v, c: _said(rules.may_care(v, c)), knows_first=False),
    Act("leave", "GET", "/c/{cid:str}/out", lambda v, c: _said(rules.may_leave(v, c))),
    Act("join", "POST", "/c/{cid:str}/in", _joins),
)  # fmt: skip


def route(method: str, path: str) -> Route:
    """The door of that address."""
    return next(one for one in house.ROUTES if (one.method, one.path) == (method, path))


def place(who: Who, audience: Audience) -> CommunityFacts:
    """A community of that audience as she may know it."""
    return CommunityFacts(
        id=b"",
        name="",
        about="",
        seed=b"",
        language="en",
        audience=audience,
        entry=0,
        retention_days=365,
        agreements="",
        anon_mode=0,
        topics=0,
        wants=0,
        excluded=int(who.excluded),
        role=who.role,
        kin=int(who.role is not None),
    )


def document() -> str:
    """The whole page."""
    return "\n".join([*_begin(), *_places(), *_powers(), *_doors()]) + "\n"


def _begin() -> list[str]:
    return [
        "# Who may do what",
        "",
        "Written by `python -m tools.permissions` from the routes and the rules; `tests/test_permissions.py` goes through every cell.",
        f"*{YES}*: it opens. *{NO}*: a sentence says why not. *{HIDDEN}*: the plain page of what is not there.",
        "",
    ]


def _places() -> list[str]:
    lines = ["## In a community", "", *_head("act", "who can see it", *(who.name for who in IN_A_PLACE))]
    for act in ACTS:
        for audience, name in AUDIENCES.items():
            lines.append(_row(act.name, name, *(act.cell(who, audience) for who in IN_A_PLACE)))
    return [*lines, ""]


def _powers() -> list[str]:
    """What each role lets somebody do: the set that the one rule asks."""
    roles = [role for role in sorted(Role, reverse=True) if POWERS[role]]
    lines = [
        "## Powers of a role in a community",
        "",
        "By role, while its term runs; `communities.rules.may` asks.",
        "",
    ]
    lines += _head("power", *(role.name.lower() for role in roles))
    texts, tongue = catalogue("en"), Tongue.of("en")
    for power in Power:
        said = texts.text(power.key, tongue)
        lines.append(_row(said, *(YES if power in POWERS[role] else HIDDEN for role in roles)))
    return [*lines, ""]


def _doors() -> list[str]:
    """Whom the gate lets in at all. What stands behind a door asks its own rule."""
    lines = ["## The doors of the site", "", "What the gate answers, before a rule is asked.", ""]
    lines += _head("door", *(who.name.partition(",")[0] for who in IN_THE_HOUSE))
    doors = sorted({(one.path, one.method, one.access) for one in house.ROUTES}, key=lambda one: one[:2])
    lines += [
        _row(f"`{method} {path}`", *(who.may_enter(access) for who in IN_THE_HOUSE))
        for path, method, access in doors
    ]
    return lines


def _head(*names: str) -> list[str]:
    return [_row(*names), _row(*("---" for _ in names))]


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def main(_arguments: Sequence[str] = ()) -> int:
    PAGE.write_text(document(), encoding="utf-8")
    print(f"written: {PAGE.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

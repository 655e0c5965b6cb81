"""What comes in by HTML about roles."""

from __future__ import annotations

from mashrabiya.communities.types import Asked, Role
from mashrabiya.communities.types.roles import GIVEN, TERMS, USUAL_TERM, Given
from mashrabiya.platform.web import Form


def read_asked(form: Form) -> Asked:
    """The role and its term, as typed; what is no choice is left for the rule to refuse."""
    return Asked(
        form.number("role", usual=-1, least=-1, most=99), form.number("term", usual=-1, least=-1, most=9999)
    )


def blank() -> dict[str, str]:
    """The form as it stands first."""
    return {"role": "", "term": str(USUAL_TERM)}


def roles() -> list[Given]:
    """Those that can be given, with what each lets somebody do."""
    return [
        Given(str(int(role)), role.key, ["caring.power_all"] if role == Role.HOST else role.powers)
        for role in GIVEN
    ]


def terms() -> list[int]:
    """Days to choose from; the last has no end, for whoever runs the place."""
    return [*TERMS, 0]

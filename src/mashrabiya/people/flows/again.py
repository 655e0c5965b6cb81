"""Name and passphrase once more, before a step that matters."""

from __future__ import annotations

from mashrabiya.kernel.errors import Busy, Invalid, Refused
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.flows.entering import WRONG, Unlocked, confirm
from mashrabiya.people.sealed.vault import folded_name
from mashrabiya.platform.limits import Limits
from mashrabiya.platform.web.site import Site


def prove(site: Site, viewer: Viewer, name: str, passphrase: str) -> Unlocked:
    """Her account, open; Invalid where the two are not right. Slowed like any other attempt."""
    limits: Limits = site.rooms["limits"]
    folded = folded_name(name)
    if limits.name_wait(folded):
        raise Invalid({"pass": "signin.later"})
    limits.count_try(folded)
    try:
        return confirm(site, viewer, name, passphrase)
    except Refused:
        limits.count_miss(folded)
        raise Invalid({"pass": WRONG}) from None
    except Busy:
        raise Invalid({"pass": "signin.busy"}) from None

"""The way into a sample: who can sign in with what, and where to look. For its own machine only."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from mashrabiya.kernel.ids import show_id
from mashrabiya.people.sealed.codes import shown
from mashrabiya.platform.db import Database, Statement, metadata
from mashrabiya.stewardship.sample.inhabit import Sample
from mashrabiya.stewardship.sample.moving_in import Dweller


def credentials(database: Database, sample: Sample) -> dict[str, Any]:
    """Every member with names, passphrase, codes and personas; and the threads worth opening."""
    persona = metadata.tables["persona"]
    asked: Statement[Any] = Statement(select(persona.c.id, persona.c.pub))
    with database.read() as db:
        pubs = {bytes(pid): str(pub) for pid, pub in db.tuples(asked)}
    return {
        "members": [_member(dweller, sample, pubs) for dweller in sample.dwellers],
        "threads": {name: f"/t/{show_id(tid)}" for name, tid in sorted(sample.threads.items())},
    }


def _member(dweller: Dweller, sample: Sample, pubs: dict[bytes, str]) -> dict[str, Any]:
    somebody = dweller.somebody
    return {
        "sign_in_name": somebody.name,
        "passphrase": somebody.passphrase,
        "recovery_codes": [shown(code) for code in dweller.codes],
        "role": somebody.role,
        "standing": "new" if somebody.new else "established",
        "language": somebody.language,
        "personas": [
            {
                "name": name.name,
                "path": f"/p/{pubs[dweller.personas[name.key].pid]}",
                "communities": _communities(name.key, sample),
            }
            for name in somebody.personas
        ],
    }


def _communities(key: str, sample: Sample) -> list[str]:
    """The addresses of those that the persona belongs to."""
    return [
        f"/c/{show_id(cid)}" for place, cid in sample.communities.values() if key in sample.members[place.key]
    ]

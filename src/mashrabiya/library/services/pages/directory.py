"""Doors of whoever looks for a service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import read_id
from mashrabiya.library.services import forms, queries, rules
from mashrabiya.library.services.countries import country_name, language_name, named
from mashrabiya.library.services.pages.laws import law_of, law_pages
from mashrabiya.library.services.types import (
    ASPECTS,
    EVERYWHERE,
    ID_SIZE,
    OLD_DAYS,
    TOLD_FROM,
    Record,
    Service,
    Wanted,
)
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other

routes = Routes()


class Card(Struct, frozen=True):
    """An entry as the directory shows it."""

    service: Service
    record: Record
    places: Sequence[str]
    overdue: bool
    doubted: bool


@routes.get("/y/s", access=Access.ANYONE)
def directory(request: Ask) -> Response[bytes]:
    wanted, language = forms.opened(request.keys, request.query("k")), request.viewer.tongue.language
    with request.db.read() as db:
        found = queries.find(db, request.viewer, wanted)
        doubted = queries.doubted_ones(db) if found.rows else frozenset()
    today = clock.day()
    return page(
        request,
        "library/services/list.html",
        found=found,
        wanted=wanted,
        lang_names={code: language_name(code, language) for code in found.languages},
        cards=[
            Card(
                row,
                record,
                places(record.countries, language),
                rules.is_overdue(row, today),
                row.id in doubted,
            )
            for row, record in found.rows
        ],
        countries=named((code for code in found.countries if code != EVERYWHERE), language),
        languages=[(code, language_name(code, language)) for code in found.languages],
        narrowed=wanted != Wanted() and wanted != Wanted(old=True),
        everything=forms.sealed(request.keys, Wanted()),
        old_ones=forms.sealed(request.keys, replace(wanted, old=True, after=0)),
        more=forms.sealed(request.keys, replace(wanted, after=found.after)) if found.after else "",
        may_check=rules.may_check(request.viewer).allowed,
    )


@routes.post("/y/s", access=Access.ANYONE, limit="search", tokenless=True)
def ask_for(request: Ask) -> Response[bytes]:
    return see_other(forms.sealed(request.keys, forms.read_wanted(request.form)))


@routes.get("/y/s/{service:str}", access=Access.ANYONE)
def one(request: Ask, service: str) -> Response[bytes]:
    viewer, language = request.viewer, request.viewer.tongue.language
    with request.db.read() as db:
        row, record = queries.get(db, viewer, read_id(service, ID_SIZE))
        told_of_all, own = queries.lived(db, viewer, row.id)
        until, own_doubt = queries.doubted(db, viewer, row.id)
        told = rules.told(record, law_of(request, db))
    today = clock.day()
    return page(
        request,
        "library/services/service.html",
        service=row,
        record=told,
        hidden_streets=len(told.channels) < len(record.channels) and bool(record.source_seen),
        places=law_pages(request, record.countries, language),
        tongues=[(language_name(spoken.code, language), spoken) for spoken in record.languages],
        source=clock.date(record.source_seen) if record.source_seen else None,
        overdue=rules.is_overdue(row, today),
        old=rules.is_old(row, today),
        old_months=OLD_DAYS // 30,
        lived=_lived(told_of_all),
        own=own,
        aspects=ASPECTS,
        told_from=TOLD_FROM,
        doubted=own_doubt,
        doubted_since=clock.date(rules.doubted_since(until)) if until else None,
        may_check=rules.may_check(viewer).allowed,
        may_keep=rules.may_keep(viewer).allowed,
    )


def places(codes: Sequence[str], language: str) -> list[str]:
    """The countries by name; what serves every country has an empty one."""
    return [country_name(code, language) for code in codes]


def _lived(told: Mapping[str, int]) -> list[tuple[str, str]]:
    """The word for each aspect of which enough people spoke."""
    return [
        (f"library.services.aspect_{aspect}", f"library.services.{aspect}_{word}")
        for aspect, word in told.items()
    ]

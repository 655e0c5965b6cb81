"""From a file to rows: read outside of any transaction, written in one, told in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from mashrabiya.kernel import clock
from mashrabiya.library.laws import commands
from mashrabiya.library.laws.correcting import APPLIED, MENDED, NOTHING
from mashrabiya.library.laws.dataset import SHELF, Report, Tell, gather
from mashrabiya.platform.terminal import spoken
from mashrabiya.platform.web.site import Site

_SAID = 12


def import_laws(site: Site, path: Path, corrections: Path | None, tell: Tell) -> list[str]:
    """Read a file and take in what it says; answers what to tell of it, in the language of the terminal."""
    latest = clock.date(clock.day()).year
    gathered = gather(path, latest=latest, corrections=corrections, tell=tell)
    with site.database.write() as uow:
        report = commands.take_in(uow, gathered)
    return list(told(report))


def take_example(site: Site, tell: Tell) -> None:
    """The made-up countries, for a house in which nothing is real."""
    import_laws(site, SHELF / "made-up-example.csv", SHELF / "made-up-corrections.toml", tell)


def told(report: Report) -> Iterator[str]:
    """A report, a line for each thing that there is to say."""
    yield spoken(
        "terminal.laws_read", rows=f"{report.rows:,}", countries=report.found, cells=f"{report.cells:,}"
    )
    yield spoken("terminal.laws_changed", changed=f"{report.changed:,}", same=report.same)
    if report.made_up:
        yield spoken("terminal.laws_made_up")
    yield from _numbers(report)
    yield from _lists(report)


def _numbers(report: Report) -> Iterator[str]:
    counted: list[tuple[str, int]] = [
        ("terminal.laws_absent", report.absent),
        ("terminal.laws_placeholders", report.placeholders),
        ("terminal.laws_passed_over", report.passed_over),
        ("terminal.laws_contradictions", report.contradictions),
        ("terminal.laws_corrected", report.corrections[APPLIED]),
        ("terminal.laws_mended", report.corrections[MENDED]),
        ("terminal.laws_not_there", report.corrections[NOTHING]),
    ]
    yield from (spoken(key, n=f"{n:,}") for key, n in counted if n)


def _lists(report: Report) -> Iterator[str]:
    listed: list[tuple[str, list[str]]] = [
        ("terminal.laws_columns_unknown", [_line(name[:80]) for name in report.unknown_columns]),
        ("terminal.laws_columns_missing", report.missing_columns),
        ("terminal.laws_countries", _counted(report.countries)),
        ("terminal.laws_laws", _counted(report.laws)),
        ("terminal.laws_statuses", _counted(report.statuses)),
        ("terminal.laws_values", _counted(report.values)),
    ]
    for key, names in listed:
        if names:
            more = len(names) - _SAID
            yield spoken(key, names="; ".join(names[:_SAID]) + (f"; + {more}" if more > 0 else ""))


def _counted(found: Counter[str]) -> list[str]:
    return [f"{_line(name)} ×{n:,}" for name, n in found.most_common()]


def _line(text: str) -> str:
    """On one line, and nothing in it that a terminal would obey."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())

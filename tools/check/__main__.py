"""Run every check, or the ones named; exit status 1 when anything must be mended."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

from tools.check.budgets import budgets
from tools.check.catalogues import catalogues
from tools.check.outside import formatting, imports, linting, types
from tools.check.places import places
from tools.check.source import Fault
from tools.check.styles import styles
from tools.check.tables import tables
from tools.check.templates import scripts, templates
from tools.check.words import words

Check = Callable[[], Iterable[Fault]]
# The slow ones first: they run beside one another.
CHECKS: tuple[Check, ...] = (
    types,
    imports,
    tables,
    linting,
    formatting,
    budgets,
    templates,
    scripts,
    styles,
    catalogues,
    words,
    places,
)


def main() -> int:
    by_name = {check.__name__: check for check in CHECKS}
    parser = argparse.ArgumentParser(prog="./dev check", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="CHECK", help=f"one of: {', '.join(by_name)}")
    wanted: list[str] = parser.parse_args().names or list(by_name)
    unknown = set(wanted) - by_name.keys()
    if unknown:
        parser.error(f"no such check: {', '.join(sorted(unknown))}; there are {', '.join(by_name)}")
    with ThreadPoolExecutor(max_workers=2) as pool:
        results = list(pool.map(timed, (by_name[name] for name in wanted)))
    for check, seconds, faults in results:
        tell(check, seconds, faults)
    bad = [check.__name__ for check, _, faults in results if faults]
    print(f"\nto mend: {', '.join(bad)}" if bad else "\nall checks pass")
    return 1 if bad else 0


def timed(check: Check) -> tuple[Check, float, list[Fault]]:
    begun = time.monotonic()
    faults = sorted(set(check()))
    return check, time.monotonic() - begun, faults


def tell(check: Check, seconds: float, faults: list[Fault]) -> None:
    prevents = (check.__doc__ or "").strip().splitlines()[0]
    print(f"{'MEND' if faults else 'ok  '} {check.__name__:<11}{seconds:6.1f} s   {prevents}")
    for fault in faults:
        print(f"       {fault}")


if __name__ == "__main__":
    raise SystemExit(main())

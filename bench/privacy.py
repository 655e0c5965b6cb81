"""./dev bench --privacy: times that must not tell, as processor time of the whole process.

Each question is asked in two ways that must cost the same, in turn and in random
order, so that whatever else the machine does meets both. The difference counts
in units of its own noise (Cohen's d, the slowest twentieth cut off): below 0.1
nobody learns it from a few hundred answers. One pair has a difference planted in
it; if that one is not found, the measure has no power and says so.
"""

from __future__ import annotations

import gc
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median, quantiles, variance
from typing import Any

from bench.doorsteps import Doorsteps

BOUND = 0.1
ROUNDS, DOUBLINGS = 1500, 2
PLANTED = 0.04
Ask = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two ways of asking whose times must not differ."""

    name: str
    one: Ask
    other: Ask


def privacy(rounds: int = ROUNDS) -> dict[str, Any]:
    """The effect of each pair, and what is too large."""
    # Whoever asks and the house are two threads of one process: each waits for the other's turn to end.
    sys.setswitchinterval(0.0002)
    folder = Path(tempfile.mkdtemp())
    doorsteps = Doorsteps(folder)
    try:
        pairs = [Pair(*pair) for pair in doorsteps.pairs()]
        # First: a run without power need not go on.
        control = measured(planted(pairs[0]), rounds)
        found = {pair.name: measured(pair, rounds) for pair in pairs}
    finally:
        doorsteps.close()
        shutil.rmtree(folder)
    short = [name for name, figures in found.items() if abs(figures["effect"]) >= BOUND]
    if control["effect"] < BOUND:
        short.append("the planted difference was not found: this run has no power")
    return {"privacy": found, "control": control, "bound": BOUND, "short": short}


def planted(pair: Pair) -> Pair:
    """The same question twice, with a little idle work beside the second."""
    typical = median(_spent(pair.one) for _ in range(30))

    def with_more() -> None:
        pair.one()
        end = time.thread_time_ns() + int(typical * PLANTED)
        while time.thread_time_ns() < end:
            pass

    return Pair("planted", pair.one, with_more)


def measured(pair: Pair, rounds: int) -> dict[str, Any]:
    """The effect; more rounds while it looks too large, since chance alone shrinks with them."""
    ones: list[int] = []
    others: list[int] = []
    for doubling in range(DOUBLINGS + 1):
        _sample(pair, rounds << max(0, doubling - 1), ones, others)
        found = effect(ones, others)
        if abs(found) < BOUND * 0.8:
            break
    apart = (median(others) - median(ones)) / 1000
    told = f"{median(ones) / 1e6:.3f} ms, {apart:+.1f} µs apart, {len(ones)} times each"
    print(f"{pair.name:<58} {found:+.3f}  {told}", flush=True)
    return {"effect": round(found, 4), "ms": round(median(ones) / 1e6, 3), "times": len(ones)}


def _sample(pair: Pair, rounds: int, ones: list[int], others: list[int]) -> None:
    ways = [(pair.one, ones), (pair.other, others)]
    for _ in range(5):
        pair.one()
        pair.other()
    gc.collect()
    gc.disable()
    try:
        for number in range(rounds):
            random.shuffle(ways)
            for ask, times in ways:
                times.append(_spent(ask))
            if number % 100 == 99:
                gc.collect()
    finally:
        gc.enable()


def _spent(ask: Ask) -> int:
    began = time.process_time_ns()
    ask()
    return time.process_time_ns() - began


def effect(ones: list[int], others: list[int]) -> float:
    """Cohen's d of the two, both cut at the same height."""
    height = quantiles([*ones, *others], n=20)[-1]
    kept = [[float(time) for time in times if time <= height] for times in (ones, others)]
    noise = ((variance(kept[0]) + variance(kept[1])) / 2) ** 0.5
    return (fmean(kept[1]) - fmean(kept[0])) / noise

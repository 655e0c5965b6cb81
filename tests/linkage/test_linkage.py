"""T3: whoever holds the disk, even with every server key, cannot tell whose a persona is."""

from __future__ import annotations

import shutil
from pathlib import Path
from statistics import mean

import pytest

from mashrabiya.platform.db import Database
from mashrabiya.testing.house import TestHouse

from . import attack
from .world import World, live


def _taken(world: World, folder: Path) -> tuple[dict[str, float], int, float]:
    """The files as they lie, with the log; then each feature, shared strings, and the control."""
    source, taken = Path(world.house.database.url), folder / "taken.db"
    for ending in ("", "-wal"):
        shutil.copyfile(f"{source}{ending}", f"{taken}{ending}")
    dump = attack.Dump(taken, world.house.keys.of("field"))
    found = attack.measure(attack.features(dump, world.arrived), world.owner)
    found |= attack.measure(attack.features_of_kept(dump, list(world.kept)), world.kept)
    found |= attack.measure(attack.features_of_blocks(dump, list(world.blocks)), world.blocks)
    found |= attack.measure(attack.features_of_marks(dump, list(world.read)), world.read)
    assert attack.readable_marks(dump, list(world.read), [*world.threads, *world.arrived]) == 0
    assert len(world.ballots) > 100, "nobody voted"
    ballots = attack.features_of_ballots(dump, list(world.ballots))
    found |= attack.measure(ballots, world.ballots, group=attack.polls_of(dump))
    assert len(world.followed) > 100, "nobody follows anything"
    assert {name for name, _ in dump.rows} >= {"notice", "sub", "seen"}
    found |= attack.measure(attack.features_of_subs(dump, list(world.followed)), world.followed)
    assert len(world.rung) > 100, "nobody is told outside"
    assert len({len(row[1]) for name, row in dump.rows if name == "push"}) == 1
    found |= attack.measure(attack.features_of_pushes(dump, list(world.rung)), world.rung)
    assert world.blocked
    assert attack.readable_blocks(dump, world.blocked) == 0
    branches = attack.joined_by_branch(dump, world.owner)
    assert branches.members > 20, "nobody came by an invitation"
    assert branches.siblings == 0
    read, kept = attack.readable_authors(dump, world.arrived)
    assert kept > 0, "nobody wrote unnamed where two could learn it"
    assert read == 0
    planted = attack.measure({"planted": attack.control(world.arrived, folder)}, world.owner)
    return found, attack.shared_strings(dump), planted["planted"]


def _run(path: Path, seed: int, accounts: int, sqlite_url: str) -> tuple[dict[str, float], int, float]:
    folder = path / str(seed)
    folder.mkdir()
    url = shutil.copyfile(sqlite_url, folder / "house.db")
    house = TestHouse(folder, Database(str(url)))
    try:
        return _taken(live(house, accounts=accounts, seed=seed), folder)
    finally:
        house.close()


def test_two_personas_of_one_person_have_nothing_in_common(tmp_path: Path, sqlite_url: str) -> None:
    runs = [_run(tmp_path, 3, 250, sqlite_url)]
    if _telling(runs):
        # Ids and keys are made anew in each house, and chance alone passes the bound once in some hundred of
        # them. What tells in truth tells in every house: the same bound holds for the mean of three.
        runs += [_run(tmp_path, seed, 250, sqlite_url) for seed in (4, 5)]
    assert min(planted for _, _, planted in runs) > 0.62, "the test has no power"
    assert [shared for _, shared, _ in runs] == [0] * len(runs)
    assert _telling(runs) == {}


def _telling(runs: list[tuple[dict[str, float], int, float]]) -> dict[str, float]:
    """The features that tell something, by their mean over these houses."""
    means = {name: mean(found[name] for found, _, _ in runs) for name in runs[0][0]}
    return {name: score for name, score in means.items() if abs(score - 0.5) > _tells(name)}


def _tells(feature: str) -> float:
    # Not every persona of two keeps notes or blocks somebody: fewer pairs, and so a wider spread of chance.
    return 0.1 if feature.startswith(("kept", "block", "push")) else 0.05


@pytest.mark.full
def test_nor_do_those_of_a_thousand_people_over_five_houses(tmp_path: Path, sqlite_url: str) -> None:
    runs = [_run(tmp_path, seed, 1000, sqlite_url) for seed in (3, 4, 5, 6, 7)]
    assert min(planted for _, _, planted in runs) > 0.62, "the test has no power"
    assert [shared for _, shared, _ in runs] == [0] * 5
    means = {name: mean(found[name] for found, _, _ in runs) for name in runs[0][0]}
    assert {name: score for name, score in means.items() if not 0.48 <= score <= 0.52} == {}

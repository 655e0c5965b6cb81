"""T7: whoever wrote something unnamed, everybody else's pages are the same bytes.

The same things happen in several houses by the same chance; in each of them another of
three people is its author. Then everybody's every page, list and JSON answer is held
against the same in the other houses: for a visitor, somebody outside, members, whoever
the suspect has blocked, whoever has her blocked, the host, the care team; and for the
third of the three, who knows only that it was not she. At rest they differ in the
tokens alone. Oracles planted on purpose are seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest

from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import show_id
from mashrabiya.testing.houses import KINDS
from tests.oracles import chance as chances
from tests.oracles.chance import Chance
from tests.oracles.ground import Ground
from tests.oracles.happenings import tell
from tests.oracles.lived import HAPPENINGS, UNMOVED
from tests.oracles.looking import EVERYBODY, Rows, Seen, at_rest, differences, look, told
from tests.oracles.plants import PLANTS, what_is_unnamed_is_told_to_its_name
from tests.oracles.world import AUTHORS, BLOCKER, SUSPECT, Told, opened, settle_in, write_unnamed

# The suspect and somebody else.
TWO = AUTHORS[:2]
# Where more is shown than elsewhere, every address of the house is asked.
EVERYWHERE = {"the unnamed helped, is welcomed and reported"}


class Beginning:
    """The house before the secret, to be opened again and again."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.unmoved: dict[str, Rows] = {}
        with pytest.MonkeyPatch.context() as patch:
            self.told: Told = settle_in(ground, chances.hold(patch))


@pytest.fixture(scope="module", params=KINDS)
def beginning(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Beginning:
    server = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    return Beginning(Ground(tmp_path_factory.mktemp("beginning"), server))


@pytest.fixture
def chance(monkeypatch: pytest.MonkeyPatch) -> Iterator[Chance]:
    yield chances.hold(monkeypatch)
    clock.offset = 0.0


class Houses:
    """The houses of one test, one after the other."""

    def __init__(self, beginning: Beginning, chance: Chance, folder: Path) -> None:
        self.beginning, self.chance, self.folder = beginning, chance, folder

    def after(self, happens: str, author: str, *viewers: str, everywhere: bool = False) -> tuple[Seen, Rows]:
        """What they see, and what is kept, once this has happened where she is the author."""
        clock.offset = 0.0
        folder = self.folder / author
        with opened(folder, self.beginning.ground, self.chance, self.beginning.told) as world:
            write_unnamed(world, author)
            tell(world)
            answers = HAPPENINGS[happens](world)
            tell(world)
            seen = look(world, *viewers, everywhere=everywhere)
            seen |= {("whoever did it", f"answer {n}"): told(page) for n, page in enumerate(answers)}
            return seen, at_rest(world)

    def unmoved(self, author: str) -> Rows:
        """What is kept where nothing has happened since she wrote."""
        known = self.beginning.unmoved
        if author not in known:
            known[author] = Houses(self.beginning, self.chance, self.folder / "unmoved").after(
                UNMOVED, author
            )[1]
        return known[author]


@pytest.fixture
def houses(beginning: Beginning, chance: Chance, tmp_path: Path) -> Houses:
    return Houses(beginning, chance, tmp_path)


@pytest.mark.parametrize("happens", HAPPENINGS)
def test_t7_nobody_can_tell_who_wrote_it(houses: Houses, happens: str) -> None:
    hold_apart(houses, happens, *TWO, everywhere=happens in EVERYWHERE)


# On one kind: what each page asks is the same on both, and this takes a quarter of an hour.
@pytest.mark.full
@pytest.mark.parametrize("beginning", KINDS[:1], indirect=True)
@pytest.mark.parametrize("pair", list(combinations(AUTHORS, 2)), ids="-".join)
@pytest.mark.parametrize("happens", HAPPENINGS)
def test_t7_nor_can_anybody_wherever_she_looks(houses: Houses, happens: str, pair: tuple[str, str]) -> None:
    hold_apart(houses, happens, *pair, everywhere=True)


def hold_apart(houses: Houses, happens: str, one: str, other: str, *, everywhere: bool) -> None:
    """Nothing tells a house in which one of them is the author from that in which the other is."""
    viewers = [who for who in EVERYBODY if who not in {one, other}]
    (seen, kept), (other_seen, other_kept) = (
        houses.after(happens, author, *viewers, everywhere=everywhere) for author in (one, other)
    )
    apart = differences(seen, other_seen)
    assert apart == [], "\n".join(apart[:10])
    # Whoever holds the disk, too, finds nothing but tokens, and what is made of them.
    assert [name for name in kept if kept[name] != other_kept[name]] == []
    assert happens == UNMOVED or kept != houses.unmoved(one), "it did not happen"


def test_t7_everybody_who_looks_is_let_in(houses: Houses) -> None:
    seen, _ = houses.after(UNMOVED, SUSPECT, *EVERYBODY)
    threads = houses.beginning.told.threads
    for who in EVERYBODY:
        assert "👍".encode() in seen[who, threads["Open"]][2], who
        assert seen[who, "/"][0] == 200
    desk = f"/c/{show_id(houses.beginning.told.cid)}/care"
    assert [seen[who, desk][0] for who in ("Mona", "Bob")] == [200, 404]


@pytest.mark.parametrize("planted", PLANTS)
def test_t7_an_oracle_planted_on_purpose_is_seen(
    houses: Houses, monkeypatch: pytest.MonkeyPatch, planted: str
) -> None:
    """Else the suite would have no power."""
    happens, plant = PLANTS[planted]
    plant(monkeypatch)
    (seen, _), (other_seen, _) = (houses.after(happens, author, "Bob", BLOCKER) for author in TWO)
    assert differences(seen, other_seen)


def test_t7_a_notice_that_lies_under_her_name_is_seen_at_rest(
    houses: Houses, monkeypatch: pytest.MonkeyPatch
) -> None:
    what_is_unnamed_is_told_to_its_name(monkeypatch)
    happens = "whom the suspect has blocked writes to the unnamed"
    (_, kept), (_, other_kept) = (houses.after(happens, author, "Bob") for author in TWO)
    assert kept["notice"] != other_kept["notice"]

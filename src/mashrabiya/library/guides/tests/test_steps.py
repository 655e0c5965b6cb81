"""A step keeps its key wherever an edition puts it, and none falls to a step of which it was not said."""

from __future__ import annotations

from mashrabiya.library.guides.drawing import pack, unpack
from mashrabiya.library.guides.steps import carried
from mashrabiya.library.guides.types import Parts, Section, Step

SIT = ("Sit down", "<p>Breathe slowly, and count to ten before anything else.</p>")
WALK = ("Walk to the door", "<p>Take your keys and your papers, and nothing that is heavy.</p>")
CALL = ("Call somebody", "<p>Choose one person who knows already; say in one sentence what you need.</p>")
EAT = ("Eat something", "<p>Bread is enough. Drink water after it.</p>")
AR = (
    ("الجلوس", "<p>تنفّس بطيء، والعدّ إلى عشرة قبل أي شيء.</p>"),
    ("المشي إلى الباب", "<p>المفاتيح والأوراق، ولا شيء ثقيل.</p>"),
    ("الاتصال بأحد", "<p>شخص واحد يعرف، وجملة واحدة عمّا يلزم.</p>"),
)
AR_EAT = ("الأكل", "<p>يكفي الخبز، والماء بعده.</p>")


def parts(*steps: tuple[str, str]) -> Parts:
    drawn = tuple(Step(title, html, place) for place, (title, html) in enumerate(steps, 1))
    return Parts("", (Section("before", "", "<p></p>"), Section("steps", "", "", drawn)), "", (), (), ())


def keys(found: Parts) -> list[int]:
    return [step.key for step in found.steps]


FIRST = carried(parts(SIT, WALK, CALL))


def after(
    *steps: tuple[str, str], before: Parts = FIRST, beside: Parts | None = None, used: int = 3
) -> list[int]:
    return keys(carried(parts(*steps), before=before.steps, beside=beside.steps if beside else (), used=used))


def test_in_the_first_edition_it_is_the_place() -> None:
    assert keys(FIRST) == [1, 2, 3]


def test_put_in_another_order_each_keeps_its_own() -> None:
    assert after(CALL, SIT, WALK) == [3, 1, 2]


def test_a_new_one_has_a_key_that_nobody_had() -> None:
    assert after(SIT, EAT, WALK, CALL) == [1, 4, 2, 3]
    assert after(SIT, EAT, WALK, CALL, used=9) == [1, 10, 2, 3], "also of one that was taken out long ago"


def test_one_that_goes_takes_its_key_along() -> None:
    assert after(SIT, CALL) == [1, 3]
    assert after(SIT, EAT, CALL) == [1, 4, 3], "another in its place is not it"


def test_worded_anew_and_moved_it_is_the_same() -> None:
    walked = ("Go to the door", "<p>Take keys and your papers, nothing that is very heavy.</p>")
    called = ("Call somebody", "<p>Whom you trust.</p>")
    assert after(called, walked, SIT) == [3, 2, 1]


def test_numbers_of_sources_and_links_make_it_no_other_one() -> None:
    cited = (
        "Sit down",
        '<p>Breathe slowly, and count to ten before anything else.<sup><a href="#s1">[1]</a></sup></p>',
    )
    moved = (
        "Sit",
        '<p><a href="/y">Breathe slowly</a>, and count to ten before anything else.<sup><a href="#s7">[7]</a></sup></p>',
    )
    first = carried(parts(cited, WALK))
    assert after(WALK, moved, before=first, used=2) == [2, 1]


def test_two_that_say_the_same_stay_where_they_are() -> None:
    first = carried(parts(SIT, SIT, WALK))
    assert after(SIT, SIT, WALK, before=first) == [1, 2, 3]
    assert after(WALK, SIT, SIT, before=first) == [3, 1, 2] or after(WALK, SIT, SIT, before=first) == [
        3,
        2,
        1,
    ]


def test_the_second_language_begins_with_the_keys_of_the_first() -> None:
    english = carried(parts(CALL, SIT, WALK), before=FIRST.steps, used=3)
    arabic = carried(parts(AR[2], AR[0], AR[1]), beside=english.steps, used=3)
    assert keys(arabic) == [3, 1, 2]


def test_where_it_has_more_steps_than_the_first_nobody_knows_which_is_which() -> None:
    assert keys(carried(parts(*AR, AR_EAT), beside=FIRST.steps, used=3)) == [4, 5, 6, 7]


def test_the_other_language_follows() -> None:
    arabic = carried(parts(*AR), beside=FIRST.steps, used=3)
    english = carried(parts(EAT, CALL, SIT, WALK), before=FIRST.steps, beside=arabic.steps, used=3)
    assert keys(english) == [4, 3, 1, 2]
    followed = carried(parts(AR_EAT, AR[2], AR[0], AR[1]), before=arabic.steps, beside=english.steps, used=4)
    assert keys(followed) == [4, 3, 1, 2]


def test_a_step_that_is_replaced_does_not_take_its_key_from_a_language_that_lags() -> None:
    arabic = carried(parts(*AR), beside=FIRST.steps, used=3)
    second = carried(parts(SIT, EAT, CALL), before=FIRST.steps, beside=arabic.steps, used=3)
    assert keys(second) == [1, 4, 3]
    other = ("Write it down", "<p>Paper that burns is better than a telephone that remembers.</p>")
    third = carried(
        parts(SIT, other, CALL), before=second.steps, earlier=FIRST.steps, beside=arabic.steps, used=4
    )
    assert keys(third) == [1, 5, 3]


def test_what_was_taken_out_and_comes_again_is_what_it_was() -> None:
    second = carried(parts(SIT, CALL), before=FIRST.steps, used=3)
    third = carried(parts(CALL, WALK, SIT), before=second.steps, earlier=FIRST.steps, used=3)
    assert keys(third) == [3, 2, 1]


def test_no_key_is_there_twice() -> None:
    """However steps are put together, of their words or of others."""
    bank = (SIT, WALK, CALL, EAT, *AR, AR_EAT)
    stands, earlier, used = FIRST, list[Step](), 3
    for turn in range(60):
        chosen = [bank[(turn * 5 + at * (1 + turn % 3)) % len(bank)] for at in range(1 + turn % 5)]
        after_it = carried(
            parts(*chosen),
            before=stands.steps,
            earlier=earlier,
            beside=FIRST.steps if turn % 2 else (),
            used=used,
        )
        found = keys(after_it)
        assert len(set(found)) == len(found), (turn, found)
        earlier = [*stands.steps, *earlier]
        used, stands = max(used, *found), after_it


def test_what_was_kept_before_steps_had_keys_is_read_by_place() -> None:
    kept = pack(parts(SIT, WALK)).replace(',"key":1', "").replace(',"key":2', "")
    assert '"key":1' not in kept
    assert keys(unpack(kept)) == [1, 2]

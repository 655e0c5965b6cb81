"""What is found, what is not, where it stands, and what it costs."""

from __future__ import annotations

import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mashrabiya.safety.screening import Kind, find_traces, marked
from mashrabiya.safety.screening.search import MOST
from mashrabiya.safety.screening.tests.labelled import fits, harmless, traces

PRECISION, RECALL = 0.97, 0.92
LONGEST = 12_000

# What people type to get past a machine, and what a machine might choke on.
UNITS = [
    "1",
    "1 ",
    "1a",
    "0",
    "07",
    "0795550142 ",
    "0795550142",
    "+1",
    "+",
    "00",
    "(0",
    "01-",
    "1-1-1 ",
    "12/",
    "1.",
    "1,",
    "a@",
    "@",
    "@a",
    "a.",
    "a@a.",
    "at ",
    "a at b dot ",
    "[at]",
    "sara at ",
    "نور آت ",
    "صفر ",
    "صفر سبعة تسعة ",
    "one two three five ",
    "double ",
    "insta ",
    "insta:",
    "insta is my name ",
    "سناب ",
    "t.me/",
    "t.me/a ",
    "https://",
    "https://a ",
    "google.com/maps ",
    "31.9543 ",
    "31.95432,35.91234 ",
    "شارع ",
    "شارع كذا ",
    "شارع كذا ٣ بناية ",
    "حي الله طابق ٣ ",
    "عمارة ٢ شقة ٣ ",
    "ساكن في شارع ",
    "12 oak ",
    "12 a b c ",
    "flat 3, ",
    "apt 4 ",
    "street ",
    "12 rue ",
    "id ",
    "رقم الهوية 12345 ",
    "DE89 3704 0044 ",
    "4111 1111 ",
    "ا ب ج ",
    "123-45-6789 ",
    "\u200b",
    "٠\u200b",
    "é",
    "x/",
    "u/",
    "a#1234 ",
    "°'",
    "31°57'",
    "+ab",
    "///a.b.c",
    "p.o. box ",
    "ab1 2cd ",
    "رقم السيارة ",
    "plate ",
    "username ",
    "حسابي ",
    "gmail: a.",
    "a-",
    "_",
    "0o",
    "o0 ",
    "l1",
    "(((",
    "İ",
    "𝟎",
    "0.1 ",
    "12 straße ",
    "calle a b ",
    "i live on a ",
]


def test_enough_was_labelled() -> None:
    assert sum(len(case.spans) for case in traces()) >= 300
    assert len(set(harmless())) >= 500


def test_precision_and_recall_of_each_kind() -> None:
    found, missed, wrong = Counter[Kind](), Counter[Kind](), Counter[Kind]()
    for case in traces():
        got = find_traces(case.text)
        right = {trace for span in case.spans for trace in got if fits(trace, case, span)}
        hits = sum(any(fits(trace, case, span) for trace in got) for span in case.spans)
        found[case.kind] += hits
        missed[case.kind] += len(case.spans) - hits
        wrong.update(trace.kind for trace in got if trace not in right)
    wrong.update(trace.kind for text in harmless() for trace in find_traces(text))
    for kind in Kind:
        assert found[kind] >= 12, kind
        assert found[kind] / (found[kind] + wrong[kind]) >= PRECISION, kind
        assert found[kind] / (found[kind] + missed[kind]) >= RECALL, kind


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("رقمي ٠٧٩ ٥٥٥ ٠١٤٢ في المساء", "٠٧٩ ٥٥٥ ٠١٤٢"),
        ("a\u200bb\u0301 0\u200b7\u200b9 555\ufe0f 0142\u200b!", "0\u200b7\u200b9 555\ufe0f 0142"),
        ("\u202b٠٧٩٥٥٥٠١٤٢\u202c", "٠٧٩٥٥٥٠١٤٢"),
        ("İstanbul İ İ: 0532 555 01 42.", "0532 555 01 42"),
        ("Ⱥ 0795550142", "0795550142"),
    ],
)
def test_found_where_it_was_typed(text: str, found: str) -> None:
    assert [trace.found for trace in find_traces(text)] == [found]


def test_a_word_or_a_unit_decides_what_a_number_is() -> None:
    assert find_traces("رقمي 795 550 142")
    assert not find_traces("عددهم 795 550 142")
    assert find_traces("71555142")
    assert not find_traces("71555142 ليرة")
    assert find_traces("my passport number is N1234567")
    assert not find_traces("my passport expires 12/05/2027")


def test_a_street_is_no_address_until_somebody_can_be_met_there() -> None:
    assert not find_traces("مشيت في شارع الحمرا")
    assert find_traces("ساكنة في شارع الحمرا")
    assert not find_traces("a long walk down Oak Street")
    assert find_traces("I live on Oak Street")


def test_a_link_to_an_account_is_found_and_one_to_a_page_is_not() -> None:
    assert find_traces("https://www.instagram.com/sara_k92")
    assert not find_traces("https://www.instagram.com/p/CxYz123/")
    assert not find_traces("https://example.org/story/0795550142")


def test_no_more_than_can_be_shown() -> None:
    many = " ".join(f"0795550{number:03}" for number in range(MOST + 20))
    assert len(find_traces(many)) == MOST


_SIGNS = st.sampled_from([*"0123456789٠٧٩۰+()-./@: \n#°',", "\u200b", "\u0640", "İ", "أ", "س", "a", "o"])
_BITS = st.sampled_from([unit for unit in UNITS if unit])


@given(st.one_of(st.text(), st.text(_SIGNS, max_size=80), st.lists(_BITS, max_size=30).map("".join)))
def test_offsets_fit_any_text(text: str) -> None:
    place = 0
    for trace in find_traces(text):
        assert place <= trace.start < trace.end <= len(text)
        assert text[trace.start : trace.end] == trace.found
        place = trace.end
    assert "".join(segment.text for segment in marked(text, find_traces(text))) == text


@given(
    st.text(_SIGNS, max_size=40).map(lambda text: text.replace("@", "")),
    st.text("\u200b\u0640\ufe0f", min_size=1),
)
def test_unseen_signs_hide_nothing(text: str, unseen: str) -> None:
    spread = unseen.join(text)
    assert [trace.kind for trace in find_traces(spread)] == [trace.kind for trace in find_traces(text)]


@pytest.mark.parametrize("unit", UNITS)
def test_cost_grows_no_faster_than_the_worst_text(unit: str) -> None:
    """Against itself in one run: how long it takes belongs to the bench."""
    short, long = (unit * LONGEST)[: LONGEST // 4], (unit * LONGEST)[: LONGEST * 2]
    assert _cost(long) < _cost(short) * 24 + 0.002


def test_cost_grows_no_faster_than_the_text() -> None:
    slow = "شارع كذا ٣ بناية DE89 3704 0044 0 o0 رقم الهوية 12345 12 oak "
    short, long = (slow * LONGEST)[:LONGEST], (slow * LONGEST)[: LONGEST * 8]
    assert _cost(long) < _cost(short) * 20


def _cost(text: str) -> float:
    """Processor time of looking through a text once, the best of five."""
    best = 1.0
    for _ in range(5):
        began = time.process_time()
        find_traces(text)
        best = min(best, time.process_time() - began)
    return best

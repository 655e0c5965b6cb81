"""Each check finds the accident that it is there for, and lets the sound thing pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.check.budgets import python_budgets
from tools.check.catalogues import NAMED, Entry, against_each_other, alone, keys_in, read_all, twice
from tools.check.places import FORBIDDEN
from tools.check.source import ROOT
from tools.check.styles import style_faults
from tools.check.tables import points_up
from tools.check.templates import missing, script_faults, template_faults, unknown
from tools.check.words import word_faults

SOURCE = ROOT / "src" / "mashrabiya" / "x.py"


def entry(*texts: str, language: str = "ar", address: str = "", key: str = "thread.reply") -> Entry:
    return Entry("x.po", 1, language, "discussions", key, address, texts, len(texts) > 1)


@pytest.mark.parametrize(
    "source",
    [
        "x = 1\n" * 301,
        "def f():\n" + "    x = 1\n" * 41,
        "def f(a, b, c, d, e): ...",
        "def f():\n  for a in b:\n    if a:\n      with a:\n        while a:\n          pass",
    ],
)
def test_a_budget_that_is_passed_is_told(source: str) -> None:
    assert list(python_budgets(SOURCE, source))


def test_what_fits_the_budget_passes() -> None:
    source = "def f(self, a, b, c, d, *, e):\n  if a:\n    pass\n  elif b:\n    pass\n  elif c:\n    pass\n  elif d:\n    pass"
    assert not list(python_budgets(SOURCE, source))


@pytest.mark.parametrize(
    "template",
    [
        "<p>Hello there</p>",
        "<p>مرحبا</p>",
        '{{ "مرحبا" }}',
        '<img alt="A picture">',
        '<p style="color: red">',
        '<button type="button" onclick="go()">',
        '<button class="btn">{{ _("act.save") }}</button>',
        '<input name="name">',
        "<script>go()</script>",
        "<style>p { color: red }</style>",
        '<a href="https://example.org/">',
        '<img src="//example.org/x.png">',
        '<a target="_blank">',
        "{{ post.title|safe }}",
        '<input placeholder="{% if x %}Your name{% endif %}">',
    ],
)
def test_a_template_with_a_fault_is_told(template: str) -> None:
    assert list(template_faults(template))


@pytest.mark.parametrize(
    "template",
    [
        '<p class="a {% if x %}b{% endif %}" dir="auto">{{ _("thread.reply") }} · {{ n|digits }}</p>',
        "{# a word to the reader of the source #}{{ post.html|safe }}",
        '<pre><code>mashrabiya backup --data {{ folder }}</code></pre><a href="/c/{{ id }}">{{ name }}</a>',
        '<input type="hidden" name="kind" value="advice">',
    ],
)
def test_a_sound_template_passes(template: str) -> None:
    assert not list(template_faults(template))


def test_the_help_page_may_carry_its_own_style() -> None:
    assert not list(template_faults("<style>p { color: red }</style>", own_style=True))


@pytest.mark.parametrize(
    "sheet",
    [
        ".a { margin-left: 1px }",
        ".a{padding-right:1px}",
        ".a { left: 0 }",
        ".a { text-align: right }",
        ".a { float: left }",
        ".a { border-top-left-radius: 1px }",
        "@import 'x.css';",
        ".a { background: url(https://example.org/x.png) }",
        "@font-face { font-family: x }",
    ],
)
def test_a_sheet_that_knows_left_or_another_host_is_told(sheet: str) -> None:
    assert list(style_faults(sheet))


def test_a_logical_sheet_passes() -> None:
    sheet = "/* left: of old */ .a { margin-inline-start: 1px; inset-inline-end: 0; text-align: start; float: none }"
    assert not list(style_faults(sheet))


def test_scripts_build_nodes_and_stay_at_home() -> None:
    assert list(script_faults("box.innerHTML = text"))
    assert list(script_faults('fetch("https://example.org")'))
    assert not list(script_faults('document.createElementNS("http://www.w3.org/2000/svg", "svg") // a note'))


@pytest.mark.parametrize(
    "text",
    [
        "٣ ردود!",
        "بعد 3 أيام",
        "هل هذا صحيح?",
        "حذف , ثم عودة",
        "تمّ الحفظ",
        "مجهول",
        "اكتب ردًّا",
        "بـ٤",
        "حفظ ؟",
    ],
)
def test_arabic_that_breaks_the_voice_is_told(text: str) -> None:
    assert list(word_faults(entry(text)))


@pytest.mark.parametrize("text", ["حُذف {what}.", "بعد ٣ أيام", "الصور فقط: JPEG، PNG.", "تحذفها {name}؟"])
def test_arabic_in_our_voice_passes(text: str) -> None:
    assert not list(word_faults(entry(text)))


def test_guidance_may_use_the_imperative_in_a_form_that_was_chosen() -> None:
    assert list(word_faults(entry("اكتبي ردًّا")))
    assert not list(word_faults(entry("اكتبي ردًّا", address="f")))


@pytest.mark.parametrize("text", ["Oops, not saved", "Saved!", "Users may…", "Are you sure?", "نعم"])
def test_english_that_breaks_the_voice_is_told(text: str) -> None:
    assert list(word_faults(entry(text, language="en")))


def test_a_message_without_its_twin_is_told() -> None:
    assert list(against_each_other((entry("ردّ"),)))
    assert list(against_each_other((entry("ردّ {a}"), entry("Reply {b}", language="en"))))
    assert not list(against_each_other((entry("ردّ {a}"), entry("Reply {a}", language="en"))))


def test_a_form_of_address_needs_its_neutral_form() -> None:
    twin = entry("Reply", language="en")
    assert list(against_each_other((entry("ردّ", address="f"), twin)))


def test_a_count_has_all_its_forms() -> None:
    assert list(alone(entry("لا ردود", "ردّ")))
    assert list(alone(entry("", language="en")))
    assert list(alone(entry("ردّ", address="female")))
    assert not list(alone(entry("0", "1", "2", "3", "11", "100")))


def test_a_key_that_stands_twice_in_one_catalogue_is_told() -> None:
    once = 'msgid ""\nmsgstr ""\n\nmsgid "thread.reply"\nmsgstr "ردّ"\n\nmsgctxt "f"\nmsgid "thread.reply"\nmsgstr "ردّي"\n'
    assert not list(twice("ar.po", once))
    merged = once + '\nmsgid "thread.reply"\nmsgstr "جواب"\n'
    assert [str(fault) for fault in twice("ar.po", merged)] == [
        "ar.po:11: thread.reply: stands already in line 4"
    ]
    assert len(list(twice("ar.po", once + '\nmsgctxt "f"\nmsgid "thread.reply"\nmsgstr "أجيبي"\n'))) == 1


def test_every_key_of_a_catalogue_is_seen_where_it_stands() -> None:
    entries = read_all()
    for path in {entry.path for entry in entries}:
        found = {(key, address or "") for address, key in NAMED.findall((ROOT / path).read_text("utf-8"))}
        assert found == {(entry.key, entry.address) for entry in entries if entry.path == path}


def test_keys_in_python_are_found() -> None:
    source = 'A = Denied("thread.closed")\nB = f"thread.kind_{k}"\nC = "thread.html"\nD = "no key"'
    assert set(keys_in(source, {"thread"})) == {("thread.closed", 1), ("thread.kind_*", 2)}


def test_foreign_keys_point_down_or_inside() -> None:
    assert not points_up("discussions", "communities")
    assert not points_up("discussions", "discussions")
    assert points_up("people", "communities")
    assert points_up("discussions", "messages")


def test_paths_of_one_machine_are_told() -> None:
    here = "/" + "root/x"
    assert any(form.search(here) for form in FORBIDDEN.values())
    assert not any(form.search("GET /api/home/x and ./data/root/x") for form in FORBIDDEN.values())
    assert Path(SOURCE).is_absolute()


@pytest.mark.parametrize(
    "source",
    [
        '{% include "home/_gone.html" %}',
        '{% extends "home/gone.html" %}',
        '{%- from "home/_gone.html" import field %}',
        '{% import "home/_gone.html" as gone %}',
        '{% include "home/home.html" if x else "home/gone.html" %}',
    ],
)
def test_a_template_that_is_named_and_not_there_is_told(source: str) -> None:
    assert list(missing(source, {"home/home.html"}))
    assert not list(missing("{# " + source + " #}", set()))
    assert not list(missing('{% include "home/home.html" %}', {"home/home.html"}))


def test_a_door_that_shows_no_template_is_told() -> None:
    assert list(unknown('page(request, "home/gone.html")', {"home/home.html"}))
    assert not list(unknown('page(request, "home/home.html")', {"home/home.html"}))

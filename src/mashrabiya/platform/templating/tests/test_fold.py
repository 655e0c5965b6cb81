"""Folding texts into templates."""

import minijinja

from mashrabiya.kernel.viewer import Tongue
from mashrabiya.platform.languages import catalogue
from mashrabiya.platform.templating.calls import calls_in
from mashrabiya.platform.templating.environment import _filters
from mashrabiya.platform.templating.fold import fold


def render(source: str, language: str = "en", **values: object) -> str:
    tongue = Tongue.of(language)
    texts = catalogue(language)
    folded = fold(source, texts, tongue, lambda name: f"/a/{name}")
    environment = minijinja.Environment(templates={"x.html": folded}, filters=_filters(texts, tongue))
    return environment.render_template("x.html", **values)


def test_a_text_is_folded() -> None:
    assert render('<b>{{ _("nav.help_now") }}</b>') == "<b>Help now</b>"


def test_an_inserted_value_is_isolated_and_escaped() -> None:
    said = render('{{ _("home.hello", name=who) }}', who="<i>")
    assert said == "Hello, <bdi>&lt;i&gt;</bdi>"


def test_counts_choose_their_form_when_rendered() -> None:
    source = '{{ _n("thread.replies", n=t.replies) }}'
    assert [render(source, "ar", t={"replies": n}) for n in (0, 2, 11)] == ["لا ردود", "ردّان", "١١ ردًّا"]


def test_a_text_inside_a_tag_becomes_a_plain_string() -> None:
    assert render('{% set word = _("nav.help_now") %}{{ word }}') == "Help now"


def test_calls_are_found_with_their_expressions() -> None:
    (call,) = calls_in('{{ _("notice.reply", thread=names["a, (b)"].title|upper) }}')
    assert (call.name, call.key, call.values) == (
        "_",
        "notice.reply",
        {"thread": 'names["a, (b)"].title|upper'},
    )


def test_user_text_is_escaped() -> None:
    assert render("{{ x }}", x="<script>") == "&lt;script&gt;"


def test_a_path_of_the_house_keeps_its_slashes() -> None:
    assert render("{{ place|path }}", place="/t/4tfv?n=21#n21") == "/t/4tfv?n=21#n21"


def test_what_is_no_plain_path_is_escaped() -> None:
    assert '"' not in render("{{ place|path }}", place='/t/"onclick="x')
    assert render("{{ place|path }}", place="javascript:/x") == "javascript:&#x2f;x"

"""Folding: what is the same for every reader of a language becomes plain text in the template.

Measured, this halves the cost of a page (docs/decisions/0002): no text is looked
up, and no file name hashed, while a request waits.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import escape

from mashrabiya.kernel.viewer import Tongue
from mashrabiya.platform.art.icons import FLIPPED
from mashrabiya.platform.languages import Catalogue, direction
from mashrabiya.platform.languages.plurals import CONDITIONS
from mashrabiya.platform.templating.calls import Call, replace_calls

_NESTED = re.compile(r"(?<!\w)_\(\"([^\"]+)\"\)")
_HOLE = re.compile(r"\{(\w+)\}")
_BREAKS = re.compile(r"\n\s*")


def fold(source: str, texts: Catalogue, tongue: Tongue, asset: Callable[[str], str]) -> str:
    """The template in the reader's language, form of address and digits."""
    writers: dict[str, Callable[[Call], str]] = {
        "_": lambda call: _sentence(texts.text(call.key, tongue), call, _in_text),
        "_a": lambda call: _sentence(texts.text(call.key, tongue), call, _in_attribute),
        "_n": lambda call: _count(texts.forms(call.key, tongue), call, texts.language),
        "icon": lambda call: icon(call.key),
        "asset": lambda call: asset(call.key),
    }
    folded = replace_calls(source, lambda call: writers[call.name](call))
    # A text handed to a macro or a set becomes a plain string of the template language.
    folded = _NESTED.sub(lambda found: json.dumps(texts.text(found[1], tongue), ensure_ascii=False), folded)
    folded = folded.replace("{{ lang }}", tongue.language)
    folded = folded.replace("{{ dir }}", direction(tongue.language))
    return _BREAKS.sub("\n", folded)


def icon(name: str) -> str:
    """An icon of the sprite, unseen by screen readers since a word stands beside it."""
    flip = " flip" if name in FLIPPED else ""
    return f'<svg class="i{flip}" aria-hidden="true"><use href="#{name}"/></svg>'


def _in_text(expression: str) -> str:
    return "<bdi>{{ " + expression + " }}</bdi>"


def _in_attribute(expression: str) -> str:
    return "\u2068{{ " + expression + " }}\u2069"


def _sentence(text: str, call: Call, isolate: Callable[[str], str]) -> str:
    def fill(hole: re.Match[str]) -> str:
        return isolate(call.values[hole[1]])

    return _HOLE.sub(fill, escape(text))


def _count(forms: tuple[str, ...], call: Call, language: str) -> str:
    n = call.values["n"]
    branches = []
    for place, form in enumerate(forms):
        filled = escape(form).replace("{n}", "{{ (" + n + ")|digits }}")
        test = CONDITIONS[language][place].format(n=f"({n})") if place < len(forms) - 1 else ""
        branches.append(
            ("{% if " if place == 0 else "{% elif ") + test + " %}" + filled
            if test
            else "{% else %}" + filled
        )
    return "".join(branches) + "{% endif %}"

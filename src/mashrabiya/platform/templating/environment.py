"""One minijinja environment per way of speaking to the reader, made when first needed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import minijinja

from mashrabiya.kernel import clock
from mashrabiya.kernel.viewer import Tongue
from mashrabiya.platform.art.door import door
from mashrabiya.platform.art.icons import sprite
from mashrabiya.platform.art.tile import light, tile
from mashrabiya.platform.languages import Catalogue, catalogue, to_digits, when_key, whole_months
from mashrabiya.platform.templating.calls import calls_in
from mashrabiya.platform.templating.fold import fold, icon

ROOT = Path(__file__).resolve().parents[2]
_USES = re.compile(r'\{%-?\s*(?:extends|include|import|from)\s+"([^"]+)"')
_PLAIN_PATH = re.compile(r"/[\w/?=#.-]*", re.ASCII)
_NOTED = re.compile(r"\{#\s*icons:\s*([\w\s-]+?)\s*#\}")


def template_path(name: str) -> Path:
    """Where ``domain/page.html`` lies: in that domain's folder."""
    domain, _, rest = name.partition("/")
    return ROOT / domain / "templates" / rest


class Templates:
    """Renders a template for a reader. ``asset`` gives the address of a file of the house."""

    def __init__(self, asset: Callable[[str], str]) -> None:
        self._asset = asset
        self._environments: dict[Tongue, minijinja.Environment] = {}
        self._sprites: dict[str, str] = {}

    def render(self, name: str, tongue: Tongue, values: dict[str, Any]) -> str:
        """The page. ``values`` are what the template speaks of; its sprite of icons comes with it."""
        environment = self._environments.get(tongue)
        if environment is None:
            environment = self._environments[tongue] = self._make(tongue)
        return environment.render_template(name, sprite=self._sprite(name), **values)

    def _make(self, tongue: Tongue) -> minijinja.Environment:
        texts = catalogue(tongue.language)

        def load(name: str) -> str:
            source = template_path(name).read_text(encoding="utf-8")
            return fold(source, texts, tongue, self._asset)

        return minijinja.Environment(
            loader=load,
            filters=_filters(texts, tongue),
            trim_blocks=True,
            lstrip_blocks=True,
            undefined_behavior="chainable",
            reload_before_render=False,
        )

    def _sprite(self, name: str) -> str:
        found = self._sprites.get(name)
        if found is None:
            found = self._sprites[name] = minijinja.Markup(sprite(sorted(icons_of(name))))
        return found


def icons_of(name: str) -> set[str]:
    """The icons a template and all it is made of can show."""
    names: set[str] = set()
    waiting, seen = [name], set()
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        source = template_path(current).read_text(encoding="utf-8")
        names.update(call.key for call in calls_in(source) if call.name == "icon")
        names.update(word for noted in _NOTED.findall(source) for word in noted.split())
        waiting.extend(_USES.findall(source))
    return names


def own_path(address: str) -> str:
    """A path of the house as it stands; whatever else it might be is escaped as any text is.

    The template language writes every slash as an entity of six letters.
    """
    return minijinja.Markup(address) if _PLAIN_PATH.fullmatch(address) else address


def _filters(texts: Catalogue, tongue: Tongue) -> dict[str, Callable[..., Any]]:
    whens: dict[str, str] = {}

    def when(then: int) -> str:
        key = when_key(then, clock.now())
        return whens.get(key) or whens.setdefault(key, texts.text(key, tongue))

    return {
        "digits": lambda number: to_digits(str(number), tongue.digits),
        "when": when,
        "text": lambda key: texts.text(key, tongue),
        "icon": lambda name: minijinja.Markup(icon(name)),
        "tile": lambda seed: minijinja.Markup(tile(seed)),
        "door": lambda seed: minijinja.Markup(door(seed)),
        "light": light,
        "path": own_path,
        "months": whole_months,
    }

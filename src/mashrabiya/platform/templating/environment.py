"""One minijinja environment per way of speaking to the reader, made when first needed."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import minijinja

from mashrabiya.kernel import clock
from mashrabiya.kernel.viewer import Tongue
from mashrabiya.platform.art.door import door
from mashrabiya.platform.art.icons import sprite
from mashrabiya.platform.art.tile import light, tile
from mashrabiya.platform.languages import Catalogue, catalogue, direction, to_digits, when_key, whole_months
from mashrabiya.platform.templating.calls import calls_in
from mashrabiya.platform.templating.fold import fold, icon

ROOT = Path(__file__).resolve().parents[2]
REMEMBERED = 4096
_USES = re.compile(r'\{%-?\s*(?:extends|include|import|from)\s+"([^"]+)"')
_DISCREET, _USUAL = ".discreet.html", "usual/"
_PLAIN_PATH = re.compile(r"/[\w/?=#.-]*", re.ASCII)
_NOTED = re.compile(r"\{#\s*icons:\s*([\w\s-]+?)\s*#\}")


def template_path(name: str) -> Path:
    """Where ``domain/page.html`` lies: in that domain's folder."""
    domain, _, rest = name.partition("/")
    return ROOT / domain / "templates" / rest


def template_for(name: str, *, discreet: bool) -> Path:
    """The file that is read under this name: in the neutral look ``page.discreet.html``, where there is one.

    Such a file may hold the usual one, by the name ``usual/domain/page.html``.
    """
    name, usual = name.removeprefix(_USUAL), name.startswith(_USUAL)
    if discreet and not usual:
        own = template_path(name.removesuffix(".html") + _DISCREET)
        if own.is_file():
            return own
    return template_path(name)


class Templates:
    """Renders a template for a reader. ``asset`` gives the address of a file of the house.

    The neutral look has an environment of its own, so that the usual one pays nothing for it.
    """

    def __init__(self, asset: Callable[[str], str]) -> None:
        self._asset = asset
        self._environments: dict[Tongue, minijinja.Environment] = {}
        self._sprites: dict[tuple[str, bool], str] = {}

    def render(self, name: str, tongue: Tongue, values: dict[str, Any]) -> str:
        """The page. ``values`` are what the template speaks of; its sprite of icons comes with it."""
        environment = self._environments.get(tongue)
        if environment is None:
            environment = self._environments[tongue] = self._make(tongue)
        return environment.render_template(name, sprite=self._sprite(name, tongue.discreet), **values)

    def _make(self, tongue: Tongue) -> minijinja.Environment:
        texts = catalogue(tongue.language)

        def load(name: str) -> str:
            source = template_for(name, discreet=tongue.discreet).read_text(encoding="utf-8")
            return fold(source, texts, tongue, self._asset)

        return minijinja.Environment(
            loader=load,
            filters=_filters(texts, tongue),
            trim_blocks=True,
            lstrip_blocks=True,
            undefined_behavior="chainable",
            reload_before_render=False,
        )

    def _sprite(self, name: str, discreet: bool) -> str:
        found = self._sprites.get((name, discreet))
        if found is None:
            drawn = minijinja.Markup(sprite(sorted(icons_of(name, discreet=discreet))))
            found = self._sprites[name, discreet] = drawn
        return found


def icons_of(name: str, *, discreet: bool = False) -> set[str]:
    """The icons a template and all it is made of can show."""
    names: set[str] = set()
    waiting, seen = [name], set()
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        source = template_for(current, discreet=discreet).read_text(encoding="utf-8")
        names.update(call.key for call in calls_in(source) if call.name == "icon")
        names.update(word for noted in _NOTED.findall(source) for word in noted.split())
        waiting.extend(_USES.findall(source))
    return names


def own_path(address: str) -> str:
    """A path of the house as it stands; whatever else it might be is escaped as any text is.

    The template language writes every slash as an entity of six letters.
    """
    return minijinja.Markup(address) if _PLAIN_PATH.fullmatch(address) else address


def number_of(shown: str) -> int:
    """What is called by a number in the neutral look has always the same: three digits from its address."""
    return 100 + zlib.crc32(shown.encode()) % 900


def _filters(texts: Catalogue, tongue: Tongue) -> dict[str, Callable[..., Any]]:
    """What templates ask of Python. A page asks the same of it a hundred times: answers are remembered."""

    @lru_cache(maxsize=REMEMBERED)
    def text(key: str) -> str:
        return texts.text(key, tongue)

    @lru_cache(maxsize=REMEMBERED)
    def figure(number: int) -> str:
        return to_digits(str(number), tongue.digits)

    # What was typed is never remembered: only numbers of our own are.
    def digits(shown: Any) -> str:
        return figure(shown) if type(shown) is int else to_digits(str(shown), tongue.digits)

    # No tiles and no doors in the neutral look: not even where no style sheet hides them.
    nothing = tongue.discreet
    return {
        "digits": digits,
        "dir": direction,
        "when": lambda then: text(when_key(then, clock.now())),
        "text": text,
        "icon": lru_cache(maxsize=REMEMBERED)(lambda name: minijinja.Markup(icon(name))),
        "tile": (lambda seed: "") if nothing else _drawn(tile),
        "door": (lambda seed: "") if nothing else _drawn(door),
        "light": light,
        "path": own_path,
        "months": whole_months,
        "number": lambda shown: to_digits(str(number_of(shown)), tongue.digits),
    }


def _drawn(draw: Callable[[bytes], str]) -> Callable[[bytes], minijinja.Markup]:
    return lru_cache(maxsize=REMEMBERED)(lambda seed: minijinja.Markup(draw(seed)))

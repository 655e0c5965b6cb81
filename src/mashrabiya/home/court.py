"""The answer to an order for data, as plain text: the very words of the page on what is kept."""

from __future__ import annotations

import re
from html import unescape

from mashrabiya.home.figures import figures
from mashrabiya.kernel.viewer import Tongue
from mashrabiya.platform.house import HouseSettings
from mashrabiya.platform.templating import Templates

_TAG = re.compile(r"<[^>]*>")


def answer(templates: Templates, house: HouseSettings, language: str) -> str:
    """What we can and cannot give, with the figures in force."""
    values = {"figures": figures(house), "house": house}
    html = templates.render("home/_court.html", Tongue.of(language), values)
    lines = (unescape(_TAG.sub("", line)).strip() for line in html.splitlines())
    return "\n\n".join(line for line in lines if line)

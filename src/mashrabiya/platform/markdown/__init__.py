"""Markdown: from what a person typed to HTML that may stand on any page.

It is rendered once, when it is written, and passes two walls. The first is our
own renderer over pyromark's events: it knows a handful of tags, writes raw HTML
out as text, shows no picture, and lets a link lead only to a path of this house
or, through the leaving page, to an http(s) address. The second is nh3 with an
explicit list of tags, which knows nothing of the first and would take away what
slipped through it.

pyromark rather than a Python parser: it takes the worst input in linear time
and a usual post in some 60 µs with our renderer, where markdown-it-py needs
1 ms and a whole second for twenty thousand opening brackets.

Names are references, kept as ids and drawn when a post is read (``references``): no
tag of a text stands for one, so none can be typed.
"""

from mashrabiya.platform.markdown.addresses import outside_address, own_path, shown_host
from mashrabiya.platform.markdown.references import (
    NAMELESS,
    NOBODY,
    Run,
    drawn,
    each_reference,
    holds_reference,
    nameless,
    reference,
    referred,
    runs,
)
from mashrabiya.platform.markdown.render import LONGEST, excerpt, links_lead_through, plain, render
from mashrabiya.platform.markdown.renderer import SealLink

__all__ = [
    "LONGEST",
    "NAMELESS",
    "NOBODY",
    "Run",
    "SealLink",
    "drawn",
    "each_reference",
    "excerpt",
    "holds_reference",
    "links_lead_through",
    "nameless",
    "outside_address",
    "own_path",
    "plain",
    "reference",
    "referred",
    "render",
    "runs",
    "shown_host",
]

"""The icons: own drawings on a 24 px grid, one line weight, no fill, always beside a word."""

from __future__ import annotations

from collections.abc import Iterable

SYMBOLS = {
    "bell": '<path d="M6 17v-6a6 6 0 0 1 12 0v6l1.5 1.5h-15zM12 5V3M10 21h4"/>',
    "book": (
        '<path d="M12 6.5C10 5 7.5 4.5 4 4.5v14c3.5 0 6 .5 8 2 2-1.5 4.5-2 8-2v-14c-3.5 0-6 .5-8 2zM12 '
        '6.5v14"/>'
    ),
    "cal": '<path d="M4 6h16v14H4zM4 10.5h16M8 3.5v4M16 3.5v4"/>',
    "check": '<path d="M5 12.5l4.5 4.5L19 7.5"/>',
    "checked": '<path d="M6 3h9l4 4v14H6z"/><path d="M9 13l2.5 2.5L16 11"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3 2"/>',
    "door": '<path d="M6 21V11c0-4 3-6.5 6-8 3 1.5 6 4 6 8v10z"/><path d="M6 14h12M12 3v18"/>',
    "dots": '<path d="M5 12h.01M12 12h.01M19 12h.01" stroke-width="3"/>',
    "down": '<path d="M6 9.5l6 6 6-6"/>',
    "ear": (
        '<path d="M8 20c-1.5-1-1-3-1.5-4.5C5.5 13.5 5 12 5 10a6.5 6.5 0 0 1 13 0c0 4-3.5 4.5-4 7.5-.5 '
        '3-4 4.5-6 2.5M9 10a3 3 0 0 1 6 0c0 2-2 2-2 4"/>'
    ),
    "echo": '<path d="M9 3.5 14.5 9 9 14.5 3.5 9z"/><path d="M15 9.5l5.5 5.5L15 20.5 9.5 15z"/>',
    "exit": '<path d="M14 4H5v16h9M10 12h10M16.5 8l4 4-4 4"/>',
    "eye": '<path d="M3 12c5-7 13-7 18 0-5 7-13 7-18 0z"/><circle cx="12" cy="12" r="2.5"/>',
    "fact": '<path d="M6 3h9l4 4v14H6zM9.5 11h6M9.5 15h6"/>',
    "flag": '<path d="M6 21V4M6 5c4-2.5 7 2 12 0v8c-5 2-8-2.5-12 0"/>',
    "hand": (
        '<path d="M8 13V5.5a1.5 1.5 0 0 1 3 0V11m0-6.5a1.5 1.5 0 0 1 3 0V11m0-5a1.5 1.5 0 0 1 3 0v8c0 '
        '4-2.5 7-6 7-4 0-5-2.5-7.5-7 1.5-1.5 3-.5 4.5 1.5"/>'
    ),
    "hide": '<path d="M3 10c5 6 13 6 18 0M6 13.5L4.5 16M12 15v3M18 13.5l1.5 2.5"/>',
    "home": '<path d="M4 11 12 4l8 7v9H4z"/><path d="M9.5 20v-5.5l2.5-2 2.5 2V20"/>',
    "key": '<circle cx="8" cy="12" r="4"/><path d="M12 12h9v4M17 12v3"/>',
    "lamp": '<path d="M12 2v3M8 9l1-4h6l1 4M7 9h10l-1.5 9h-7zM9 21h6M12 12v3"/>',
    "lang": '<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c5 5 5 12 0 17-5-5-5-12 0-17"/>',
    "lock": '<path d="M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3"/>',
    "msg": '<path d="M4 5h16v11H10l-4.5 4V16H4z"/>',
    "next": '<path d="M9.5 6l6 6-6 6"/>',
    "pause": '<path d="M9 5v14M15 5v14"/>',
    "people": (
        '<circle cx="9" cy="8" r="3.2"/>'
        '<path d="M3 20c0-4 2.5-6.5 6-6.5s6 2.5 6 6.5M16 5.5a3 3 0 0 1 0 5.5M17.5 14c2.3.8 3.5 3 3.5 6"/>'
    ),
    "pin": (
        '<path d="M12 21c-4-4.5-6.5-7.5-6.5-11a6.5 6.5 0 0 1 13 0c0 3.5-2.5 6.5-6.5 11z"/>'
        '<circle cx="12" cy="10" r="2.3"/>'
    ),
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "print": '<path d="M7 8V3.5h10V8M7 17H4V8h16v9h-3M7 14h10v6.5H7z"/>',
    "ring": (
        '<circle cx="12" cy="12" r="3"/>'
        '<circle cx="12" cy="4" r="1.6"/>'
        '<circle cx="19" cy="8.5" r="1.6"/>'
        '<circle cx="19" cy="15.8" r="1.6"/>'
        '<circle cx="12" cy="20" r="1.6"/>'
        '<circle cx="5" cy="15.8" r="1.6"/>'
        '<circle cx="5" cy="8.5" r="1.6"/>'
    ),
    "search": '<circle cx="10.5" cy="10.5" r="6"/><path d="M15 15l5.5 5.5"/>',
    "send": '<path d="M4 12h15M12.5 5.5L19 12l-6.5 6.5"/>',
    "shield": '<path d="M12 3l7 2.5V11c0 5-3 8-7 10-4-2-7-5-7-10V5.5z"/>',
    "star": (
        '<path d="M12 3l2 4.1 4.4-1.5L16.9 10l4.1 2-4.1 2 1.5 4.4-4.4-1.5L12 21l-2-4.1-4.4 1.5L7.1 14 3 '
        '12l4.1-2L5.6 5.6 10 7.1z"/>'
    ),
    "sun": (
        '<circle cx="12" cy="12" r="4"/>'
        '<path d="M12 3v2.5M12 18.5V21M3 12h2.5M18.5 12H21M5.6 5.6l1.8 1.8M16.6 16.6l1.8 1.8M18.4 '
        '5.6l-1.8 1.8M7.4 16.6l-1.8 1.8"/>'
    ),
    "talk": '<path d="M3.5 4h12v8.5H8l-3 3v-3H3.5z"/><path d="M18.5 9h2v8.5H19v3l-3-3H10v-2"/>',
    "warn": '<path d="M12 4l9 16H3zM12 10v4.5M12 17.3v.2"/>',
    "way": '<path d="M12 21V4M12 5h6l2.5 2.5L18 10h-6M12 12H6l-2.5 2.5L6 17h6"/>',
    "x": '<path d="M6 6l12 12M18 6L6 18"/>',
}

# those that point somewhere turn with the direction of the page
FLIPPED = frozenset({"exit", "msg", "next", "send", "talk"})


def icon(name: str) -> str:
    """A reference into the page's sprite; unknown names are refused while templates load."""
    if name not in SYMBOLS:
        raise KeyError(name)
    turning = " flip" if name in FLIPPED else ""
    return f'<svg class="i{turning}" aria-hidden="true"><use href="#{name}"/></svg>'


def sprite(names: Iterable[str]) -> str:
    """The symbols a page uses, once, at its beginning."""
    symbols = "".join(
        f'<symbol id="{name}" viewBox="0 0 24 24">{SYMBOLS[name]}</symbol>' for name in sorted(set(names))
    )
    return f'<svg width="0" height="0" class="vh" aria-hidden="true">{symbols}</svg>'

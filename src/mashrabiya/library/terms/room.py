"""What other rooms ask of the glossary, by ``site.rooms``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from html import escape, unescape

from mashrabiya.library.terms.glossary import Glossary
from mashrabiya.library.terms.reading import MOST_TERMS, Finder
from mashrabiya.library.terms.spelling import is_of
from mashrabiya.library.terms.types import TONGUES, Concept, Hint, Term

_TAG = re.compile(r"(<[^>]*>)")
_WHOLE = re.compile(r"<(/?)(a|sup|button|summary|h[1-6]|code|pre)\b")


class Terms:
    """The glossary in force, however often it changes. ``glossary`` gives it."""

    def __init__(self, glossary: Callable[[], Glossary]) -> None:
        self._glossary = glossary
        self._known: tuple[Glossary, Finder] | None = None

    def terms_in(self, text: str, language: str, most: int = MOST_TERMS) -> list[Term]:
        """The terms that stand in a plain text: each concept once, from where to where."""
        return self._finder().terms_in(text, language, most)

    def marked(self, html: str, language: str, most: int = MOST_TERMS) -> tuple[str, list[Concept]]:
        """The same of a text in HTML: with a button around each term, and whose meanings these open.

        The meanings go behind the text: ``library/terms/_meanings.html``. Links, headings and notes stay as they are.
        Whoever shows a text again keeps what was drawn, as long as ``now`` stays what it is.
        """
        if language not in TONGUES:
            return html, []
        known: dict[bytes, Concept] = {}
        drawn = "".join(self._marked(html, language, most, known))
        return drawn, list(known.values())

    def now(self) -> object:
        """The glossary in force: another object after each change."""
        return self._glossary()

    def same_in(self, words: str, language: str = "") -> tuple[str, ...]:
        """How else the concept behind these words is said: in the other languages, then in other spellings; folded.

        With a ``language``, what is said in it alone.
        """
        said = self._glossary().same(words)
        return tuple(one for one in said if is_of(language, one)) if language else said

    def hints(self, texts: Iterable[str], shown: str = "") -> list[Hint]:
        """What to say of words to avoid before these texts are posted, and was not said before."""
        told = frozenset(shown.split("."))
        return [one for one in self._finder().hints(texts) if one.mark not in told]

    def rests(self, cid: bytes) -> bool:
        """Whether a community wants nobody told."""
        return cid in self._glossary().rests

    def _finder(self) -> Finder:
        glossary = self._glossary()
        if self._known is None or self._known[0] is not glossary:
            self._known = glossary, Finder(glossary)
        return self._known[1]

    def _marked(self, html: str, language: str, most: int, known: dict[bytes, Concept]) -> Iterator[str]:
        inside = 0
        for part in _TAG.split(html):
            if part.startswith("<"):
                if found := _WHOLE.match(part):
                    inside += -1 if found[1] else 1
                yield part
            elif inside or not part.strip():
                yield part
            else:
                yield self._text(unescape(part), language, most, known)

    def _text(self, text: str, language: str, most: int, known: dict[bytes, Concept]) -> str:
        drawn, at = "", 0
        for term in sorted(self.terms_in(text, language, most + len(known)), key=lambda one: one.start):
            if term.concept.id in known or len(known) >= most:
                continue
            known[term.concept.id] = term.concept
            said = escape(text[term.start : term.end], quote=False)
            button = (
                f'<button type="button" class="term" popovertarget="v-{term.concept.shown}">{said}</button>'
            )
            drawn += escape(text[at : term.start], quote=False) + button
            at = term.end
        return drawn + escape(text[at:], quote=False)

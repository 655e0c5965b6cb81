"""Reading the catalogues: one gettext file per domain and language, found where the domain is."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from babel.messages.pofile import read_po

from mashrabiya.kernel.viewer import Tongue
from mashrabiya.platform.languages.digits import to_digits
from mashrabiya.platform.languages.plurals import form_of

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = {"ar": "العربية", "en": "English"}
DISCREET = "d"
"""The gettext context of the words that stand in the neutral look instead of the usual ones."""
_ISOLATE, _END = "\u2068", "\u2069"


def direction(language: str) -> str:
    """``rtl`` or ``ltr``."""
    return "rtl" if language in {"ar", "fa", "ckb", "ur", "he"} else "ltr"


class Catalogue:
    """All texts of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.texts: dict[tuple[str, str], str] = {}
        self.counts: dict[tuple[str, str], tuple[str, ...]] = {}
        for path in sorted(ROOT.glob(f"**/texts/{language}.po")):
            self._read(path)

    def _read(self, path: Path) -> None:
        with path.open("rb") as file:
            # Without its language Babel reads the plural forms from the file, and nothing of CLDR.
            for message in read_po(file):
                text = message.string or ""
                if not message.id:
                    continue
                if isinstance(message.id, str):
                    self._add(message.id, message.context or "n", str(text), path)
                else:
                    self._add_count(message.id[0], message.context or "n", tuple(text), path)

    def _add(self, key: str, address: str, text: str, path: Path) -> None:
        if (key, address) in self.texts:
            raise ValueError(f"{path}: {key} ({address}) stands in two catalogues")
        self.texts[key, address] = text

    def _add_count(self, key: str, address: str, forms: tuple[str, ...], path: Path) -> None:
        if (key, address) in self.counts:
            raise ValueError(f"{path}: {key} ({address}) stands in two catalogues")
        self.counts[key, address] = forms

    def text(self, key: str, tongue: Tongue) -> str:
        """The text in the reader's form of address and digits, its {braces} still open.

        In the neutral look its neutral words come first, where it has any.
        A missing key raises KeyError: no page shows a key instead of words.
        """
        text = tongue.discreet and self.texts.get((key, DISCREET))
        text = text or self.texts.get((key, tongue.address)) or self.texts[key, "n"]
        return to_digits(text, tongue.digits)

    def forms(self, key: str, tongue: Tongue) -> tuple[str, ...]:
        """All forms of a count."""
        forms = tongue.discreet and self.counts.get((key, DISCREET))
        return tuple(to_digits(form, tongue.digits) for form in forms or self.counts[key, "n"])

    def say(self, key: str, tongue: Tongue, **values: object) -> str:
        """The sentence as plain text, each value isolated so that it cannot turn its neighbours."""
        text = self.text(key, tongue)
        for name, value in values.items():
            shown = to_digits(str(value), tongue.digits) if isinstance(value, int) else str(value)
            text = text.replace("{" + name + "}", f"{_ISOLATE}{shown}{_END}")
        return text

    def count(self, key: str, tongue: Tongue, n: int) -> str:
        """The whole sentence for a count."""
        form = self.forms(key, tongue)[form_of(self.language, n)]
        return form.replace("{n}", to_digits(str(n), tongue.digits))


@lru_cache(maxsize=8)
def catalogue(language: str) -> Catalogue:
    """The catalogue of a language, read once."""
    return Catalogue(language)

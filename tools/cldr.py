"""What CLDR calls countries and languages, out of Babel into a file of the kernel: `python -m tools.cldr`."""

from __future__ import annotations

import json
import sys

from babel import Locale, __version__
from babel.core import get_global

from mashrabiya.kernel.cldr import FILE

LANGUAGES = ("ar", "en")
_FROM = "Unicode CLDR, as Babel has it; the licence lies beside this file"


def main() -> int:
    """Write the file."""
    FILE.write_text(written(), encoding="utf-8")
    print(f"written: {FILE.name}, by Babel {__version__}")
    return 0


def written() -> str:
    """The file, a name a line."""
    made = {
        "from": _FROM,
        "territories": {language: _territories(language) for language in LANGUAGES},
        "languages": {language: _languages(language) for language in LANGUAGES},
        "of_three_letters": _of_three_letters(),
    }
    return json.dumps(made, ensure_ascii=False, indent=0) + "\n"


def _territories(language: str) -> dict[str, str]:
    said = Locale(language).territories.items()
    return {str(code): str(name) for code, name in said if len(code) == 2 and code.isalpha()}


def _languages(language: str) -> dict[str, str]:
    return {str(code).replace("_", "-"): str(name) for code, name in Locale(language).languages.items()}


def _of_three_letters() -> dict[str, str]:
    known = get_global("territory_aliases").items()
    return {
        str(code): str(meant[0])
        for code, meant in known
        if len(code) == 3 and code.isalpha() and len(meant) == 1
    }


if __name__ == "__main__":
    sys.exit(main())

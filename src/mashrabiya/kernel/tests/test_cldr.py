"""Names of countries and languages are those of CLDR; and who serves a house reads nothing else of it."""

from __future__ import annotations

import subprocess
import sys

from mashrabiya.kernel import cldr
from tools.cldr import written

_SERVED = """
from mashrabiya.main import HOUSEHOLD
from mashrabiya.library.laws.types import countries as laws
from mashrabiya.library.services import countries as services
from mashrabiya.platform.languages import catalogue
from babel import core, localedata
for language in ("ar", "en"):
    assert catalogue(language).texts and laws.names(language) and services.languages(language)
assert services.code_of("مصر") == services.code_of("Egypt") == laws.code_of("EGY") == "EG"
print(core._global_data, localedata._cache)
"""


def test_the_file_says_what_babel_says() -> None:
    assert cldr.FILE.read_text(encoding="utf-8") == written(), "python -m tools.cldr writes it anew"


def test_names_are_found_by_their_codes() -> None:
    assert (cldr.territories("en")["EG"], cldr.territories("ar")["EG"]) == ("Egypt", "مصر")
    assert (cldr.languages("en")["ku"], cldr.languages("en")["zh-Hans"]) == ("Kurdish", "Simplified Chinese")
    assert cldr.of_three_letters()["SYR"] == "SY"
    # Of more than one there is no saying which is meant.
    assert "SUN" not in cldr.of_three_letters()


def test_the_licence_lies_beside_them() -> None:
    assert "UNICODE" in cldr.FILE.with_name("LICENSE.unicode").read_text(encoding="utf-8").upper()


def test_no_other_data_of_babel_is_read() -> None:
    said = subprocess.run([sys.executable, "-c", _SERVED], capture_output=True, text=True, check=False)
    assert said.stdout.strip() == "None {}", said.stderr

"""A field in which one looks for something: the browser keeps none of it for next time, and sends it nowhere to be spelled."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import mashrabiya

_FIELD = re.compile(r'<input(?:[^<>]|\{\{.*?\}\})*type="search"(?:[^<>]|\{\{.*?\}\})*>')
_HERE = Path(mashrabiya.__file__).parent
_FOUND = [
    (file.relative_to(_HERE).as_posix(), field)
    for file in sorted(_HERE.rglob("*.html"))
    for field in _FIELD.findall(file.read_text("utf-8"))
]


def test_there_are_such_fields() -> None:
    files = {file for file, _ in _FOUND}
    assert {"search/templates/_form.html", "platform/templates/_seek.html"} < files
    assert len(files) >= 8


@pytest.mark.parametrize(("file", "field"), _FOUND, ids=[file for file, _ in _FOUND])
def test_what_is_typed_there_stays_nowhere(file: str, field: str) -> None:
    assert 'autocomplete="off"' in field, file
    assert 'spellcheck="false"' in field, file

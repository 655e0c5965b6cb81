"""The directory as a file of lines and commas: written, and read back with a report of what could not be read. Pure.

Several things in one cell stand apart by ``|``, the parts of one by ``;``. A cell that a program for tables might take for a formula
begins with ``'``, which is taken away again.
"""

from __future__ import annotations

from mashrabiya.library.services.files.decoding import decoded
from mashrabiya.library.services.files.reading import MOST_LETTERS, MOST_ROWS, Fault, Row, counted, read_file
from mashrabiya.library.services.files.writing import COLUMNS, written

__all__ = [
    "COLUMNS",
    "MOST_LETTERS",
    "MOST_ROWS",
    "Fault",
    "Row",
    "counted",
    "decoded",
    "read_file",
    "written",
]

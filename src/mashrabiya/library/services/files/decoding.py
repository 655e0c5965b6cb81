"""From the bytes of a file to its text, or why it is none."""

from __future__ import annotations

from mashrabiya.platform.web.uploads import Kept, Upload

_TWO_BYTES = (b"\xff\xfe", b"\xfe\xff")
_LET_GO = {Kept.NO_ROOM: "library.services.csv_busy"}


def decoded(file: Upload) -> tuple[str, str]:
    """Its text, and nothing; or nothing, and the key that says why. A code page is never guessed: names would come out wrong."""
    if file.kept is not Kept.WHOLE:
        return "", _LET_GO.get(file.kept, "library.services.csv_too_long")
    raw = file.raw
    if raw.startswith(_TWO_BYTES) or b"\0" in raw:
        return "", "library.services.csv_two_bytes" if _is_two_bytes(raw) else "library.services.csv_no_text"
    try:
        return raw.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        return "", "library.services.csv_code_page"


def _is_two_bytes(raw: bytes) -> bool:
    return raw.startswith(_TWO_BYTES) or raw[:200].count(b"\0") * 3 > len(raw[:200])

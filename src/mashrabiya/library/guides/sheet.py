"""The sheet that a guide on paper carries inside itself, and the policy that lets exactly it in."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from mashrabiya.platform.web import headers

_FILE = Path(__file__).resolve().parents[1] / "templates" / "guides" / "paper.css"


def _packed(css: str) -> str:
    return re.sub(r"\s*\n\s*", "", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))


SHEET = _packed(_FILE.read_text(encoding="utf-8"))
_HASH = "sha256-" + b64encode(sha256(SHEET.encode()).digest()).decode()
POLICY = headers.POLICY.replace("style-src 'self'", f"style-src '{_HASH}'").replace(
    "script-src 'self'", "script-src 'none'"
)

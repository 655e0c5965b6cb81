"""The sheet that help now carries inside itself, and the policy that lets exactly it in."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from mashrabiya.platform.web import headers


def _packed(css: str) -> str:
    """Without comments and the white space between rules: the page may be read on a bad line."""
    return re.sub(r"\s*\n\s*", "", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))


SHEET = _packed((Path(__file__).parent / "templates" / "help.css").read_text(encoding="utf-8"))


def sheet_hash() -> str:
    """What the browser computes of the bytes between the style tags."""
    return "sha256-" + b64encode(sha256(SHEET.encode()).digest()).decode()


_OWN = {"style-src 'self'": f"style-src '{sheet_hash()}'", "script-src 'self'": "script-src 'none'"}
# Its only picture is the empty one in its head, so that no browser asks for another.
_OWN |= {"img-src 'self'": "img-src data:"}


def _own_policy() -> str:
    policy = headers.POLICY
    for usual, own in _OWN.items():
        policy = policy.replace(usual, own)
    return policy


POLICY = _own_policy()

"""T31, as far as it reaches today: two builds are the same bytes, and an address says what is behind it."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

import brotli

import mashrabiya
from mashrabiya.platform.web.assets import Assets

ROOT = Path(mashrabiya.__file__).parent


def test_t31_two_builds_are_equal() -> None:
    one, other = Assets(ROOT), Assets(ROOT)
    assert one._by_path == other._by_path
    assert len(one._by_path) > 10


def test_t31_what_is_served_is_what_its_address_says() -> None:
    for address, asset in Assets(ROOT)._by_path.items():
        digest = address.rsplit(".", 2)[1]
        plain, encoding = asset.form_for(b"")
        assert encoding == b""
        assert hashlib.sha256(plain).hexdigest().startswith(digest), address
        for body in (
            gzip.decompress(asset.form_for(b"gzip")[0]),
            brotli.decompress(asset.form_for(b"br")[0]),
        ):
            assert body == plain, address

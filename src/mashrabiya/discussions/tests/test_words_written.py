"""What becomes of signs that mislead, and of HTML."""

from __future__ import annotations

from mashrabiya.communities.tests.factories import ALICE
from mashrabiya.discussions.tests.factories import begin, place
from mashrabiya.discussions.tests.test_commands import posts, threads
from mashrabiya.platform.db import Database


def test_what_hides_or_turns_text_is_taken_out(database: Database) -> None:
    cid = place(database, ALICE)
    begin(database, ALICE, cid, title=" a\u202eb\x00\n c ", body="x\u2066y\x00\r\nz")
    assert threads(database)[0]["title"] == "ab c"
    assert posts(database)[0]["body"] == "xy\nz"


def test_html_in_a_text_is_text(database: Database) -> None:
    cid = place(database, ALICE)
    begin(database, ALICE, cid, body="<script>alert(1)</script> <img src=x onerror=y>")
    assert "<script" not in posts(database)[0]["html"]
    assert "<img" not in posts(database)[0]["html"]

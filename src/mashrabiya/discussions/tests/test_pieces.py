"""What became of a text, word by word."""

from __future__ import annotations

import pytest

from mashrabiya.discussions import rules


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", "All new."),
        ("Gone.", ""),
        ("The cat sat.\n\nOn the mat.", "The dog sat.\nOn a mat there."),
        ("قلت لأمي أمس كل شيء", "قلت لأختي كل شيء اليوم"),
        ("a b c d e f", "f e d c b a"),
        ("same", "same"),
        ("word " * 3000, "other " * 3000),
        ("x " * 50 + "y " * 3000, "z " * 40 + "y " * 3000),
    ],
)
def test_what_stayed_and_went_is_the_old_text_and_with_what_came_the_new(old: str, new: str) -> None:
    said = [piece for line in rules.pieces(old, new) for piece in line]
    was, now = (
        "".join(piece.text for piece in said if piece.kind != without).replace("\n", "")
        for without in ("ins", "del")
    )
    assert (was, now) == (old.replace("\n", ""), new.replace("\n", ""))


def test_only_what_changed_is_marked() -> None:
    (line,) = rules.pieces("قلت لأمي أمس كل شيء", "قلت لأختي أمس كل شيء")
    assert [(piece.kind, piece.text.strip()) for piece in line] == [
        ("", "قلت"),
        ("del", "لأمي"),
        ("ins", "لأختي"),
        ("", "أمس كل شيء"),
    ]

"""The key file: what is wrong with it is said plainly, and no byte of it is shown."""

import traceback
from pathlib import Path

import pytest

from mashrabiya.platform.keys import KeyTrouble, make_key_file, read_keys


def test_a_new_key_is_read_again_and_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "house.key"
    make_key_file(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(read_keys(str(path)).fingerprint()) == 16
    with pytest.raises(FileExistsError):
        make_key_file(path)


@pytest.mark.parametrize("content", [b"", b"abcd", b"\xf9" * 32, b"g" * 64, b"\x00" * 64])
def test_a_damaged_key_is_said_plainly_and_not_shown(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "house.key"
    path.write_bytes(content)
    with pytest.raises(KeyTrouble) as trouble:
        read_keys(str(path))
    shown = "".join(traceback.format_exception(trouble.value))
    assert "0xf9" not in shown


def test_a_key_that_is_not_there_or_not_a_file_is_said_plainly(tmp_path: Path) -> None:
    for path, words in ((tmp_path / "none", "is missing"), (tmp_path, "cannot be read")):
        with pytest.raises(KeyTrouble, match=words):
            read_keys(str(path))

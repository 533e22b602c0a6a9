"""Files that are replaced as a whole, and the unfinished ones that a writer leaves who was killed."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.store.cache import Cache, write_atomically
from generator.store.inputs import hash_inputs

KEY = "0123456789abcdef01234567"


def test_a_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    for content in (b"one", b"another"):
        write_atomically(tmp_path / "new/file.yml", content)
        assert (tmp_path / "new/file.yml").read_bytes() == content
    assert [path.name for path in tmp_path.rglob("*")] == ["new", "file.yml"]


def test_what_cannot_be_replaced_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file.yml").mkdir()
    with pytest.raises(OSError, match=r"file\.yml"):
        write_atomically(tmp_path / "file.yml", b"content")
    assert [path.name for path in tmp_path.rglob("*")] == ["file.yml"]


def test_what_a_writer_leaves_that_was_killed_is_no_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = hash_inputs(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", lambda _unfinished, _path: None)
        write_atomically(tmp_path / "data/words.yml", b"content")
    assert len(list((tmp_path / "data").iterdir())) == 1
    assert hash_inputs(tmp_path) == before


def test_what_a_writer_leaves_in_a_cache_is_deleted_with_what_nobody_wants(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put(KEY, b"wanted")
    for name in (f".{KEY}.12.part", f"{KEY}.12.part", f"7-{KEY}", ".gitignore", "settled"):
        (tmp_path / name).touch()
    cache.retain([KEY])
    assert cache.names() == {KEY, ".gitignore", "settled"}

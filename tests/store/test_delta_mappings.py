"""Of a large mapping only what changed is written, and whatever is left of it is never mixed with another one."""

from __future__ import annotations

from pathlib import Path

from generator.store.delta_mappings import DeltaMappings

ALL = {f"key {number}": number for number in range(40)}


def size(folder: Path, name: str) -> int:
    return (folder / name).stat().st_size if (folder / name).exists() else 0


def test_only_what_changed_is_written_until_it_is_much(tmp_path: Path) -> None:
    DeltaMappings(tmp_path, "code").save("a.index", ALL, ALL)
    whole = (tmp_path / "a.index").read_bytes()
    mapping = dict(ALL)
    for number in (3, 4, 5):
        kept = DeltaMappings(tmp_path, "code")
        assert kept.load("a.index") == mapping
        mapping[f"key {number}"] = -number
        mapping.pop(f"key {number + 10}")
        kept.save("a.index", mapping, [f"key {number}", f"key {number + 10}"][: 2 if number < 5 else 1])
        if number < 5:
            assert (tmp_path / "a.index").read_bytes() == whole
            assert 0 < size(tmp_path, "a.index.changes") < len(whole) / 2
    assert (tmp_path / "a.index").read_bytes() != whole
    assert not size(tmp_path, "a.index.changes")
    assert DeltaMappings(tmp_path, "code").load("a.index") == mapping


def test_changes_of_another_mapping_do_not_count(tmp_path: Path) -> None:
    kept = DeltaMappings(tmp_path, "code")
    kept.save("a.index", ALL, ALL)
    kept.save("a.index", {**ALL, "key 1": 7}, ["key 1"])
    changes = (tmp_path / "a.index.changes").read_bytes()
    DeltaMappings(tmp_path, "code").save("a.index", ALL, ALL)
    (tmp_path / "a.index.changes").write_bytes(changes)
    assert DeltaMappings(tmp_path, "code").load("a.index") == ALL


def test_a_mapping_that_is_gone_or_of_other_code_is_empty(tmp_path: Path) -> None:
    kept = DeltaMappings(tmp_path, "code")
    kept.save("a.index", ALL, ALL)
    assert DeltaMappings(tmp_path, "other code").load("a.index") == {}
    (tmp_path / "a.index").unlink()
    kept.save("a.index", {**ALL, "key 1": 7}, ["key 1"])
    assert DeltaMappings(tmp_path, "code").load("a.index") == {}

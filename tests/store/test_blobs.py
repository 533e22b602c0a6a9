"""Many small objects in few files: each is read back as it was, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.store.blobs import BlobRef, BlobStore


def names(folder: Path) -> set[str]:
    """The names of all packs."""
    return {path.name for path in folder.iterdir()}


def test_objects_come_back(tmp_path: Path) -> None:
    store = BlobStore(tmp_path / "packs", "code")
    refs = [store.put({"number": number}) for number in range(100)]
    assert [store.get(ref) for ref in refs] == [{"number": number} for number in range(100)]
    assert len(names(tmp_path / "packs")) == 1
    assert [BlobStore(tmp_path / "packs", "code").get(ref) for ref in refs[:3]] == [{"number": n} for n in range(3)]
    assert BlobStore(tmp_path / "packs", "other code").get(refs[0]) is None


@pytest.mark.parametrize("at", range(0, 200, 7))
def test_what_is_damaged_is_not_read(tmp_path: Path, at: int) -> None:
    store = BlobStore(tmp_path, "code")
    refs = [store.put("a" * 40), store.put("b" * 40)]
    (pack,) = tmp_path.iterdir()
    content = bytearray(pack.read_bytes())
    at %= len(content)
    content[at] ^= 1
    pack.write_bytes(bytes(content))
    damaged = 0 if at < refs[1].start else 1
    assert store.get(refs[damaged]) is None
    assert store.get(refs[1 - damaged]) == ("b" if damaged == 0 else "a") * 40


@pytest.mark.parametrize("ref", [BlobRef("gone", 0, 9), BlobRef("", 0, 0), BlobRef("..", 0, 5)])
def test_what_is_not_there_is_not_found(tmp_path: Path, ref: BlobRef) -> None:
    assert BlobStore(tmp_path, "code").get(ref) is None


def test_what_was_cut_off_is_not_found(tmp_path: Path) -> None:
    store = BlobStore(tmp_path, "code")
    first, second = store.put("first"), store.put("second")
    (pack,) = tmp_path.iterdir()
    pack.write_bytes(pack.read_bytes()[:-3])
    assert store.get(first) == "first"
    assert store.get(second) is None


def test_a_pack_without_references_is_deleted(tmp_path: Path) -> None:
    old = BlobStore(tmp_path, "code").put("old")
    store = BlobStore(tmp_path, "code")
    new = store.put("new")
    assert names(tmp_path) == {old.pack, new.pack}
    store.remove_unreferenced([new])
    assert names(tmp_path) == {new.pack}
    store.remove_unreferenced([])
    assert names(tmp_path) == set()
    assert store.get(store.put("again")) == "again"


def test_needed_objects_are_moved_to_one_pack(tmp_path: Path) -> None:
    store = BlobStore(tmp_path, "code")
    refs = [store.put("x" * 100_000) for _ in range(30)]
    assert store.compact(refs) == {}, "no garbage"
    kept = refs[:3]
    moved = store.compact(kept)
    assert moved.keys() == set(kept)
    store.remove_unreferenced(list(moved.values()))
    assert len(names(tmp_path)) == 1
    assert [store.get(ref) for ref in moved.values()] == ["x" * 100_000] * 3
    assert [store.get(ref) for ref in kept] == ["x" * 100_000] * 3, "old references still work in this process"


def test_references_from_before_several_moves_still_work(tmp_path: Path) -> None:
    store = BlobStore(tmp_path, "code")
    kept = store.put("kept")
    seen = [kept]
    for _ in range(4):
        garbage = store.put("x" * 3_000_000)
        kept = store.compact([kept])[kept]
        store.remove_unreferenced([kept])
        assert store.get(garbage) is None
        seen.append(kept)
    assert len(names(tmp_path)) == 1
    assert [store.get(ref) for ref in seen] == ["kept"] * len(seen)


def test_many_packs_become_one(tmp_path: Path) -> None:
    refs = [BlobStore(tmp_path, "code").put(number) for number in range(70)]
    store = BlobStore(tmp_path, "code")
    moved = store.compact(refs)
    store.remove_unreferenced(list(moved.values()))
    assert len(names(tmp_path)) == 1
    assert [store.get(moved[ref]) for ref in refs] == list(range(70))


def test_a_forked_process_writes_its_own_pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = BlobStore(tmp_path, "code")
    first = store.put("before")
    with monkeypatch.context() as copy:
        copy.setattr("os.getpid", lambda: 1)
        forked = store.put("forked")
    assert forked.pack != first.pack
    assert [store.get(ref) for ref in (first, forked)] == ["before", "forked"]

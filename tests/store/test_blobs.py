"""Many small things in few files: each is found again as it was, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.store.blobs import BlobRef, BlobStore


def names(folder: Path) -> set[str]:
    """The packs there are."""
    return {path.name for path in folder.iterdir()}


def test_what_was_put_in_comes_out(tmp_path: Path) -> None:
    packs = BlobStore(tmp_path / "packs", "ground")
    places = [packs.put({"number": number}) for number in range(100)]
    assert [packs.get(place) for place in places] == [{"number": number} for number in range(100)]
    assert len(names(tmp_path / "packs")) == 1
    assert [BlobStore(tmp_path / "packs", "ground").get(place) for place in places[:3]] == [{"number": n} for n in range(3)]
    assert BlobStore(tmp_path / "packs", "other code").get(places[0]) is None


@pytest.mark.parametrize("at", range(0, 200, 7))
def test_what_is_damaged_is_not_read(tmp_path: Path, at: int) -> None:
    packs = BlobStore(tmp_path, "ground")
    places = [packs.put("a" * 40), packs.put("b" * 40)]
    (pack,) = tmp_path.iterdir()
    content = bytearray(pack.read_bytes())
    at %= len(content)
    content[at] ^= 1
    pack.write_bytes(bytes(content))
    hurt = 0 if at < places[1].start else 1
    assert packs.get(places[hurt]) is None
    assert packs.get(places[1 - hurt]) == ("b" if hurt == 0 else "a") * 40


@pytest.mark.parametrize("place", [BlobRef("gone", 0, 9), BlobRef("", 0, 0), BlobRef("..", 0, 5)])
def test_what_is_not_there_is_not_found(tmp_path: Path, place: BlobRef) -> None:
    assert BlobStore(tmp_path, "ground").get(place) is None


def test_what_was_cut_off_is_not_found(tmp_path: Path) -> None:
    packs = BlobStore(tmp_path, "ground")
    first, second = packs.put("first"), packs.put("second")
    (pack,) = tmp_path.iterdir()
    pack.write_bytes(pack.read_bytes()[:-3])
    assert packs.get(first) == "first"
    assert packs.get(second) is None


def test_a_pack_that_nobody_needs_goes(tmp_path: Path) -> None:
    old = BlobStore(tmp_path, "ground").put("old")
    packs = BlobStore(tmp_path, "ground")
    new = packs.put("new")
    assert names(tmp_path) == {old.pack, new.pack}
    packs.remove_unreferenced([new])
    assert names(tmp_path) == {new.pack}
    packs.remove_unreferenced([])
    assert names(tmp_path) == set()
    assert packs.get(packs.put("again")) == "again"


def test_what_is_needed_is_put_together(tmp_path: Path) -> None:
    packs = BlobStore(tmp_path, "ground")
    places = [packs.put("x" * 100_000) for _ in range(30)]
    assert packs.compact(places) == {}, "nothing is spare"
    kept = places[:3]
    moved = packs.compact(kept)
    assert moved.keys() == set(kept)
    packs.remove_unreferenced(list(moved.values()))
    assert len(names(tmp_path)) == 1
    assert [packs.get(place) for place in moved.values()] == ["x" * 100_000] * 3
    assert [packs.get(place) for place in kept] == ["x" * 100_000] * 3, "who has not heard of it finds it too"


def test_many_packs_become_one(tmp_path: Path) -> None:
    places = [BlobStore(tmp_path, "ground").put(number) for number in range(70)]
    packs = BlobStore(tmp_path, "ground")
    moved = packs.compact(places)
    packs.remove_unreferenced(list(moved.values()))
    assert len(names(tmp_path)) == 1
    assert [packs.get(moved[place]) for place in places] == list(range(70))


def test_a_copy_of_the_process_writes_its_own_pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packs = BlobStore(tmp_path, "ground")
    first = packs.put("before")
    with monkeypatch.context() as copy:
        copy.setattr("os.getpid", lambda: 1)
        beside = packs.put("beside")
    assert beside.pack != first.pack
    assert [packs.get(place) for place in (first, beside)] == ["before", "beside"]

"""Signatures on what is kept: which key they are made with, and that nothing that somebody else wrote is ever loaded."""

from __future__ import annotations

import os
import pickle
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sample_reports import FLAGSHIP

from generator.store import signing
from generator.store.blobs import BlobRef, BlobStore
from generator.store.cache import Cache
from generator.store.code_fingerprint import code_fingerprint
from generator.store.parse_cache import ParseCache

KEY = signing.ENVIRONMENT_VARIABLE


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A user's state folder without a key, and no key in the environment."""
    folder = tmp_path / "state"
    monkeypatch.delenv(KEY, raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(folder))
    monkeypatch.setattr(signing, "key_file", lambda: folder / "factloom/cache.key")
    signing._key.cache_clear()  # noqa: SLF001  as in a new process
    yield folder
    signing._key.cache_clear()  # noqa: SLF001


def new_process() -> None:
    """Forget the key as a new process does."""
    signing._key.cache_clear()  # noqa: SLF001


class Planted:
    """An object whose pickle makes a file when it is loaded."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        """Run code."""
        return os.mkdir, (str(self.mark),)


def test_the_planted_pickle_runs_where_it_is_loaded_unseen(tmp_path: Path) -> None:
    pickle.loads(pickle.dumps(Planted(tmp_path / "mark")))  # noqa: S301  so that the tests below can fail
    assert (tmp_path / "mark").is_dir()


def test_the_first_run_makes_a_key_that_only_the_user_may_read(state: Path) -> None:
    signed = signing.sign(b"content", "place")
    key = state / "factloom/cache.key"
    assert len(key.read_bytes()) == len(os.urandom(32))
    assert os.name != "posix" or stat.S_IMODE(key.stat().st_mode) == stat.S_IRUSR | stat.S_IWUSR
    assert [path.name for path in key.parent.iterdir()] == [key.name]
    new_process()
    assert signing.verify(signed, "place") == b"content"


def test_a_given_key_is_used_and_none_is_kept(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY, "one")
    signed = signing.sign(b"content", "place")
    assert signing.verify(signed, "place") == b"content"
    monkeypatch.setenv(KEY, "another")
    assert signing.verify(signed, "place") is None
    assert not state.exists()


@pytest.mark.skipif(os.name != "posix", reason="other systems have other permissions")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_that_others_may_read_is_replaced(state: Path, mode: int) -> None:
    signed = signing.sign(b"content", "place")
    key = state / "factloom/cache.key"
    before = key.read_bytes()
    key.chmod(mode)
    new_process()
    assert signing.verify(signed, "place") is None
    assert key.read_bytes() != before
    assert stat.S_IMODE(key.stat().st_mode) == stat.S_IRUSR | stat.S_IWUSR


def test_a_damaged_key_is_replaced(state: Path) -> None:
    signing.sign(b"content", "place")
    key = state / "factloom/cache.key"
    key.write_bytes(b"short")
    new_process()
    assert signing.verify(signing.sign(b"content", "place"), "place") == b"content"
    assert len(key.read_bytes()) > len(b"short")


@pytest.mark.parametrize("spoil", [lambda state: (state / "mkdocs.yml").touch(), lambda state: (state / "factloom").touch()])
def test_without_a_place_for_a_key_each_process_has_its_own(state: Path, spoil: Callable[[Path], None]) -> None:
    state.mkdir()
    spoil(state)
    assert signing.verify(signing.sign(b"content", "place"), "place") == b"content"
    assert not (state / "factloom/cache.key").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="it looks into /proc")
def test_a_key_that_cannot_be_written_leaves_no_file_open(state: Path) -> None:
    import resource  # noqa: PLC0415  not on Windows

    before, limits = sorted(os.listdir("/proc/self/fd")), resource.getrlimit(resource.RLIMIT_FSIZE)  # noqa: PTH208  names
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, limits[1]))
    try:
        signed = signing.sign(b"content", "place")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert sorted(os.listdir("/proc/self/fd")) == before  # noqa: PTH208
    assert list((state / "factloom").iterdir()) == []
    assert signing.verify(signed, "place") == b"content"


def test_a_key_below_a_report_is_not_used(state: Path) -> None:
    key = state / "factloom/cache.key"
    key.parent.mkdir(parents=True)
    key.write_bytes(bytes(32))
    key.chmod(stat.S_IRUSR | stat.S_IWUSR)
    with_it = signing.sign(b"content", "place")
    (state.parent / "mkdocs.yml").touch()
    new_process()
    assert signing.verify(with_it, "place") is None


@pytest.mark.parametrize(
    ("spoil", "purpose"),
    [
        (lambda signed: signed[:-1], "place"),
        (lambda signed: b"x" + signed[1:], "place"),
        (lambda signed: signed[:-1] + bytes([signed[-1] ^ 1]), "place"),
        (lambda signed: signed, "another place"),
        (lambda _: b"", "place"),
    ],
)
def test_what_was_not_signed_like_this_is_not_verified(spoil: Callable[[bytes], bytes], purpose: str) -> None:
    assert signing.verify(spoil(signing.sign(b"content", "place")), purpose) is None


def test_where_the_purpose_ends_counts() -> None:
    assert signing.verify(signing.sign(b"bc", "a"), "a") == b"bc"
    assert signing.signature(b"bc", "a") != signing.signature(b"c", "ab")


def keep_in_cache(folder: Path, value: object) -> Callable[[], object]:
    Cache(folder).save("key", "code", value)
    return lambda: Cache(folder).load("key", "code")


def keep_in_pack(folder: Path, value: object) -> Callable[[], object]:
    ref = BlobStore(folder, "code").put(value)
    return lambda: BlobStore(folder, "code").get(ref)


def keep_as_parsed(folder: Path, value: object) -> Callable[[], object]:
    parsed = ParseCache(folder, "code")
    parsed.get_or_parse("group", "name", "hash", lambda: value)
    parsed.save()
    return lambda: ParseCache(folder, "code").get_or_parse("group", "name", "hash", lambda: None)


KEEPERS = [keep_in_cache, keep_in_pack, keep_as_parsed]


@pytest.mark.parametrize("keep", KEEPERS)
def test_what_was_kept_comes_back_in_another_process(
    tmp_path: Path, keep: Callable[[Path, object], Callable[[], object]]
) -> None:
    read = keep(tmp_path / "kept", {"a": 1})
    new_process()
    assert read() == {"a": 1}


@pytest.mark.parametrize("keep", KEEPERS)
def test_what_somebody_else_signed_does_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keep: Callable[[Path, object], Callable[[], object]]
) -> None:
    monkeypatch.setenv(KEY, "a stranger's")
    read = keep(tmp_path / "kept", Planted(tmp_path / "mark"))
    monkeypatch.delenv(KEY)
    assert read() is None
    assert not (tmp_path / "mark").exists()


def test_the_content_of_a_file_is_signed_where_it_is_moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "page.html").write_bytes(b"<p>")
    cache = Cache(tmp_path / "kept")
    cache.put_file("page", tmp_path / "page.html")
    assert cache.get("page") == b"<p>"
    monkeypatch.setenv(KEY, "another")
    assert cache.get("page") is None


@pytest.mark.parametrize("ref", [BlobRef("gone", 0, 9), BlobRef("", 0, 0)])
def test_nothing_is_no_signed_object(tmp_path: Path, ref: BlobRef) -> None:
    assert BlobStore(tmp_path, "code").get(ref) is None


def check(root: Path, key: str) -> subprocess.CompletedProcess[str]:
    """`check` of a project by somebody with this key, as a program of its own."""
    environment = {**os.environ, KEY: key, "PYTHONPATH": str(FLAGSHIP)}
    command = [sys.executable, "-m", "generator", "check", "--root", str(root)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_check_runs_nothing_that_a_stranger_kept(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert check(project, "stranger").returncode == 0
    kept = [path for path in (project / "build/cache").rglob("*") if path.is_file()]
    mark = tmp_path / "mark"
    with monkeypatch.context() as stranger:
        stranger.setenv(KEY, "stranger")
        for path in kept:
            Cache(path.parent).save(path.name, code_fingerprint(), Planted(mark))
    before = [path.read_bytes() for path in kept]

    assert check(project, "user").returncode == 0
    assert not mark.exists()
    assert [path.read_bytes() for path in kept] != before, "it was made anew"

    for path, content in zip(kept, before, strict=True):
        path.write_bytes(content)
    check(project, "stranger")
    assert mark.exists(), "what is planted would run where it is trusted"


def test_check_deletes_nothing_behind_a_link_that_a_stranger_put_there(project: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "notes.txt").write_text("kept", encoding="utf-8")
    (project / "build/cache").mkdir(parents=True)
    (project / "build/cache/read").symlink_to(elsewhere)
    assert check(project, "user").returncode == 0
    assert [path.name for path in elsewhere.iterdir()] == ["notes.txt"]


def test_a_key_may_be_any_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY, os.fsdecode(b"\xff\xfe"))
    new_process()
    assert signing.verify(signing.sign(b"content", "purpose"), "purpose") == b"content"

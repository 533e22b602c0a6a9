"""Which files of a project a site is made of."""

from __future__ import annotations

import contextlib
import os
import socket
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.defaults.files import default_files
from generator.records.struct import replace
from generator.store.cache import Cache
from generator.store.hashing import content_hash
from generator.store.input_paths import refused_inputs
from generator.store.inputs import hash_inputs, read_input, read_inputs
from generator.store.known_inputs import read_changed_inputs


def own_inputs(root: Path) -> list[str]:
    """The inputs that stand in a project."""
    package = {path: content_hash(place.read_bytes()) for path, place in default_files().items()}
    return [path for path, content in hash_inputs(root).items() if content != package.get(path)]


@pytest.mark.parametrize(
    ("path", "read"),
    [
        ("mkdocs.yml", True),
        ("data/facts/energy.yml", True),
        ("templates/pages/decisions/index.en.md.j2", True),
        ("docs/assets/logo.svg", True),
        ("docs/assets/decisions/vote.png", True),
        ("docs/report.pdf", True),
        ("docs/decisions/0001-store.md", False),
        ("docs/decisions/figures/store.png", False),
        ("docs/guide/index.md", False),
        ("docs/.draft.md", False),
        ("README.md", False),
    ],
)
def test_inputs_are_what_a_site_is_made_of(tmp_path: Path, path: str, read: bool) -> None:  # noqa: FBT001  a column of the table
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_text("x", encoding="utf-8")
    assert own_inputs(tmp_path) == ([path] if read else [])


@pytest.mark.parametrize(
    ("link", "target", "why"),
    [
        ("docs/logo.svg", "docs/assets/logo.svg", None),
        ("data/facts/moved.yml", "data/facts/a.yml", None),
        ("data/facts/beside.yml", "shared/a.yml", None),
        ("docs/.#a.md", "editor@host.1234:1700000000", None),
        ("docs/table.csv", "data/facts/a.yml", "link-outside-docs"),
        ("docs/record.md", "docs/decisions/a.md", "link-hidden"),
        ("docs/secret.txt", "shared/a.yml", "link-outside-docs"),
        ("docs/config", ".git/config", "link-outside-docs"),
        ("data/facts/config.yml", ".git/config", "link-hidden"),
        ("templates/pages/index.en.md.j2", ".env", "link-hidden"),
        ("templates/parts/card.html.j2", "build/docs/a.md", "link-hidden"),
        ("docs/circle", "docs", "link-to-folder"),
        ("docs/up", ".", "link-to-folder"),
        ("data/circle", "data", "link-to-folder"),
        ("data/facts/itself.yml", "data/facts/itself.yml", "link-to-nothing"),
        ("data/facts/gone.yml", "data/facts/none.yml", "link-to-nothing"),
        ("docs/passwd", "/etc/passwd", "link-outside"),
        ("docs/.hidden", "/etc/passwd", "link-outside"),
        ("data/series/levels.csv", "/proc/self/environ", "link-outside"),
        ("data/facts/host.yml", "../outside.yml", "link-outside"),
        ("templates/overrides/partials", "../outside", "link-to-folder"),
        ("data/facts/null.yml", "/dev/null", "link-outside"),
        ("mkdocs.yml", "/etc/hostname", "link-outside"),
        ("mkdocs.yml", "shared/a.yml", None),
    ],
)
def test_links_lead_neither_in_circles_nor_out_of_the_project(tmp_path: Path, link: str, target: str, why: str | None) -> None:
    root = tmp_path / "project"
    files = (
        "docs/assets/logo.svg",
        "docs/decisions/a.md",
        "data/facts/a.yml",
        ".git/config",
        ".env",
        "shared/a.yml",
        "build/docs/a.md",
    )
    for path in (*files, "../outside.yml", "../outside/main.html"):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(path, encoding="utf-8")
    (root / link).parent.mkdir(parents=True, exist_ok=True)
    (root / link).symlink_to(root / target)
    assert refused_inputs(root) == ([(link, why)] if why else [])
    expected = {"docs/assets/logo.svg", "data/facts/a.yml"} | ({link} if why is None and "/." not in link else set())
    assert set(own_inputs(root)) == expected


def make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening, contextlib.chdir(path.parent):  # the whole path may be too long
        listening.bind(path.name)


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (os.mkfifo, "pipe"),
        (make_socket, "socket"),
        (lambda path: os.mknod(path, 0o600 | stat.S_IFCHR, os.makedev(1, 5)), "device"),
    ],
    ids=["pipe", "socket", "device"],
)
@pytest.mark.parametrize(
    "path", ["data/facts/a.yml", "templates/pages/a.md.j2", "docs/a.svg", "mkdocs.yml", "data/facts/link.yml"]
)
def test_what_never_ends_is_not_read(tmp_path: Path, path: str, make: Callable[[Path], None], why: str) -> None:
    place = tmp_path / path
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.name == "link.yml":
        place.symlink_to(tmp_path / "real")
        place = tmp_path / "real"
    try:
        make(place)
    except PermissionError:
        pytest.skip("only root may make a device")
    assert refused_inputs(tmp_path) == [(path, why)]
    assert own_inputs(tmp_path) == []


def test_files_of_the_package_are_inputs_where_a_project_has_none_of_their_names(tmp_path: Path) -> None:
    path = "templates/parts/card.html.j2"
    package = default_files()[path].read_bytes()
    before = hash_inputs(tmp_path)
    assert before.keys() == default_files().keys()
    assert before[path] == content_hash(package)
    assert read_input(tmp_path, path, before[path]) == package
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_text("own", encoding="utf-8")
    (tmp_path / "templates/parts/z.html.j2").write_text("more", encoding="utf-8")
    after = hash_inputs(tmp_path)
    assert {name for name in after if after[name] != before.get(name)} == {path, "templates/parts/z.html.j2"}
    assert list(after) == sorted(after, key=lambda name: (["templates", "docs"].index(name.split("/")[0]), name.split("/")))
    assert read_input(tmp_path, path, after[path]) == b"own"


def test_only_files_that_were_written_to_are_read_again(tmp_path: Path) -> None:
    folder, long_ago = tmp_path / "data", 0
    folder.mkdir()
    for name in ("kept", "written", "gone"):
        (folder / f"{name}.yml").write_text(f"{name}: 1\n", encoding="utf-8")
    before = read_inputs(tmp_path)
    assert not before.is_unchanged("data/kept.yml", before.states["data/kept.yml"])  # written to within the same tick
    later = replace(before, read_at=before.read_at + 10**10, hashes={**before.hashes, "data/kept.yml": "as it was"})
    (folder / "written.yml").write_text("written: 2\n", encoding="utf-8")
    os.utime(folder / "written.yml", ns=(long_ago, before.states["data/written.yml"][2]))
    (folder / "gone.yml").unlink()
    after = read_inputs(tmp_path, later)
    assert after.hashes["data/kept.yml"] == "as it was"
    assert after.hashes["data/written.yml"] == content_hash(b"written: 2\n")
    assert after.changed_since(later) == ["data/gone.yml", "data/written.yml"]
    assert after != later
    assert read_inputs(tmp_path) == read_inputs(tmp_path)


def test_what_was_read_is_kept_for_the_next_run(tmp_path: Path) -> None:
    cache = tmp_path / "build/cache"
    (tmp_path / "data").mkdir()
    (tmp_path / "data/a.yml").write_text("a: 1\n", encoding="utf-8")
    first = read_changed_inputs(tmp_path, cache, "code")
    known = replace(first, read_at=first.read_at + 10**10, hashes={**first.hashes, "data/a.yml": "as it was"})
    Cache(cache).save("inputs", "code", known)
    assert read_changed_inputs(tmp_path, cache, "code").hashes["data/a.yml"] == "as it was"
    assert read_changed_inputs(tmp_path, cache, "other code").hashes["data/a.yml"] == content_hash(b"a: 1\n")

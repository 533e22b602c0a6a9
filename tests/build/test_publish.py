"""A published site is whole at every moment: assembled beside the old one, then swapped."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from generator.build import folder_states, folder_swap, folders, site_trees
from generator.build import publish as publishing
from generator.build.publish import SiteFile, map_serially
from generator.model.addresses import MARKER

_TICKS = 0.02  # seconds: more than a tick of any file system's clock that tests run on


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def read(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


class FileMaker:
    """Site files by path and text that remember which of them were made."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def site_files(self, files: dict[str, str]) -> dict[str, SiteFile]:
        return {path: SiteFile(f"print of {text}", partial(self.make, path, text)) for path, text in files.items()}

    def make(self, path: str, text: str) -> str:
        self.made.append(path)
        return text

    def publish(self, root: Path, files: dict[str, str]) -> tuple[publishing.StagedSite, list[str]]:
        self.made.clear()
        staged = publishing.stage(root, site_trees.TreeLists(root).trees, self.site_files(files), map_serially)
        publishing.publish(root, staged, made_of="made of")
        assert site(root) == files
        return staged, sorted(self.made)


def site(root: Path) -> dict[str, str]:
    return {name: text for name, text in read(root / "site").items() if name != MARKER}


def test_only_what_neither_tree_has_is_made(tmp_path: Path) -> None:
    maker = FileMaker()
    first, second = {"index.html": "1", "a/b.html": "1", "a/c/d.html": "1"}, {"index.html": "2", "a/b.html": "1"}
    staged, made = maker.publish(tmp_path, first)
    assert (made, staged.changed, staged.removed) == (sorted(first), frozenset(first), frozenset())
    staged, made = maker.publish(tmp_path, second)  # the other tree is empty: what is the same is linked
    assert (made, set(staged.changed), set(staged.removed)) == (["index.html"], {"index.html"}, {"a/c/d.html"})
    staged, made = maker.publish(tmp_path, first)  # the other tree has it all
    assert (made, set(staged.changed), set(staged.removed)) == ([], {"index.html", "a/c/d.html"}, set())
    assert site_trees.read_tree(tmp_path, folders.SITE).made_of == "made of"
    assert len(list((tmp_path / folders.TREES).iterdir())) == 4  # each tree's list, and the one that this is based on


def test_a_list_says_only_what_is_not_as_in_its_base(tmp_path: Path) -> None:
    maker = FileMaker()
    files = {f"a/{number}.html": "1" for number in range(40)}
    staged = publishing.stage(tmp_path, site_trees.TreeLists(tmp_path).trees, maker.site_files(files), map_serially)
    published = publishing.publish(tmp_path, staged)
    assert published is not None
    publishing.make_next(tmp_path, published)
    base = site_trees.TreeLists(tmp_path).trees.live.base
    for wanted in ({**files, "a/1.html": "2"}, files):
        maker.publish(tmp_path, wanted)
    shutil.rmtree(tmp_path / folders.NEW)
    for wanted in ({**files, "a/1.html": "2"}, files):  # the first links all files to those of the published tree
        maker.publish(tmp_path, wanted)
    assert site_trees.TreeLists(tmp_path).trees.live.base != base
    base = site_trees.TreeLists(tmp_path).trees.live.base
    edited = {**files, "a/3.html": "2", "b.html": "1"}
    del edited["a/4.html"]
    for wanted in (edited, files, {**edited, "a/3.html": "3"}, edited):
        maker.publish(tmp_path, wanted)
        trees = site_trees.TreeLists(tmp_path).trees
        assert trees.live.fingerprints == {path: f"print of {text}" for path, text in wanted.items()}
        assert (trees.live.base, trees.new.base) == (base, base)
        assert trees.live.differing <= {"a/1.html", "a/3.html", "a/4.html", "b.html"}
        assert len(list((tmp_path / folders.TREES).iterdir())) == 3
    many = {**files, **{f"a/{number}.html": "4" for number in range(10, 30)}}  # so many that a list becomes a base
    for number in "567":
        maker.publish(tmp_path, {**many, "a/5.html": number})
    trees = site_trees.TreeLists(tmp_path).trees
    assert trees.live.base == trees.new.base != base
    assert trees.live.differing | trees.new.differing <= {"a/1.html", "a/3.html", "a/4.html", "a/5.html", "b.html"}
    base = trees.live.base
    (tmp_path / folders.TREES / base).unlink()
    assert not site_trees.read_tree(tmp_path, folders.SITE).fingerprints


def test_the_first_edit_finds_a_tree_to_start_from(tmp_path: Path) -> None:
    maker, files = FileMaker(), {"index.html": "1", "a/b.html": "1"}
    staged = publishing.stage(tmp_path, site_trees.TreeLists(tmp_path).trees, maker.site_files(files), map_serially)
    published = publishing.publish(tmp_path, staged, made_of="made of")
    assert published is not None
    publishing.make_next(tmp_path, published)
    trees = site_trees.TreeLists(tmp_path).trees
    assert trees.live.fingerprints == trees.new.fingerprints == staged.files
    staged = publishing.stage(tmp_path, trees, maker.site_files({**files, "index.html": "2"}), map_serially)
    assert not staged.linked
    assert publishing.publish(tmp_path, staged) is None
    assert site(tmp_path) == {**files, "index.html": "2"}


def test_a_next_tree_that_cannot_be_linked_is_left_out(tmp_path: Path) -> None:
    maker = FileMaker()
    staged = publishing.stage(
        tmp_path, site_trees.TreeLists(tmp_path).trees, maker.site_files({"a": "1", "b": "1"}), map_serially
    )
    published = publishing.publish(tmp_path, staged)
    assert published is not None
    (tmp_path / "site/b").unlink()
    publishing.make_next(tmp_path, published)
    assert not (tmp_path / folders.NEW).exists()


@pytest.mark.parametrize("folder", [folders.SITE, folders.NEW], ids=["published", "next"])
@pytest.mark.parametrize("harm", ["change", "remove", "add", "forget"])
def test_a_tree_that_somebody_touched_is_not_trusted(tmp_path: Path, folder: Path, harm: str) -> None:
    maker = FileMaker()
    files = {"index.html": "1", "a/b.html": "1"}
    maker.publish(tmp_path, files)
    maker.publish(tmp_path, files)
    victim = tmp_path / folder / "a/b.html"
    match harm:
        case "change":
            victim.unlink()
            victim.write_text("2", encoding="utf-8")
        case "remove":
            victim.unlink()
        case "add":
            (tmp_path / folder / "more.html").write_text("3", encoding="utf-8")
        case _:
            shutil.rmtree(tmp_path / folders.TREES)
    assert site_trees.read_tree(tmp_path, folder).fingerprints == {}
    maker.publish(tmp_path, files)
    maker.publish(tmp_path, {**files, "index.html": "4"})


def _overwrite(victim: Path) -> None:
    victim.write_text("3", encoding="utf-8")  # as long as before


def _add_folder(victim: Path) -> None:
    (victim.parent / "more").mkdir()
    (victim.parent / "more/c.html").write_text("1", encoding="utf-8")


def _exchange(victim: Path) -> None:
    victim.rename(victim.with_name("other.html"))


def _exchange_folder(victim: Path) -> None:
    victim.parent.rename(victim.parent.with_name("away"))
    shutil.copytree(victim.parent.with_name("away"), victim.parent)
    (victim.parent / "d.html").write_text("1", encoding="utf-8")
    shutil.rmtree(victim.parent.with_name("away"))


def _link_folder(victim: Path) -> None:
    away = victim.parents[3] / "away"
    victim.parent.rename(away)
    victim.parent.symlink_to(away)


@pytest.mark.parametrize("folder", [folders.SITE, folders.NEW], ids=["published", "next"])
@pytest.mark.parametrize(
    "harm",
    [_overwrite, Path.unlink, Path.touch, _add_folder, _exchange, _exchange_folder, _link_folder],
    ids=["overwrite", "remove", "touch", "add", "rename", "exchange", "link"],
)
def test_a_change_is_noticed_where_folders_are_known(tmp_path: Path, folder: Path, harm: Callable[[Path], None]) -> None:
    maker = FileMaker()
    files = {"index.html": "1", "a/b.html": "1", "a/c/d.html": "1"}
    staged = publishing.stage(tmp_path, site_trees.TreeLists(tmp_path).trees, maker.site_files(files), map_serially)
    published = publishing.publish(tmp_path, staged)
    assert published is not None
    time.sleep(_TICKS)
    publishing.make_next(tmp_path, published)
    for number in "234":
        time.sleep(_TICKS)
        maker.publish(tmp_path, {**files, "index.html": number})
    tree = tmp_path / folder
    states = getattr(site_trees.TreeLists(tmp_path), "live" if folder == folders.SITE else "new").folders.by_path()
    marker = (tree / MARKER).stat().st_ctime_ns
    assert folder_states.read_changed(tree, states, marker)[1].keys() == {""}
    harm(tree / "a/b.html")
    assert site_trees.read_tree(tmp_path, folder).fingerprints == {}
    trees = site_trees.TreeLists(tmp_path).trees
    assert (trees.live if folder == folders.SITE else trees.new).fingerprints == {}
    maker.publish(tmp_path, {**files, "index.html": "5"})
    maker.publish(tmp_path, files)


def test_a_folder_that_changed_in_the_tick_of_its_look_is_read_again(tmp_path: Path) -> None:
    write(tmp_path, {"a/b.html": "1"})
    changed = (tmp_path / "a").stat().st_ctime_ns
    files, states = folder_states.read_changed(tmp_path, {}, changed)
    assert (files, states) == ({"a/b.html"}, {"": (0, 0), "a": (0, 0)})
    states = folder_states.read_changed(tmp_path, {}, changed + 1)[1]
    assert states["a"] != (0, 0)
    assert folder_states.read_changed(tmp_path, states, changed + 1) == (set(), {"": (0, 0)})


def test_a_published_file_is_never_written_in_place(tmp_path: Path) -> None:
    maker = FileMaker()
    maker.publish(tmp_path, {"a": "1", "b": "1"})
    maker.publish(tmp_path, {"a": "1", "b": "2"})
    reader = (tmp_path / "site/b").open(encoding="utf-8")
    maker.publish(tmp_path, {"a": "3", "b": "3"})
    with reader:
        assert reader.read() == "2"


@pytest.mark.parametrize("swap", [folder_swap.swap, folder_swap.swap_by_renames], ids=["one step", "two renames"])
@pytest.mark.parametrize("old", [{}, {"index.html": "old", "gone.html": "old"}], ids=["first", "again"])
def test_swap_replaces_the_whole_site(tmp_path: Path, swap: Callable[[Path], None], old: dict[str, str]) -> None:
    write(tmp_path / "site", old)
    write(tmp_path / "build/site.new", {"index.html": "new"})
    swap(tmp_path)
    assert read(tmp_path / "site") == {"index.html": "new"}
    assert read(tmp_path / "build/site.new") == old  # waits for its turn
    assert not (tmp_path / "build/site.old").exists()


@pytest.mark.parametrize(
    ("before", "recovered", "site"),
    [
        ({"build/site.old/a": "old", "build/site.new/a": "new"}, True, {"a": "old"}),
        ({"site/a": "new", "build/site.old/a": "old"}, False, {"a": "new"}),
        ({"build/site.new/a": "new"}, False, {}),
    ],
    ids=["between two renames", "before the old one was removed", "never published"],
)
def test_recover_after_a_crash(tmp_path: Path, before: dict[str, str], site: dict[str, str], *, recovered: bool) -> None:
    write(tmp_path, before)
    assert folder_swap.recover(tmp_path) is recovered
    assert read(tmp_path / "site") == site


SWAPPING = """
import sys
from pathlib import Path
from generator.build import folder_swap
root = Path(sys.argv[1])
print("ready", flush=True)
for turn in range(1_000_000):
    new = root / "build/site.new"
    new.mkdir(parents=True, exist_ok=True)
    for name in "abc":
        (new / name).unlink(missing_ok=True)  # as `stage` does: both trees may share a file
        (new / name).write_text(str(turn))
    getattr(folder_swap, sys.argv[2])(root)
"""


@pytest.mark.parametrize("swap", ["swap", "swap_by_renames"], ids=["one step", "two renames"])
def test_kill_at_any_moment_leaves_one_whole_site(tmp_path: Path, swap: str) -> None:
    for pause in (0.011, 0.023, 0.037, 0.053, 0.071):
        command = [sys.executable, "-c", SWAPPING, str(tmp_path), swap]
        with subprocess.Popen(command, cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, text=True) as running:
            assert running.stdout
            assert running.stdout.readline() == "ready\n"
            time.sleep(pause)
            running.send_signal(signal.SIGKILL)
        if swap == "swap":
            assert not folder_swap.recover(tmp_path)
        folder_swap.recover(tmp_path)
        found = site(tmp_path)
        assert sorted(found) == ["a", "b", "c"]
        assert len(set(found.values())) == 1
        FileMaker().publish(tmp_path, dict.fromkeys("abc", "next"))

"""A published site is whole at every moment: assembled beside the old one, then swapped."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator import publishing

OUT = {
    "ja/index.html": "<p>家</p>",
    "ja/costs/index.html": "<p>費用</p>",
    "ja/404.html": "gone",
    "ja/sitemap.xml": "<x/>",
    "ja/sitemap.xml.gz": "zip",
    "ja/assets/a.css": "p{}",
    "en/index.html": "<p>home</p>",
}


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


def test_assemble_finishes_pages_and_copies_the_rest(tmp_path: Path) -> None:
    write(tmp_path / "build/out", OUT)
    write(tmp_path / "build/site.new", {"stale.html": "left by a build that was stopped"})
    count = publishing.assemble(
        tmp_path,
        ["ja", "en"],
        finish=lambda code, path, html: f"{code}:{path}:{html}",
        extra={"index.html": "root", "ja/feed.bin": b"\x00"},
    )
    made = read(tmp_path / "build/site.new")
    assert count == len(made)
    assert made == {
        "en/index.html": "en::<p>home</p>",
        "index.html": "root",
        "ja/assets/a.css": "p{}",
        "ja/costs/index.html": "ja:costs/:<p>費用</p>",
        "ja/feed.bin": "\x00",
        "ja/index.html": "ja::<p>家</p>",
    }
    assert publishing.pages(tmp_path, "ja") == ["", "costs/"]


@pytest.mark.parametrize("at_once", [True, False], ids=["one step", "two renames"])
@pytest.mark.parametrize("old", [{}, {"index.html": "old", "gone.html": "old"}], ids=["first", "again"])
def test_swap_replaces_the_whole_site(tmp_path: Path, old: dict[str, str], *, at_once: bool) -> None:
    write(tmp_path / "site", old)
    write(tmp_path / "build/site.new", {"index.html": "new"})
    publishing.swap(tmp_path, at_once=at_once)
    assert read(tmp_path / "site") == {"index.html": "new"}
    assert not (tmp_path / "build/site.new").exists()
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
    assert publishing.recover(tmp_path) is recovered
    assert read(tmp_path / "site") == site


SWAPPING = """
import sys
from pathlib import Path
from generator import publishing
root = Path(sys.argv[1])
print("ready", flush=True)
for turn in range(1_000_000):
    new = root / "build/site.new"
    new.mkdir(parents=True)
    for name in "abc":
        (new / name).write_text(str(turn))
    publishing.swap(root, at_once=sys.argv[2] == "True")
"""


@pytest.mark.parametrize("at_once", [True, False], ids=["one step", "two renames"])
def test_kill_at_any_moment_leaves_one_whole_site(tmp_path: Path, *, at_once: bool) -> None:
    for pause in (0.011, 0.023, 0.037, 0.053, 0.071):
        command = [sys.executable, "-c", SWAPPING, str(tmp_path), str(at_once)]
        with subprocess.Popen(command, cwd=Path(__file__).parents[1], stdout=subprocess.PIPE, text=True) as running:
            assert running.stdout
            assert running.stdout.readline() == "ready\n"
            time.sleep(pause)
            running.send_signal(signal.SIGKILL)
        if at_once:
            assert not publishing.recover(tmp_path)
        publishing.recover(tmp_path)
        site = read(tmp_path / "site")
        assert sorted(site) == ["a", "b", "c"]
        assert len(set(site.values())) == 1
        publishing.assemble(tmp_path, [], finish=lambda *_: "", extra=dict.fromkeys("abc", "next"))
        publishing.swap(tmp_path)
        assert set(read(tmp_path / "site").values()) == {"next"}

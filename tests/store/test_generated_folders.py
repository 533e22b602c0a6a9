"""Links among the generated folders are removed; what they lead to stays."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.store.generated_folders import remove_links


@pytest.mark.parametrize(
    "link",
    [
        "build",
        "site",
        "build/docs",
        "build/docs/en",
        "build/cache/read",
        "build/cache/html/en",
        "build/site.new",
        "site/en",
        "build/docs/en/assets/fonts/a",
        "build/out/en/assets/images/b/c",
    ],
)
def test_a_link_is_removed_and_its_target_stays(tmp_path: Path, link: str) -> None:
    elsewhere, root = tmp_path / "elsewhere", tmp_path / "project"
    elsewhere.mkdir()
    (elsewhere / "notes.txt").touch()
    (root / link).parent.mkdir(parents=True)
    (root / link).symlink_to(elsewhere, target_is_directory=True)
    remove_links(root)
    assert not (root / link).is_symlink()
    assert (elsewhere / "notes.txt").is_file()


def test_other_files_and_links_stay(tmp_path: Path) -> None:
    (tmp_path / "build/docs/en/charts").mkdir(parents=True)
    (tmp_path / "build/docs/en/charts/a.svg").touch()
    (tmp_path / "data").symlink_to(tmp_path / "build")
    remove_links(tmp_path)
    assert (tmp_path / "build/docs/en/charts/a.svg").is_file()
    assert (tmp_path / "data").is_symlink()


def test_a_project_without_generated_folders_stays_so(tmp_path: Path) -> None:
    remove_links(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", ["build/cache/settled", "build/docs/en/index.md", "build/out/en/a/b/c/index.html"])
def test_a_pipe_is_removed(tmp_path: Path, path: str) -> None:
    (tmp_path / path).parent.mkdir(parents=True)
    os.mkfifo(tmp_path / path)
    remove_links(tmp_path)
    assert not (tmp_path / path).exists()


@pytest.mark.parametrize("name", ["build", "site"])
def test_a_file_in_the_place_of_a_generated_folder_stays(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("somebody's", encoding="utf-8")
    with pytest.raises(NotADirectoryError):
        remove_links(tmp_path)
    assert (tmp_path / name).read_text(encoding="utf-8") == "somebody's"

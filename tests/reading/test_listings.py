"""Files that pages show as they are written: whole or one entry, and nothing from outside of the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.reading.listings import entries_in, fenced, listed_files, read_listing

TEXT = """# What it is.
first:
  label: {en: First}

  # a remark in it
  value: 1
# of the second
second: {value: 2}

third:
  - 3
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("data/facts", "templates/listings", "docs"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "data/facts/a.yml").write_text(TEXT, encoding="utf-8")
    (tmp_path / "templates/listings/b.console").write_text("$ factloom check\n", encoding="utf-8")
    (tmp_path / "docs/c.txt").write_text("published as it is\n", encoding="utf-8")
    (tmp_path / "secret.yml").write_text("key: value\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("file", "entry", "text"),
    [
        ("templates/listings/b.console", "", "$ factloom check"),
        ("data/facts/a.yml", "", TEXT.strip()),
        ("data/facts/a.yml", "first", "first:\n  label: {en: First}\n\n  # a remark in it\n  value: 1"),
        ("data/facts/a.yml", "second", "second: {value: 2}"),
        ("data/facts/a.yml", "third", "third:\n  - 3"),
    ],
)
def test_a_file_or_one_entry_is_read_as_it_is_written(root: Path, file: str, entry: str, text: str) -> None:
    assert read_listing(root, file, entry) == text


@pytest.mark.parametrize(
    "file",
    [
        "data/facts/none.yml",
        "data/facts",
        "secret.yml",
        "docs/c.txt",
        "../secret.yml",
        "data/../secret.yml",
        "/etc/hostname",
        "data//../../etc/hostname",
        "",
    ],
)
def test_nothing_else_is_read(root: Path, file: str) -> None:
    with pytest.raises(ValueError, match=r"^"):
        read_listing(root, file)


def test_links_out_of_the_project_are_not_followed(root: Path) -> None:
    (root / "data/facts/link.yml").symlink_to("/etc/hostname")
    (root / "data/etc").symlink_to("/etc")
    for file in ("data/facts/link.yml", "data/etc/hostname"):
        with pytest.raises(ValueError, match=r"^"):
            read_listing(root, file)
        assert file not in listed_files(root)


def test_what_is_no_text_is_not_read(root: Path) -> None:
    (root / "data/facts/a.yml").write_bytes(b"\xff\xfe")
    with pytest.raises(ValueError, match=r"^"):
        read_listing(root, "data/facts/a.yml")


def test_the_entries_of_a_file() -> None:
    assert entries_in(TEXT) == ["first", "second", "third"]


def test_nothing_in_a_text_ends_its_block() -> None:
    block = fenced("a.md.j2", "```\n<script>\n````\n")
    assert block.startswith("\n````` jinja\n")
    assert block.endswith("\n`````\n")

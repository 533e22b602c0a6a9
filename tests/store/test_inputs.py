"""Which files of a project a site is made of."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.store.inputs import hash_inputs


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
    assert list(hash_inputs(tmp_path)) == ([path] if read else [])

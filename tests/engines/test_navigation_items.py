"""The navigation of MkDocs' pages: what is written once for several pages says the same as what each would write."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.engines import mkdocs_worker
from generator.engines.mkdocs_worker import MkDocsSite

PAGES = ("index", "a/index", "a/one", "a/two", "b/one", "b/deep/one", "b/deep/two")
OVERRIDE = "{% macro render(nav_item, path, level, parent) %}<li>{{ page.title }} sees {{ nav_item.title }}</li>{% endmacro %}"


def _configuration(folder: Path, *, override: str = "") -> Path:
    """A project of a few pages, one with a state and a second title; its theme may have an item of its own."""
    for name in PAGES:
        path = folder / "docs" / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        front = "---\nstatus: new\nsubtitle: Below\n---\n" if name == "a/two" else ""
        path.write_text(f"{front}# Page {name}\n\n## Part\n\nText.\n", encoding="utf-8")
    partials = folder / "theme/partials"
    partials.mkdir(parents=True)
    if override:
        (partials / "nav-item.html").write_text(override, encoding="utf-8")
    features = ["navigation.indexes", "navigation.prune", "navigation.tabs"]
    path = folder / "mkdocs.json"
    settings = {
        "site_name": "Pages",
        "site_url": "https://example.org/",
        "docs_dir": "docs",
        "site_dir": "out",
        "theme": {"name": "material", "font": False, "features": features, "custom_dir": "theme"},
        "plugins": ["search"],
    }
    path.write_text(json.dumps(settings), encoding="utf-8")
    return path


def _built(folder: Path, *, override: str = "") -> dict[str, str]:
    """The pages that are built, by path."""
    MkDocsSite(_configuration(folder, override=override)).build_all()
    return {str(one.relative_to(folder / "out")): one.read_text(encoding="utf-8") for one in folder.glob("out/**/*.html")}


def test_items_that_are_kept_are_those_that_each_page_would_have(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Addresses, marks of the present page, second titles and states are the same, page by page."""
    kept = _built(tmp_path / "kept")
    monkeypatch.setattr(mkdocs_worker, "_ITEM", ())  # no macro takes nothing
    assert _built(tmp_path / "each") == kept
    assert len(kept) == len(PAGES) + 1  # and one for what is missing
    assert "Below" in kept["a/one/index.html"]


def test_an_item_of_a_project_is_written_for_each_page(tmp_path: Path) -> None:
    """One that says something of the present page says it on each."""
    pages = _built(tmp_path, override=OVERRIDE)
    for name in ("a/one", "a/two"):
        assert f"<li>Page {name} sees " in pages[f"{name}/index.html"]

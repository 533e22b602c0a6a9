"""What styles, scripts, templates and the generator know of the engines' theme by name: all is listed here, and the theme has it.

A new version of the theme that renames one of these fails here, and not in a reader's browser.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

GENERATOR = Path(__file__).parents[2] / "generator"
ROOMS = ("defaults/assets", "defaults/overrides", "build", "checks", "engines", "exports", "pages")
PATTERNS = {
    "variables": re.compile(r"--md-[a-z-]*[a-z]"),
    "classes": re.compile(r"(?<![\w-])md-[a-z][\w-]*\w"),
    "attributes": re.compile(r"(?<![\w-])data-md-[a-z-]*[a-z]"),
}
NAMES = {
    "variables": """
        --md-accent-bg-color --md-accent-fg-color --md-accent-fg-color--transparent --md-admonition-bg-color --md-code-bg-color
        --md-code-fg-color --md-code-hl-constant-color --md-code-hl-function-color --md-code-hl-keyword-color
        --md-code-hl-number-color --md-code-hl-special-color --md-code-hl-string-color --md-default-bg-color --md-default-bg-color--light --md-default-fg-color --md-default-fg-color--light
        --md-default-fg-color--lighter --md-default-fg-color--lightest --md-footer-bg-color --md-footer-bg-color--dark
        --md-footer-fg-color --md-footer-fg-color--light --md-footer-fg-color--lighter --md-primary-bg-color
        --md-primary-bg-color--light --md-primary-fg-color --md-primary-fg-color--dark --md-primary-fg-color--light
        --md-text-font-family --md-typeset-a-color --md-typeset-color --md-typeset-mark-color --md-typeset-table-color
    """,
    "classes": """
        md-content md-content__inner md-copyright md-copyright__highlight md-footer md-footer-meta md-footer__direction
        md-footer__link md-header md-header__button md-header__option md-header__title md-icon md-main__inner md-nav
        md-nav--primary md-nav__item--active md-nav__item--section md-nav__link md-nav__link--active md-nav__link--passed
        md-nav__title md-option md-search md-search__button md-search__form md-search__input md-sidebar--primary md-skip md-tabs
        md-search-result md-search-result__article md-search__overlay
        md-tabs__item md-tabs__item--active md-tabs__link md-tabs__list md-top md-typeset
    """,
    "attributes": "data-md-color-accent data-md-color-media data-md-color-primary data-md-color-scheme data-md-component",
}
ONLY_ZENSICAL = {"md-search__button"}  # its search opens from a button
ONLY_MATERIAL = {
    "md-search-result",
    "md-search-result__article",
    "md-search__overlay",
}  # as Zensical's results stand in a dialog


@pytest.mark.parametrize("kind", PATTERNS)
def test_all_that_is_relied_on_is_listed(kind: str) -> None:
    files = (path for room in ROOMS for path in (GENERATOR / room).rglob("*") if path.suffix in {".css", ".js", ".html", ".py"})
    used = {name for path in files for name in PATTERNS[kind].findall(path.read_text(encoding="utf-8"))}
    assert used == set(NAMES[kind].split())


@cache
def _theme(package: str) -> str:
    """All style sheets, templates and scripts of a theme."""
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    files = sorted(path for path in Path(spec.origin).parent.rglob("*") if path.suffix in {".css", ".html", ".js"})
    return "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in files)


@pytest.mark.parametrize("kind", NAMES)
@pytest.mark.parametrize("package", ["material", "zensical"])
def test_the_theme_has_all_of_it(package: str, kind: str) -> None:
    lacking = {name for name in NAMES[kind].split() if name not in _theme(package)}
    assert lacking == (ONLY_ZENSICAL if package == "material" else ONLY_MATERIAL) & set(NAMES[kind].split())

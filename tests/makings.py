"""What outputs are made of, for tests: the good project rendered whole, and this repository's own report as data and words."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from generator import model
from generator.checking import check_project
from generator.outputs import Making, making
from generator.pages import Page
from generator.site import render_all
from generator.texts import Texts
from generator.views import Uses

TESTS = Path(__file__).parent
GOOD, FLAGSHIP = TESTS / "projects/good", TESTS.parent


def edition_of(root: Path) -> model.Edition:
    checked = check_project(root)
    assert checked.edition is not None
    assert checked.errors == ()
    return checked.edition


@cache
def good() -> Making:
    edition = edition_of(GOOD)
    rendered, mistakes = render_all(GOOD, edition, jobs=1)
    assert mistakes == []
    return making(edition, rendered)


@cache
def flagship() -> tuple[Texts, ...]:
    edition = edition_of(FLAGSHIP)
    return tuple(Texts(edition, language) for language in edition.report.languages)


def a_page(name: str, texts: Texts, *, title: str = "", facts: tuple[str, ...] = ()) -> Page:
    return Page(
        name=name,
        language=texts.language.code,
        title=title or name,
        description=f"About {name}",
        markdown="",
        uses=Uses(facts=list(facts)),
        changed=date(2025, 6, 1),
    )

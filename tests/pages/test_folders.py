"""Pages in folders are checked, linked and rendered like all others."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.checks.project_check import CheckResult, check_project
from generator.model import addresses
from generator.pages.renderer import PageRenderer
from generator.pages.templates import Templates
from generator.wording.texts import Texts

HEADS = {"en": "title: North\ndescription: Lakes of the north", "de": "title: Norden\ndescription: Seen im Norden"}


def checked_with(project: Path, *pages: str, more: tuple[str, ...] = ()) -> CheckResult:
    """The good project with more pages, each of which shows one fact."""
    report = project / "data/report.yml"
    listed = ", ".join(("index", *pages, *more))
    report.write_text(report.read_text(encoding="utf-8").replace("pages: [index]", f"pages: [{listed}]"), encoding="utf-8")
    for page in (*pages, *more):
        for code, head in HEADS.items():
            file = project / f"templates/pages/{page}.{code}.md.j2"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f'---\n{head}\n---\n# X {{ #top }}\n\n{{{{ fact("dam_cost") }}}}\n', encoding="utf-8")
    return check_project(project)


@pytest.mark.parametrize(
    ("page", "rules"),
    [
        ("lakes/north", []),
        ("lakes/north/deep_ones", []),
        ("lakes/North", ["wrong-shape"]),
        ("/lakes", ["wrong-shape"]),
        ("lakes/", ["wrong-shape"]),
        ("../lakes", ["wrong-shape"]),
    ],
)
def test_a_page_is_named_by_its_folders(page: str, rules: list[str], project: Path) -> None:
    pages = (page,) if not rules else ()
    report = project / "data/report.yml"
    if rules:
        report.write_text(
            report.read_text(encoding="utf-8").replace("pages: [index]", f"pages: [index, {page}]"), encoding="utf-8"
        )
    assert [one.rule for one in checked_with(project, *pages).findings if one.severity == "error"] == rules


@pytest.mark.parametrize(
    ("name", "more", "expected"),
    [
        ("index", ("facts",), '<a class="fl-n" href="facts/dam_cost/" data-fact="dam_cost">'),
        ("lakes", ("facts",), '<a class="fl-n" href="../facts/dam_cost/" data-fact="dam_cost">'),
        ("lakes/north", ("facts",), '<a class="fl-n" href="../../facts/dam_cost/" data-fact="dam_cost">'),
        ("lakes/north", (), '<a class="fl-n" href="../../facts/dam_cost/" data-fact="dam_cost">'),
    ],
)
def test_a_number_leads_from_any_depth_to_its_fact(name: str, more: tuple[str, ...], expected: str, project: Path) -> None:
    checked = checked_with(project, *({name} - {"index"}), more=more)
    edition = checked.edition
    assert edition is not None
    assert checked.errors == ()
    pages = PageRenderer(Templates(project), Texts(edition, edition.report.default), lambda _chart, _texts: None)
    assert expected in pages.render(name).markdown


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("index", "cards/en/index.png"),
        ("lakes/north", "cards/en/lakes/north.png"),
        ("facts/dam_cost", "cards/en/facts.png"),
    ],
)
def test_a_page_of_the_report_has_its_own_card_and_the_page_of_a_fact_that_of_the_list(name: str, expected: str) -> None:
    assert addresses.card(name, "en", ("index", "facts", "lakes/north")) == expected

"""Texts that were confirmed to say the same, texts left behind by their twins, and the numbers of finished pages."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.checks.number_parity import Shown, compare_pages, shown
from generator.checks.project_check import CheckResult, check_project
from generator.commands.cli import main
from generator.pages.renderer import PageRenderer
from generator.pages.templates import Templates
from generator.reading.outline import paragraphs
from generator.reading.translations import FILE, mark
from generator.rules import CheckOptions
from generator.wording.texts import Texts

PARTS = Path(__file__).parents[2] / "templates/parts"
ENGLISH, GERMAN = "templates/pages/index.en.md.j2", "templates/pages/index.de.md.j2"
CLAIMS, FACTS = "data/claims/water.yml", "data/facts/water.yml"


def _run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [arguments[0], *arguments[1:], "--root", str(root), "--language", "en"])


def _replace(root: Path, file: str, old: str, new: str) -> None:
    text = (root / file).read_text(encoding="utf-8")
    assert text.count(old) >= 1, old
    (root / file).write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def confirmed(project: Path) -> Path:
    """The good project with every text confirmed, and the part that shows a stale one."""
    (project / "templates/parts").mkdir(exist_ok=True)
    shutil.copy(PARTS / "stale.html.j2", project / "templates/parts")
    with (project / "data/words.yml").open("a", encoding="utf-8") as words:
        words.write('part_stale: {en: "changed since in %", de: "inzwischen geändert: %"}\n')
    assert _run(project, "confirm").exit_code == 0
    return project


def _stale(root: Path) -> list[tuple[str, int, str]]:
    """File, line and severity of what is stale."""
    return [
        (one.span.file, one.span.line, one.severity) for one in check_project(root).findings if one.rule == "stale-translation"
    ]


# --- what makes a text stale ---------------------------------------------------------------------


def test_confirmed_texts_are_current(confirmed: Path) -> None:
    assert _stale(confirmed) == []
    assert not check_project(confirmed, CheckOptions(strict_languages=True)).findings


def _white_space(root: Path) -> None:
    _replace(root, ENGLISH, "The lake grew", "The  lake\n  grew")


def _another_value(root: Path) -> None:
    _replace(root, FACTS, "value: 25e6", "value: 27e6")
    _replace(root, CLAIMS, "claimed: 25e6", "claimed: 27e6")


def _folded_data(root: Path) -> None:
    _replace(root, CLAIMS, 'en: "The lake covers {claimed}"', 'en: "The lake\n    covers {claimed}"')


@pytest.mark.parametrize("change", [_white_space, _another_value, _folded_data])
def test_what_says_nothing_new_makes_nothing_stale(confirmed: Path, change: Callable[[Path], None]) -> None:
    change(confirmed)
    assert _stale(confirmed) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "stale"),
    [
        (ENGLISH, "The lake grew", "The lake swelled", (GERMAN, 7)),
        (GERMAN, "Der See wuchs", "Der See schwoll an", (ENGLISH, 7)),
        (ENGLISH, "1. The dam cost", "1. The dike cost", (GERMAN, 11)),
        (ENGLISH, "## Money", "## Costs", (GERMAN, 9)),
        (ENGLISH, "title: Lakes", "title: Waters", (GERMAN, 1)),
        (CLAIMS, "The lake covers", "The lake fills", (CLAIMS, 3)),
        (FACTS, "Growth of the area", "Growth of the surface", (FACTS, 20)),
    ],
)
def test_a_changed_twin_makes_a_text_stale(confirmed: Path, file: str, old: str, new: str, stale: tuple[str, int]) -> None:
    _replace(confirmed, file, old, new)
    assert _stale(confirmed) == [(*stale, "warning")]
    assert _run(confirmed, "check").exit_code == 0
    assert _run(confirmed, "check", "--strict-languages").exit_code == 1
    _replace(confirmed, file, new, old)  # what was confirmed is there again
    assert _stale(confirmed) == []


def test_a_confirmation_ends_it(confirmed: Path) -> None:
    _replace(confirmed, ENGLISH, "The lake grew", "The lake swelled")
    _replace(confirmed, CLAIMS, "The lake covers", "The lake fills")
    assert _run(confirmed, "confirm", "index").output == "1 text(s) confirmed\n"
    assert _stale(confirmed) == [(CLAIMS, 3, "warning")]
    assert _run(confirmed, "confirm", "claims/grew").output == "1 text(s) confirmed\n"
    assert _run(confirmed, "check", "--strict-languages").exit_code == 0
    assert _run(confirmed, "confirm").output == "0 text(s) confirmed\n"


def test_paragraphs_may_move_and_go(confirmed: Path) -> None:
    more = {ENGLISH: ("It is deep.", "It is cold."), GERMAN: ("Er ist tief.", "Er ist kalt.")}
    before = {file: (confirmed / file).read_text(encoding="utf-8") for file in more}
    for file, texts in more.items():
        (confirmed / file).write_text("\n\n".join((before[file], *texts)), encoding="utf-8")
    assert _run(confirmed, "confirm").exit_code == 0
    for file, texts in more.items():
        (confirmed / file).write_text("\n\n".join((before[file], *reversed(texts))), encoding="utf-8")
    assert _stale(confirmed) == []
    for file in more:
        (confirmed / file).write_text(before[file], encoding="utf-8")
    assert _stale(confirmed) == []


def test_a_paragraph_more_in_one_language_makes_its_section_stale(confirmed: Path) -> None:
    with (confirmed / ENGLISH).open("a", encoding="utf-8") as page:
        page.write("\nIt is deep.\n")
    assert {(file, severity) for file, _, severity in _stale(confirmed)} == {(GERMAN, "warning")}


def test_texts_that_nobody_confirmed_count_only_where_asked(project: Path) -> None:
    assert check_project(project).findings == ()
    found = check_project(project, CheckOptions(strict_languages=True)).findings
    assert {(one.rule, one.variant) for one in found} == {("stale-translation", "never")}
    assert ENGLISH in {one.span.file for one in found}


def test_only_what_exists_is_confirmed(confirmed: Path) -> None:
    assert _run(confirmed, "confirm", "costs").exit_code == 2
    _replace(confirmed, FACTS, "  label: {en: Opening day, de: Tag der Öffnung}", "  label: {en: Opened, de: Geöffnet}")
    assert _run(confirmed, "confirm", "facts").output == "1 text(s) confirmed\n"


def test_what_is_no_longer_written_is_forgotten(confirmed: Path) -> None:
    lines = (confirmed / FILE).read_text(encoding="utf-8")
    (confirmed / FILE).write_text(lines + "pages/gone/- en=00000000 de=00000000\n", encoding="utf-8")
    assert check_project(confirmed).findings == ()
    _run(confirmed, "confirm", "index")
    assert (confirmed / FILE).read_text(encoding="utf-8") == lines


@pytest.mark.parametrize("line", ["<<<<<<< HEAD", "pages/index/- en=xyz", "pages/index/-", "=======", "a b c"])
def test_a_line_that_says_nothing_is_reported(confirmed: Path, line: str) -> None:
    path = confirmed / FILE
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    (found,) = check_project(confirmed).findings
    assert (found.rule, found.span.file, found.span.line) == (
        "bad-confirmation",
        FILE,
        len(path.read_text(encoding="utf-8").splitlines()),
    )
    assert _run(confirmed, "confirm").exit_code == 0
    assert check_project(confirmed).findings == ()


def test_white_space_is_no_part_of_a_text() -> None:
    assert mark("一つの 文\n  である") == mark("一つの文である")
    assert mark("a b") != mark("a c")


def test_a_template_is_cut_into_paragraphs_with_words() -> None:
    source = (
        "---\ntitle: T\n---\n# T\n\nLead {{ fact('a') }}\nmore.\n\n{{ figure('x') }}\n\n## H { #h }\n\n<div>\n</div>\n\n"
        "- one\n- two\n"
    )
    assert [(one.anchor, one.text) for one in paragraphs(source)] == [
        ("@head", "---\ntitle: T\n---"),
        ("", "# T"),
        ("", "Lead {{ fact('a') }}\nmore."),
        ("h", "## H { #h }"),
        ("h", "- one\n- two"),
    ]
    assert all(source[one.start :].startswith(one.text) for one in paragraphs(source))


# --- what readers see ----------------------------------------------------------------------------


def _rendered(root: Path, checked: CheckResult, code: str) -> str:
    assert checked.edition is not None
    language = next(one for one in checked.edition.report.languages if one.code == code)
    templates = Templates(root, checked.stale)
    return PageRenderer(templates, Texts(checked.edition, language), lambda _chart, _texts: None).render("index").markdown


def test_readers_are_led_to_the_same_place_in_the_other_language(confirmed: Path) -> None:
    _replace(confirmed, ENGLISH, "1. The dam cost", "1. The dike cost")
    checked = check_project(confirmed)
    german = _rendered(confirmed, checked, "de")
    assert '<p class="fl-stale"><a href="../en/#money" hreflang="en">inzwischen geändert: English</a></p>' in german
    assert german.index("Der Damm kostete") < german.index("fl-stale")
    assert "fl-stale" not in _rendered(confirmed, checked, "en")


def test_no_notice_without_a_reason(confirmed: Path) -> None:
    assert "fl-stale" not in _rendered(confirmed, check_project(confirmed), "de")


# --- quantities read back ------------------------------------------------------------------------

HTML = '<nav><a data-fact="dam_cost">66 US dollars</a></nav><article class="md"><p>{}</p></article>'
FACT = '<a class="fl-n" href="../facts/x/" data-fact="{}">{}</a>'


def test_quantities_are_taken_from_the_main_content() -> None:
    html = HTML.format(
        FACT.format("dam_cost", "<b>66&ndash;72</b> billion") + ' and <a class=x data-claim=grew href="#">25</a>'
    )
    assert shown(html) == [Shown("fact", "dam_cost", "66–72 billion"), Shown("claim", "grew", "25")]


@pytest.mark.parametrize(
    ("english", "german", "found"),
    [
        ("66–72 billion US dollars", "66–72 Milliarden US-Dollar", []),
        ("66–72 billion US dollars", "66–73 Milliarden US-Dollar", ["parity-quantities"]),
        ("66–72 billion US dollars", "", ["parity-quantities"]),
        ("66–72 billion US dollars", "ziemlich viel", ["parity-quantities.unread"]),
    ],
)
def test_pages_show_the_same_numbers(project: Path, english: str, german: str, found: list[str]) -> None:
    edition = check_project(project).edition
    assert edition is not None
    german = german.replace("–", " bis ")  # as this project writes ranges
    pages = {
        code: HTML.format(FACT.format("dam_cost", words) if words else "") for code, words in (("en", english), ("de", german))
    }
    told = list(compare_pages(edition, "index", pages))
    assert [f"{one.rule}.{one.variant}".rstrip(".") for one in told] == found
    assert all(one.sentence("en") and one.span.file == GERMAN for one in told)


def test_the_good_project_shows_the_same_numbers_in_both_languages(project: Path) -> None:
    checked = check_project(project)
    assert checked.edition is not None
    pages = {code: f"<article>{_rendered(project, checked, code)}</article>" for code in ("en", "de")}
    assert [one.id for one in shown(pages["de"])].count("area_growth") == 1  # a change, "up 4%"
    assert not list(compare_pages(checked.edition, "index", pages))
    wrong = {**pages, "de": pages["de"].replace("25\u00a0Quadrat", "26\u00a0Quadrat").replace("25 Quadrat", "26 Quadrat")}
    (found,) = compare_pages(checked.edition, "index", wrong)
    assert found.sentence("en").endswith("area_2025 is read as 26000000 in de, but as 25000000 in en")

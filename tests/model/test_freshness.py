"""When facts fall due for review, what readers see of it, and how forecasts are counted: all from the data and a day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.checks.project_check import check_project
from generator.commands.main import main
from generator.diagnostics.finding import Diagnostic
from generator.model.freshness import facts_due_for_review, forecast_counts, overdue_since, review_due_date
from generator.model.report import Edition
from generator.pages.fact_cards import fact_card
from generator.pages.renderer import PageRenderer
from generator.pages.templates import Templates
from generator.rules import CheckOptions
from generator.wording.texts import Texts

FACTS = "data/facts/water.yml"
DATED = """
level:
  label: {{en: Level, de: Pegel}}
  value: 12
  unit: USD
  status: observed
  review: {review}
  {dates}
  evidence: [{{source: survey, at: page 9}}]
"""


def _run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(
        main, [arguments[0], *arguments[1:], "--root", str(root), "--language", "en", "--format", "concise"]
    )


def _add(root: Path, text: str) -> None:
    with (root / FACTS).open("a", encoding="utf-8") as facts:
        facts.write(text)


def _words(root: Path, *lines: str) -> None:
    with (root / "data/words.yml").open("a", encoding="utf-8") as words:
        words.write("".join(f"{line}\n" for line in lines))


def _edition(root: Path, day: date | None = None) -> Edition:
    edition = check_project(root, evaluation_date=day).edition
    assert edition is not None
    return edition


@pytest.fixture
def aged(project: Path) -> Path:
    """The good project with the words that ages need."""
    _words(
        project,
        "review.volatile: {en: volatile, de: flüchtig}",
        "review.semi_durable: {en: semi-durable, de: mäßig dauerhaft}",
        'due.text: {en: "look again since {0}", de: "seit {0} nachzusehen"}',
        'due.note: {en: "† to be looked at again", de: "† nachzusehen"}',
    )
    return project


@pytest.mark.parametrize(
    ("review", "dates", "by"),
    [
        ("durable", "as_of: 2020-01-01", None),
        ("semi_durable", "as_of: 2024-01-01", "2024-12-31"),
        ("volatile", "as_of: 2025-01-01", "2025-05-01"),
        ("volatile", "as_of: 2025-01", "2025-05-31"),  # from its last day
        ("volatile", "period: 2024", "2025-04-30"),
        ("volatile", "period: 2026", "2027-04-30"),
        ("volatile", "{as_of: 2025-01-01, period: 2024}", "2025-05-01"),  # what was said counts first
        ("volatile", "digits: 3", "2025-09-28"),  # else when its evidence appeared: 2025-05
        ("volatile", "{as_of: 2025-01-01, forecast: {due: 2025-02, outcome: dam_cost, resolution: borne_out}}", None),
    ],
)
def test_a_review_class_gives_a_date(aged: Path, review: str, dates: str, by: str | None) -> None:
    lines = dates.strip("{}").replace(", period", "\n  period").replace(", forecast: ", "\n  forecast: ")
    if "forecast" in lines:
        lines += "}"
    _add(aged, DATED.format(review=review, dates=lines))
    edition = _edition(aged)
    found = review_due_date(edition.facts["level"], edition.report)
    assert found == (date.fromisoformat(by) if by else None)


def test_a_report_has_its_own_thresholds(aged: Path) -> None:
    with (aged / "data/report.yml").open("a", encoding="utf-8") as report:
        report.write("review: {durable: 10, volatile: 30}\n")
    _add(aged, DATED.format(review="volatile", dates="as_of: 2025-01-01"))
    edition = _edition(aged)
    assert review_due_date(edition.facts["level"], edition.report) == date(2025, 1, 31)
    assert review_due_date(edition.facts["opened"], edition.report) is not None
    assert {fact.review for fact, _ in facts_due_for_review(edition, date(2030, 1, 1))} == {"durable", "volatile"}


def test_the_command_lists_what_is_due_on_a_day(aged: Path) -> None:
    _add(aged, DATED.format(review="volatile", dates="as_of: 2025-05-15"))
    assert _run(aged, "check").output.count("review-due") == 0
    assert _run(aged, "check", "--as-of", "2025-09-12").output.count("review-due") == 0
    run = _run(aged, "check", "--as-of", "2025-09-13")
    assert "review-due level should have been looked at again by 2025-09-12 (volatile)" in run.output
    assert run.exit_code == 0  # a reminder, no mistake


def test_what_is_due_longest_comes_first(aged: Path) -> None:
    _add(aged, DATED.format(review="volatile", dates="as_of: 2025-05-15"))
    _add(aged, DATED.format(review="semi_durable", dates="as_of: 2023-05-15").replace("level", "older"))
    assert [fact.id for fact, _ in facts_due_for_review(_edition(aged), date(2026, 1, 1))] == ["older", "level"]


def _renderer(root: Path, code: str, day: date | None = None) -> PageRenderer:
    edition = _edition(root, day)
    language = next(one for one in edition.report.languages if one.code == code)
    return PageRenderer(Templates(root), Texts(edition, language), lambda _chart, _texts: None)


def _page(root: Path, code: str, day: date | None = None) -> str:
    return _renderer(root, code, day).render("index").markdown


def test_an_overdue_volatile_fact_is_marked(aged: Path) -> None:
    path = aged / FACTS
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace(
            "  period: 2025\n  status: observed\n  review: durable",
            "  as_of: 2025-01-01\n  status: observed\n  review: volatile",
        ),
        encoding="utf-8",
    )
    english = _page(aged, "en")
    # the fact, and what is worked out from it
    assert english.count('<span class="fl-due" title="look again since May 1, 2025">') == 2
    assert "seit 1. Mai 2025 nachzusehen" in _page(aged, "de")
    assert "fl-due" not in _page(aged, "en", date(2025, 5, 1))
    assert _page(aged, "en", date(2025, 5, 2)).count('class="fl-due"') == 2


def test_the_card_of_an_overdue_fact_explains_its_mark(aged: Path) -> None:
    _add(aged, DATED.format(review="volatile", dates="as_of: 2025-01-01"))
    explained = '<p class="fl-tip__due">†: look again since May 1, 2025</p>'
    assert explained in fact_card(_renderer(aged, "en"), "level")
    assert "fl-tip__due" not in fact_card(_renderer(aged, "en", date(2025, 5, 1)), "level")


def test_only_volatile_facts_are_marked(aged: Path) -> None:
    _add(aged, DATED.format(review="semi_durable", dates="as_of: 2020-01-01"))
    edition = _edition(aged)
    assert overdue_since(edition, edition.facts["level"]) is None


def test_the_same_data_and_day_give_the_same_page(aged: Path) -> None:
    _add(aged, DATED.format(review="volatile", dates="as_of: 2025-01-01"))
    assert _page(aged, "en", date(2031, 1, 1)) == _page(aged, "en", date(2031, 1, 1))


FORECAST = """
level:
  label: {{en: Level, de: Pegel}}
  value: [66e9, 72e9]
  unit: USD
  status: announced
  review: durable
  evidence: [{{source: survey, at: page 9}}]
  forecast: {{due: {due}, {outcome}}}
"""


def _found(root: Path, options: CheckOptions = CheckOptions(), evaluation_date: date | None = None) -> list[Diagnostic]:  # noqa: B008  frozen
    """What is found, but for the fact that no page of this project uses the forecast."""
    return [one for one in check_project(root, options, evaluation_date=evaluation_date).findings if one.rule != "unused-fact"]


def test_a_forecast_whose_day_has_passed_has_to_be_judged(project: Path) -> None:
    _add(project, FORECAST.format(due="2025-05", outcome="resolution: open"))
    (found,) = _found(project)
    assert (found.rule, found.severity, found.span.line) == ("forecast-overdue", "warning", 49)
    (found,) = _found(project, CheckOptions(strict=True))
    assert found.severity == "error"
    assert _run(project, "check").exit_code == 0
    assert _run(project, "check", "--strict").exit_code == 1


@pytest.mark.parametrize(
    ("due", "outcome", "day"),
    [
        ("2025-06", "resolution: open", None),  # its last day is the horizon
        ("2025", "resolution: open", None),
        ("2025-05", "outcome: dam_cost, resolution: borne_out", None),
        ("2025-05", "resolution: open", date(2025, 5, 31)),
    ],
)
def test_a_forecast_may_be_open_until_its_day(project: Path, due: str, outcome: str, day: date | None) -> None:
    _add(project, FORECAST.format(due=due, outcome=outcome))
    assert _found(project, evaluation_date=day) == []


def test_the_scorecard_counts_forecasts(project: Path) -> None:
    for name, outcome in (
        ("a", "resolution: open"),
        ("b", "outcome: dam_cost, resolution: borne_out"),
        ("c", "resolution: open"),
    ):
        _add(project, FORECAST.format(due="2026", outcome=outcome).replace("level:", f"{name}:"))
    assert forecast_counts(_edition(project)) == {"open": 2, "borne_out": 1, "missed": 0}
    _words(
        project,
        "resolution.open: {en: open, de: offen}",
        "resolution.borne_out: {en: borne out, de: eingetroffen}",
        "resolution.missed: {en: missed, de: verfehlt}",
    )
    for code in ("en", "de"):
        with (project / f"templates/pages/index.{code}.md.j2").open("a", encoding="utf-8") as page:
            page.write("\n{{ scorecard() }}\n")
    assert "<dt>open</dt><dd>2</dd>" in _page(project, "en")
    assert "<dt>eingetroffen</dt><dd>1</dd>" in _page(project, "de")
    assert "<dt>missed</dt><dd>0</dd>" in _page(project, "en")

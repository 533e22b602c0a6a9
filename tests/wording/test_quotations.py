"""Quotations in the data: what they prove, what readers see of them, and what `verify` says."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sample_projects import PLAIN, edit

from generator.checks.project_check import check_project
from generator.commands.main import main
from generator.model.report import Edition
from generator.pages.fact_views import FactViews
from generator.wording.quotations import QuotationReader
from generator.wording.texts import Texts
from generator.wording.verification import Outcome

QUOTE = "    - {source: survey, at: table 3}"
TEXT = "Its area was\n| 25 | million m², as “measured” – twice.\nThe dam costs $66-72 billion."


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project whose first source is quoted."""
    return shutil.copytree(PLAIN, tmp_path / "report")


def quote(root: Path, text: str, more: str = "") -> None:
    edit(root, "data/facts/water.yml", QUOTE, f'    - {{source: survey, at: table 3, quote: "{text}"{more}}}')


def edition_of(root: Path) -> Edition:
    checked = check_project(root)
    assert checked.edition is not None
    return checked.edition


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--root", str(root), "--language", "en"])


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("area was 25 million m²", Outcome.QUOTED),
        ("area was 25 [million m²]", Outcome.QUOTED),
        ("Its area […] 25 [million m²] … measured", Outcome.QUOTED),
        ("area was", Outcome.QUOTED_WITHOUT),
        ("area was 2.5 million", Outcome.NOT_QUOTED),
        ("measured […] area was 25 [million m²]", Outcome.NOT_QUOTED),
        ("5 [million m²]", Outcome.NOT_QUOTED),
    ],
)
def test_a_quotation_is_looked_up(root: Path, text: str, outcome: Outcome) -> None:
    quote(root, text)
    (found,) = QuotationReader(edition_of(root)).results("survey", TEXT)
    assert (found.kind, found.id, found.outcome) == ("fact", "area_2025", outcome)


def test_a_reason_stands_for_a_number(root: Path) -> None:
    quote(root, "Its area", ", plausible: in a drawing")
    (found,) = QuotationReader(edition_of(root)).results()
    assert found.outcome is Outcome.QUOTED_MEANT
    assert [one.rule for one in check_project(root).findings if one.severity != "note"] == []


def test_a_quotation_of_a_source_is_for_what_quotes_nothing_else(root: Path) -> None:
    edit(root, "data/sources.yml", "  read: full", "  read: full\n  quote: The dam costs $66-72 billion.")
    quote(root, "25 million m²")
    results = {one.kind: one for one in QuotationReader(edition_of(root)).results(text=TEXT)}
    assert {kind: one.outcome for kind, one in results.items()} == {"fact": Outcome.QUOTED, "source": Outcome.QUOTED}
    evidence = edition_of(root).facts["dam_cost"].evidence[0]
    assert (evidence.quote, evidence.shown_quote) == ("", "The dam costs $66-72 billion.")


def test_verify_speaks_of_quotations(root: Path) -> None:
    quote(root, "area was 25 million m²")
    answer = run(root, "verify")
    assert answer.exit_code == 0
    assert (
        "quoted in the data, with its number: fact area_2025 (survey): 25e6 m2; quoted: area was 25 million m²" in answer.output
    )
    (root / "text.txt").write_text(TEXT.replace("25", "26"), encoding="utf-8")
    answer = run(root, "verify", "survey", "--text", str(root / "text.txt"))
    assert answer.exit_code == 1
    assert "the quotation in the data is not in the text: fact area_2025" in answer.output
    assert run(root, "verify", "--text", str(root / "text.txt")).exit_code == 2


def test_readers_see_quotations_and_copies(root: Path) -> None:
    quote(root, "area was 25 million")
    archived = "archived: {url: 'https://archive.example/1?a&b', on: 2025-06-02}"
    edit(root, "data/sources.yml", "  read: full", f"  read: full\n  accessed: 2025-06-01\n  {archived}")
    edit(root, "data/report.yml", "pages:", "text_fragments: [survey.example]\npages:")
    edition = edition_of(root)
    texts = Texts(edition, edition.report.language("de"))
    views = FactViews(texts, "facts")
    (one,) = views.fact("area_2025").evidence
    assert (one.quote.open, one.quote.text, one.quote.close, one.quote.lang) == ("„", "area was 25 million", "“", "en")
    assert one.quote.href == "https://survey.example/2025#:~:text=area%20was%2025%20million"
    assert str(one.source.attributes) == (' data-versionurl="https://archive.example/1?a&amp;b" data-versiondate="2025-06-02"')
    source = views.source_with_facts(edition.sources["survey"])
    assert (source.accessed, source.archived.date) == ("1. Juni 2025", "2. Juni 2025")
    assert [quoted.text for quoted in source.quotes] == ["area was 25 million"]


def test_a_sign_off_is_shown_while_it_lasts(root: Path) -> None:
    assert run(root, "reviewed", "area_2025", "--by", "Ada", "--on", "2025-06-20", "--yes").exit_code == 0
    edition = edition_of(root)
    views = FactViews(Texts(edition, edition.report.default), "facts")
    assert views.fact("area_2025").reviewed_text == "Reviewed on June 20, 2025 by Ada"
    edit(root, "data/facts/water.yml", "  value: 25e6", "  value: 26e6")
    edition = edition_of(root)
    assert not FactViews(Texts(edition, edition.report.default), "facts").fact("area_2025").reviewed_text
    assert "lapsed-sign-off" in {one.rule for one in check_project(root).findings}


def test_commands_know_quotations(root: Path) -> None:
    typed = (
        "--publisher",
        "Bo",
        "--title",
        "News",
        "--read",
        "full",
        "--accessed",
        "2025-06-01",
        "--quote",
        "it cost $73 billion",
    )
    copy = ("--archived", "{url: 'https://archive.example/1', on: 2025-06-02}")
    assert run(root, "new", "source", "news", *typed, *copy, "--yes").exit_code == 0
    written = (root / "data/sources.yml").read_text(encoding="utf-8")
    assert "  accessed: 2025-06-01\n  archived: {url: 'https://archive.example/1', on: 2025-06-02}\n" in written
    change = ("--kind", "update", "--as-of", "2025-06-01", "--reason.en", "Rain", "--reason.de", "Regen")
    said = ("--source", "news", "--at", "page 1", "--quote", "it was, on a fine day, $73 billion")
    answer = run(root, "set", "dam_cost", "73e9", *change, *said, "--yes")
    assert answer.exit_code == 0, answer.output
    edition = edition_of(root)
    assert [one.quote for one in edition.facts["dam_cost"].evidence] == ["it was, on a fine day, $73 billion"]
    assert "it was, on a fine day" in run(root, "show", "dam_cost").output
    shown = run(root, "show", "news").output
    assert "archived: https://archive.example/1 (2025-06-02)" in shown
    assert "quote: it cost $73 billion" in shown
    assert "dam_cost" in run(root, "find", "fine day").output


def test_a_long_quotation_says_what_to_type(root: Path) -> None:
    quote(root, "a " * 30)
    findings = run(root, "check", "--format", "json").output
    told = json.loads(findings)
    assert f"{'a ' * 25}[…]" in json.dumps(told, ensure_ascii=False)

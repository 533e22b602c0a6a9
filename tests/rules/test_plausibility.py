"""Slips that editors make, each in this repository's own report, and each told by the rule for its kind."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sample_reports import FLAGSHIP

from generator.checks.project_check import check_project
from generator.diagnostics.finding import Diagnostic, languages
from generator.store.parse_cache import ParseCache

COSTS, RISKS, INFRA = "data/facts/costs.yml", "data/facts/risks.yml", "data/facts/infrastructure.yml"
ANNUAL, QUARTERLY = "data/series/meta_annual.csv", "data/series/meta_quarterly.csv"
INDEX_EN = "templates/pages/index.en.md.j2"
STOCK = "stock_drop_oct_2025_intraday:\n"
REVENUE = '  label: {ja: "{period}の総売上高", en: "Total revenue in {period}"}'
PERIOD = "at: 2025}\n  unit: USD\n  digits: 4\n  period: FY2025\n  as_of: 2026-01-28\n  entity: meta\n  status: observed"
COLUMN = 'label: {ja: "営業利益", en: "Operating income"}'

SLIPS = [
    # a share above one
    (RISKS, "  value: 0.14\n", "  value: 14\n", "implausible-value.share"),
    (RISKS, "  value: 0.208\n", "  value: 20.8\n", "implausible-value.share"),
    # a factor of a thousand or a lost unit, beside a series, history, rivals, siblings, and what the source wrote
    (ANNUAL, "2024,164.501e9", "2024,164.501e6", "unlike-scale"),
    (ANNUAL, "2025,200.966e9", "2025,200.966", "unlike-scale"),
    (QUARTERLY, "2025-Q3,51.242e9", "2025-Q3,51.242e12", "unlike-scale.large"),
    (QUARTERLY, ",78450,", ",78.45,", "unlike-scale"),
    (COSTS, "    - value: 39.23e9\n", "    - value: 39.23e6\n", "implausible-value.factor"),
    (COSTS, "    - value: 37.26e9\n", "    - value: 37.26\n", "implausible-value.factor"),
    ("data/claims/costs.yml", "  claimed: [66e9, 72e9]", "  claimed: [66e6, 72e6]", "implausible-value.as-written"),
    # a sign
    (RISKS, "  value: 0.14\n", "  value: -0.14\n  rivals: [{value: 0.13, reason: {ja: 別の数え方, en: Counted otherwise}, "
     "evidence: [{source: glance_bond30, at: {ja: 段落, en: passage}}]}]\n  preferred_because: {ja: 近い, en: Nearer}\n",
     "implausible-value.sign"),
    (QUARTERLY, ",23.365e9,20.838e9,", ",23.365e9,-20.838e9,", "implausible-cell"),
    # dates
    (COSTS, PERIOD, PERIOD.replace("FY2025", "FY2026"), "implausible-date.future"),
    (COSTS, PERIOD, PERIOD.replace("2026-01-28", "2025-01-28"), "implausible-date.early"),
    (COSTS, PERIOD, PERIOD.replace("FY2025", "FY2024"), "implausible-date.row"),
    ("data/facts/outlook.yml", "  period: 2025-Q1\n  as_of: 2025-01-29\n", "  period: 2025-Q1\n  as_of: 2026-01-29\n", "implausible-date.late"),
    (COSTS, "      until: 2026-10-31\n", "      until: 2023-10-31\n", "implausible-date.history"),
    ("data/report.yml", "as_of: 2026-10-31", "as_of: 2026-09-30", "after-horizon"),
    # a currency
    (COSTS, PERIOD, PERIOD.replace("unit: USD", "unit: EUR"), "unit-mismatch.series"),
    ("data/series.yml", f"      {COLUMN}\n      unit: USD", f"      {COLUMN}\n      unit: EUR", "unlike-currency.column"),
    # languages
    (COSTS, REVENUE, '  label: {en: "{period}の総売上高", ja: "Total revenue in {period}"}', "wrong-language.swapped"),
    (COSTS, REVENUE, '  label: {ja: "{period}の総売上高", en: "{period}の総売上高"}', "wrong-language"),
    (COSTS, REVENUE, '  label: {ja: "Total revenue in {period}", en: "Total revenue in {period}"}', "wrong-language"),
    (COSTS, REVENUE, '  label: {ja: "{period}の総売上高", en: "Total 売上高 in {period}"}', "wrong-language"),
    (INDEX_EN, "owner of Facebook", "the 所有者 of Facebook", "wrong-language.left"),
    # places, and files and charts that nobody sees
    (COSTS, "    - {source: prn_q4_2025, at: {ja: 決算の要約表, en: results table}}\n", "    - {source: prn_q4_2025}\n",
     "missing-place"),
    ("templates/pages/index.*.md.j2", '{{ figure("capex_vs_revenue") }}', "", "unused-chart"),
    ("templates/pages/funding.en.md.j2", "", "# Funding { #top }\n", "unlisted-file.page"),
    ("data/facts/funding.yaml", "", "depth: {}\n", "unlisted-file"),
    ("data/series/funding.csv", "", "year,amount\n", "unlisted-file.series"),
    # rows
    (QUARTERLY, "2025-Q3,", "Q3 2025,", "odd-row-name"),
    (QUARTERLY, "2025-Q2,47.516e9,0.22", "2025-Q2,47.516e9,0.32", "growth-denied"),
    (QUARTERLY, "2025-Q2,47.516e9,", "2025-Q2,45.716e9,", "growth-denied"),
    (QUARTERLY, "2025-Q3,", "2025-04/2025-06,", "odd-row-name.twice"),
    ("data/series/abilene_power.csv", "2025-12-24", "2052-12-24", "rows-out-of-order"),
    ("data/series/abilene_power.csv", "2025-12-24", "2024-12-24", "rows-out-of-order"),
    # what its source says of all else, and how sources and evidence are written
    (QUARTERLY, ",7.14,", ",714,", "unlike-scale.large"),
    (COSTS, "  value: 1.27e9\n", "  value: 1.27\n", "implausible-value.source"),
    ("data/sources.yml", "url: 'https://www.stocktitan", "url: 'https://https//www.stocktitan", "implausible-address"),
]  # fmt: skip


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the report's data and templates, which each slip is made in and taken back from."""
    root = tmp_path_factory.mktemp("slips")
    for name in ("data", "templates"):
        shutil.copytree(FLAGSHIP / name, root / name)
    shutil.copy(FLAGSHIP / "mkdocs.yml", root)
    return root


@pytest.fixture(scope="module")
def known() -> ParseCache:
    """What was read of files that no slip is made in."""
    return ParseCache()


@pytest.fixture
def slip(copied: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The rule that has to tell of a slip, which is made meanwhile."""
    pattern, old, new, rule = request.param
    paths = sorted(copied.glob(pattern)) or [copied / pattern]
    before = {path: path.read_text(encoding="utf-8") if path.is_file() else None for path in paths}
    for path, text in before.items():
        assert old in (text or "")
        path.write_text(
            (text or "").replace(old, new) if old and "index" in pattern else _once(text or "", old, new), encoding="utf-8"
        )
    yield rule
    for path, text in before.items():
        if text is None:
            path.unlink()
        else:
            path.write_text(text, encoding="utf-8")


def _once(text: str, old: str, new: str) -> str:
    if "総売上高" in old or old == PERIOD:
        at = text.index("\nrevenue_2025:")
        return text[:at] + text[at:].replace(old, new, 1)
    if old == "  value: 0.14\n":
        at = text.index(STOCK)
        return text[:at] + text[at:].replace(old, new, 1)
    return text.replace(old, new, 1) if old else new


def found(root: Path, known: ParseCache) -> list[Diagnostic]:
    return list(check_project(root, parse_cache=known).findings)


def test_the_report_has_no_slip(copied: Path, known: ParseCache) -> None:
    assert found(copied, known) == []


@pytest.mark.parametrize("slip", SLIPS, ids=[f"{number} {one[3]}" for number, one in enumerate(SLIPS)], indirect=True)
def test_a_slip_is_found(copied: Path, slip: str, known: ParseCache) -> None:
    findings = found(copied, known)
    assert slip in {f"{one.rule}.{one.variant}".rstrip(".") for one in findings}
    for one in findings:
        assert all(one.sentence(code) for code in languages())


def test_what_is_meant_says_why(copied: Path, known: ParseCache) -> None:
    path = copied / RISKS
    text = path.read_text(encoding="utf-8")
    at = text.index(STOCK)
    try:
        path.write_text(
            text[:at] + text[at:].replace("  value: 0.14\n", "  value: 1.4\n  plausible: short sales\n", 1), encoding="utf-8"
        )
        assert "implausible-value" not in {one.rule for one in found(copied, known)}
    finally:
        path.write_text(text, encoding="utf-8")


WORDS = {"en": "the dam is old and the water of the lake is cold", "de": "der Damm ist alt und das Wasser im See ist kalt"}


@pytest.mark.parametrize(
    ("texts", "variant"),
    [
        ({"en": WORDS["de"], "de": WORDS["en"]}, ["swapped"]),
        ({"en": WORDS["de"], "de": WORDS["de"]}, [""]),
        ({"en": "the water is cold", "de": "das Wasser ist kalt"}, []),
    ],
)
def test_languages_of_one_writing_are_told_by_their_words(project: Path, texts: dict[str, str], variant: list[str]) -> None:
    path = project / "data/terms.yml"
    lines = [f"one_{number}: {{term: {{en: a, de: b}}, definition: {WORDS}}}\n" for number in range(25)]
    text = path.read_text(encoding="utf-8") + "".join(lines) + f"odd: {{term: {{en: a, de: b}}, definition: {texts}}}\n"
    path.write_text(text, encoding="utf-8")
    findings = [one for one in check_project(project).findings if one.rule == "wrong-language"]
    assert [one.variant for one in findings] == variant

"""What a change of a tiny project changes for readers: twenty changes, each with the text that is printed for it."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner
from sample_projects import GOOD, edit

from generator.commands.main import main
from generator.comparing.as_text import as_text
from generator.comparing.comparison import compare_states
from generator.comparing.sections import headline, sections
from generator.comparing.states import State, read_state

GOLDEN = Path(__file__).parent / "golden"
FACTS, CLAIMS, EVENTS, SOURCES = "data/facts/water.yml", "data/claims/water.yml", "data/events.yml", "data/sources.yml"
EN, DE = "templates/pages/index.en.md.j2", "templates/pages/index.de.md.j2"
SLIP = "{en: A slip, de: Ein Versehen}"
HISTORY = f"  history:\n    - {{value: 25e6, as_of: 2025-01-31, until: 2025-06-30, kind: correction, reason: {SLIP}}}\n"
NEW_FACT = (
    "depth:\n  label: {en: Depth, de: Tiefe}\n  value: 30e6\n  unit: m2\n  status: observed\n  review: durable\n"
    "  evidence: [{source: survey, at: page 2}]\n"
)
RIVAL = (
    "  preferred_because: {en: It is newer, de: Sie ist neuer}\n"
    "  rivals: [{value: 24e6, reason: {en: Without the bay, de: Ohne die Bucht}, evidence: [{source: survey, at: page 3}]}]\n"
)
RETIRED = "opened:\n  label: {en: Opening day, de: Tag der Öffnung}\n  reason: {en: It was a rumour, de: Ein Gerücht}\n"

Change = Sequence[tuple[str, str, str]]  # file, old, new
CHANGES: dict[str, Change] = {
    "nothing": [],
    "comment": [(FACTS, "area_2025:", "# of the survey\narea_2025:")],
    "value": [(FACTS, "value: 25e6", "value: 27e6")],
    "correction": [(FACTS, "value: 25e6", "value: 27e6"), (FACTS, "area_growth:", HISTORY + "area_growth:")],
    "rival": [(FACTS, "area_growth:", RIVAL + "area_growth:")],
    "earlier-value": [(FACTS, "area_growth:", HISTORY + "area_growth:")],
    "cell": [("data/series/levels.csv", "20e6", "21e6")],
    "cell-that-no-fact-quotes": [("data/series/levels.csv", "2025,25e6", "2025,26e6")],
    "row": [("data/series/levels.csv", "2024,20e6", "2023,19e6,survey\n2024,20e6")],
    "verdict": [(CLAIMS, "verdict: confirmed", "verdict: misleading")],
    "claimed-value": [(CLAIMS, "claimed: 25e6", "claimed: 26e6")],
    "label": [(FACTS, "en: Cost of the dam", "en: Price of the dam")],
    "note": [(FACTS, "area_growth:", "  note: {en: By satellite., de: Per Satellit.}\narea_growth:")],
    "date-of-an-event": [(EVENTS, "date: 2025-03-01", "date: 2025-03-02")],
    "source": [(SOURCES, "https://survey.example/2025", "https://survey.example/second")],
    "review-class": [(FACTS, "review: durable", "review: volatile")],
    "new-fact": [(FACTS, "opened:", NEW_FACT + "opened:")],
    "renamed-fact": [
        (FACTS, "dam_cost:", "cost_of_dam:\n  aliases: [dam_cost]"),
        *((file, 'fact("dam_cost")', 'fact("cost_of_dam")') for file in (EN, DE)),
        ("data/judgments.yml", "dam_cost <", "cost_of_dam <"),
    ],
    "sentence-in-one-language": [(EN, "needs care", "needs much care")],
    "new-sentence": [(EN, "needs care.", "needs care. It is old."), (DE, ".\n", ". Er ist alt.\n")],
    "number-of-another-fact": [(EN, 'to {{ fact("area_2025") }}', 'to {{ fact("area_2024") }}')],
    "anchor": [(EN, "{ #money }", "{ #costs }"), (DE, "{ #money }", "{ #costs }")],
    "conclusion": [("data/judgments.yml", "the lake keeps growing", "the lake grows and grows")],
    "condition": [("data/judgments.yml", "dam_cost < 80e9", "dam_cost < 90e9")],
    "horizon": [("data/report.yml", "as_of: 2025-06-30", "as_of: 2025-09-30")],
    "mistake": [(CLAIMS, "claimed: 25e6", "claimed: 35e6")],
}


@pytest.fixture(scope="module")
def before() -> State:
    """The good project as it is."""
    return read_state("", GOOD)


def _text(before: State, after: State, language: str) -> str:
    changes = compare_states(before, after)
    locales = {one.code: one.locale for one in after.edition.report.languages}
    return as_text(headline(changes, language), sections(changes, locales, language))


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_told(name: str, before: State, project: Path, pytestconfig: pytest.Config) -> None:
    for file, old, new in CHANGES[name]:
        edit(project, file, old, new)
    after = read_state("", project, before)
    told = _text(before, after, "en") + "\n" + _text(before, after, "ja")
    golden = GOLDEN / f"{name}.txt"
    if pytestconfig.getoption("rewrite"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(told, encoding="utf-8")
    assert told == golden.read_text(encoding="utf-8")


def test_every_golden_file_has_its_change() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(CHANGES)


@pytest.mark.parametrize("name", ["good", "gallery"])
def test_a_report_compared_with_itself_changes_nothing(name: str, tmp_path: Path) -> None:
    source = Path(__file__).parents[1] / "projects" / name
    copies = [shutil.copytree(source, tmp_path / one) for one in ("one", "two")]
    (copies[1] / "data" / "units.yml").write_text(
        (copies[1] / "data" / "units.yml").read_text(encoding="utf-8") + "\n# the same\n", encoding="utf-8"
    )
    for form in ("text", "json"):
        shown = CliRunner().invoke(main, ["diff", *map(str, copies), "--format", form, "--language", "en"])
        assert shown.exit_code == 0
        assert ("Nothing that readers see changes." if form == "text" else '"seen": false') in shown.output


def test_revisions_and_the_files_as_they_are_can_be_compared(project: Path, git: Path) -> None:
    edit(project, FACTS, "value: 25e6", "value: 27e6")
    shown = CliRunner().invoke(main, ["diff", "--root", str(git), "--language", "en"])
    assert (shown.exit_code, "25 square kilometers → 27 square kilometers" in shown.output) == (0, True)


@pytest.mark.parametrize("base", ["--output=x", "-h", "--end-of-options", "no-such-revision", "HEAD:data"])
def test_a_base_is_never_an_option_of_git(base: str, project: Path, git: Path) -> None:
    shown = CliRunner().invoke(main, ["diff", "--root", str(git), "--", base])
    assert shown.exit_code == 2
    assert not (project / "x").exists()


def test_errors_of_the_base_are_told(project: Path, tmp_path: Path) -> None:
    earlier = shutil.copytree(project, tmp_path / "earlier")
    edit(earlier, CLAIMS, "claimed: 25e6", "claimed: 35e6")
    shown = CliRunner().invoke(main, ["diff", str(earlier), str(project), "--language", "en"])
    assert (shown.exit_code, "Errors of the earlier state" in shown.output) == (0, True)


@pytest.mark.parametrize("spoilt", ["data/facts/water.yml", "data/report.yml"])
def test_a_base_whose_data_has_errors_cannot_be_compared(spoilt: str, project: Path, tmp_path: Path) -> None:
    earlier = shutil.copytree(project, tmp_path / "earlier")
    (earlier / spoilt).write_text("area_2025: {value: much}\n", encoding="utf-8")
    shown = CliRunner().invoke(main, ["diff", str(earlier), str(project), "--language", "en"])
    assert (shown.exit_code, f"{earlier} cannot be compared" in shown.output) == (1, True)
    assert f"--> {spoilt}:1:" in shown.output


def test_a_state_whose_words_are_wrong_cannot_be_compared(project: Path) -> None:
    edit(project, "data/words.yml", "topic.water:", 'value.compact_fraction: {en: "3", de: "1.5"}\ntopic.water:')
    shown = CliRunner().invoke(main, ["diff", str(GOOD), str(project), "--language", "en"])
    assert (shown.exit_code, "1.5 is not a number" in shown.output) == (1, True)
    assert f"{GOOD} cannot be compared" not in shown.output

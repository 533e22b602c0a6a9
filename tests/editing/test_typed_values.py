"""What an editor types for a value: read exactly as it is meant, with its bound, or refused with what to type instead."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from sample_projects import PLAIN

from generator.checks.project_check import check_project
from generator.commands.main import main
from generator.editing.new_value import read_value
from generator.editing.project import EditedProject, EditError, open_project


@pytest.fixture(scope="module")
def german() -> EditedProject:
    """A project in English and German."""
    project = open_project(PLAIN, check_project(PLAIN))
    assert project is not None
    return project


@pytest.fixture(scope="module")
def japanese(tmp_path_factory: pytest.TempPathFactory) -> EditedProject:
    """A project in Japanese and English."""
    root: Path = tmp_path_factory.mktemp("starter") / "report"
    assert CliRunner().invoke(main, ["init", str(root), "--languages", "ja,en"]).exit_code == 0
    project = open_project(root, check_project(root))
    assert project is not None
    return project


BOUNDS = {
    ">5 million": ">5e6",
    "<5 million": "<5e6",
    ">= 5 million": ">=5e6",
    "\u2264 5 million": "<=5e6",
    "\u22655 million": ">=5e6",
    "~5 million": "~5e6",
    "\u22485 million": "~5e6",
    "-5 million": "-5e6",
    "\u22125 million": "-5e6",
    "5 million": "5e6",
    "5 - 6 million": "5e6..6e6",
    "5 million\u20146 million": "5e6..6e6",
}
IN_GERMAN = {**BOUNDS, "-5 bis -3": "-5..-3", "5 million to 6 million": "5e6..6e6", "1.234e3": "1.234e3", "0.234": "0.234"}
IN_JAPANESE = {
    **BOUNDS,
    "\u2265500万": ">=5e6",
    "\u2252500万": "~5e6",
    "5\u301c6百万": "5e6..6e6",
    "500万\uff5e600万": "5e6..6e6",
    "1.234": "1.234",
    "1,234": "1234",
}
NO_VALUES = (
    *("\xb15 million", "5 million\u2212", "5 million?", "5 million -", "\xac5", "\xbd", "5\xbd", "1/2", "5/6", "5 \xd7 6"),
    *(
        "3:4",
        "2 < 3",
        "5 million = 6 million",
        "10 - 5 million",
        "5 6",
        "10\u2076",
        "(5) million",
        "\u301c5",
        "\uff5e5 million",
    ),
    *("500万\u301c", "6 - 5 million", "5 -- 6 million", "5 + 6 million", "5 & 6", "5 to 6 million"),
)
TWO_READINGS = {
    "1.234": "1234, 1.234e0",
    ">1.234": ">1234, >1.234e0",
    "1.234..2.345": "1234..2345, 1.234e0..2.345e0",
    "12,345": "12345, 12.345e0",
    "1,234 million": "1.234e9, 1.234e6",
    "1.234 m\xb2": "1.234e0, 1234",
}


@pytest.mark.parametrize("typed", IN_GERMAN)
def test_a_bound_and_about_stay_in_german(german: EditedProject, typed: str) -> None:
    assert read_value(german, german.edition.facts["area_2025"], typed).notation == IN_GERMAN[typed]


@pytest.mark.parametrize("typed", IN_JAPANESE)
def test_a_bound_and_about_stay_in_japanese(japanese: EditedProject, typed: str) -> None:
    assert read_value(japanese, japanese.edition.facts["lake_volume"], typed).notation == IN_JAPANESE[typed]


@pytest.mark.parametrize("typed", NO_VALUES)
def test_what_is_no_number_or_range_is_refused(german: EditedProject, japanese: EditedProject, typed: str) -> None:
    for project, fact in ((german, "area_2025"), (german, "dam_cost"), (japanese, "lake_volume"), (japanese, "use_2025")):
        with pytest.raises(EditError) as refused:
            read_value(project, project.edition.facts[fact], typed)
        assert refused.value.message == "edit-bad-value", (fact, typed)


@pytest.mark.parametrize("typed", TWO_READINGS)
def test_a_number_that_languages_read_differently_is_asked_for(german: EditedProject, typed: str) -> None:
    with pytest.raises(EditError) as refused:
        read_value(german, german.edition.facts["area_2025"], typed)
    assert (refused.value.message, refused.value.arguments["readings"]) == ("edit-two-readings", TWO_READINGS[typed])


def test_about_is_not_dropped_from_a_range(german: EditedProject) -> None:
    with pytest.raises(EditError) as refused:
        read_value(german, german.edition.facts["area_2025"], "about 24\u201326 square kilometers")
    assert refused.value.message == "edit-about-range"

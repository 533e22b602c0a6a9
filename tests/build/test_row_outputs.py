"""Files that list entries: after an edit only the rows of what changed are made, and the files are those of a build from nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from sample_projects import GOOD
from sample_reports import check_edition, render_report

from generator.build import entry_groups
from generator.build.artifacts import ArtifactStore
from generator.build.context import create_context
from generator.build.executors import SerialExecutor
from generator.build.output_context import create_output_context
from generator.build.outputs import output_files
from generator.build.tasks import Batch, TaskInputs, TaskOutcome
from generator.model import values
from generator.model.report import Edition
from generator.records.struct import replace
from generator.store.inputs import hash_inputs

KINDS = ("rows", "cited", "table", "workbook", "api", "citations")


class Recorder(SerialExecutor):
    """Runs tasks here, and remembers which."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.kept: dict[str, int] = {}  # how many of a task's pieces were kept

    def run_batches(
        self, task_inputs: TaskInputs, batches: Sequence[Batch], *, in_background: bool = False
    ) -> Iterator[list[TaskOutcome]]:
        wanted = [task for _, tasks in batches for task in tasks if task.kind in KINDS]
        self.made += [f"{task.kind} {task.key}" for task in wanted]
        self.kept.update({f"{task.kind} {task.key}": len(task_inputs.pieces(task.kind, task.key)) for task in wanted})
        return super().run_batches(task_inputs, batches, in_background=in_background)


def outputs(edition: Edition, folder: Path, recorder: Recorder | None = None) -> tuple[dict[str, str | bytes], list[str]]:
    """All outputs, and which rows were made for them."""
    recorder, store = recorder or Recorder(), ArtifactStore(folder, "tests")
    context = create_context(GOOD, edition, stale=(), files=hash_inputs(GOOD), store=store, executor=recorder)
    files = {path: file.make() for path, file in output_files(create_output_context(context, render_report(context))).items()}
    store.save()
    return files, recorder.made


@pytest.fixture(autouse=True)
def _small_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entry_groups, "_MOST", 2)


@pytest.fixture(scope="module")
def edition() -> Edition:
    return check_edition(GOOD)


def with_value(edition: Edition, fact: str, value: str) -> Edition:
    changed = replace(edition.facts[fact], value=values.parse(value))
    return replace(edition, facts={**edition.facts, fact: changed})


def test_only_rows_of_what_changed_are_made_again(edition: Edition, tmp_path: Path) -> None:
    _, first = outputs(edition, tmp_path / "kept")
    assert {one.partition(" ")[0] for one in first} == set(KINDS)
    assert outputs(edition, tmp_path / "kept")[1] == []
    changed = with_value(edition, "dam_cost", "66e9..73e9")
    files, made = outputs(changed, tmp_path / "kept")
    assert files == outputs(changed, tmp_path / "new")[0]
    assert len([one for one in first if one.startswith("rows facts/")]) > 2
    assert len([one for one in made if one.startswith("rows facts/")]) == 1
    assert not [one for one in made if "sources/" in one or "terms/" in one or one.startswith("workbook ")]
    assert files["data/tables.en.xlsx"] != b""
    assert "73000000000" in str(files["data/facts.csv"])


def test_files_of_facts_are_made_in_groups_and_those_of_unchanged_ones_kept(edition: Edition, tmp_path: Path) -> None:
    _, first = outputs(edition, tmp_path / "kept")
    assert outputs(edition, tmp_path / "kept")[1] == []
    recorder = Recorder()
    files, made = outputs(with_value(edition, "dam_cost", "66e9..73e9"), tmp_path / "kept", recorder)
    for kind, languages in (("api", 1), ("citations", len(edition.report.languages))):
        assert len([one for one in first if one.startswith(f"{kind} ") and "facts/" in one]) > 2 * languages
        groups = [one for one in made if one.startswith(f"{kind} ")]
        assert [recorder.kept[one] for one in groups] == [1] * languages  # of two
    assert "73000000000" in str(files["api/facts/dam_cost.json"])


def test_a_new_fact_moves_the_rows_below_it(edition: Edition, tmp_path: Path) -> None:
    outputs(edition, tmp_path / "kept")
    first, *others = edition.facts.values()
    more = replace(first, id="area_again")
    changed = replace(edition, facts={first.id: first, more.id: more, **{one.id: one for one in others}})
    files, made = outputs(changed, tmp_path / "kept")
    assert made
    assert files == outputs(changed, tmp_path / "new")[0]

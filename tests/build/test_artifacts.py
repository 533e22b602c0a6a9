"""Artifacts: made again when what their task read changed, followed by others only when they came out differently."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from multiprocessing import active_children
from pathlib import Path

import pytest
from sample_projects import GOOD
from sample_reports import check_edition

from generator.build.artifacts import ArtifactStore, BuildContext
from generator.build.background import CAN_FORK
from generator.build.context import create_context
from generator.build.executors import ProcessExecutor, SerialExecutor, with_long_tasks
from generator.build.recorded_fingerprints import UnchangedDependencies
from generator.build.tasks import PIECES, Artifact, Task, TaskInputs, TaskResult
from generator.model.report import Edition, Fact
from generator.pages.render_cache import RenderCache
from generator.records.struct import replace

TASK = Task("sample", "area")
CALLS: list[str] = []


def topic(task_inputs: TaskInputs, _key: str) -> TaskResult:
    """An artifact that says of a fact only its topic."""
    fact = task_inputs.edition.facts["area_2025"]
    CALLS.append(fact.id)
    return TaskResult(summary=fact.topic, payload=[fact.topic])


def until(holds: Callable[[], bool]) -> None:
    for _ in range(1000):
        if holds():
            return
        time.sleep(0.01)
    pytest.fail("no child took a task")


def context_of(edition: Edition, folder: Path) -> BuildContext:
    return create_context(GOOD, edition, stale=(), files={}, store=ArtifactStore(folder, "code"), executor=SerialExecutor())


def made(edition: Edition, folder: Path) -> Artifact:
    context = context_of(edition, folder)
    artifacts, mistakes = context.make({"sample": topic}, [TASK])
    assert mistakes == []
    context.store.save()
    return artifacts[TASK]


@pytest.mark.parametrize(
    ("change", "calls", "same"),
    [
        (lambda fact: fact, 1, True),
        (lambda fact: replace(fact, note=None), 2, True),
        (lambda fact: replace(fact, topic="x"), 2, False),
    ],
    ids=["nothing changes", "something that is not said", "what is said"],
)
def test_what_follows_depends_on_the_content(change: Callable[[Fact], Fact], calls: int, same: bool, tmp_path: Path) -> None:  # noqa: FBT001  a column
    CALLS.clear()
    edition = check_edition(GOOD)
    fact = edition.facts["area_2025"]
    marked = replace(edition, facts={**edition.facts, "area_2025": replace(fact, note=fact.label)})
    before = made(marked, tmp_path)
    changed = change(marked.facts["area_2025"])
    after = made(replace(marked, facts={**marked.facts, "area_2025": changed}), tmp_path)
    assert len(CALLS) == calls
    assert (after.inputs_fingerprint == before.inputs_fingerprint) == (calls == 1)
    assert (after.fingerprint == before.fingerprint) == same


@pytest.mark.parametrize(
    ("steps", "calls"),
    [
        ("aN aN aN", 1),
        ("aN bN bN aN", 3),
        ("aN b- aN", 3),  # what was recorded is not of what was stored since then
        ("aN ?bN bN", 2),  # nor of what nobody asked for when it was recorded
    ],
)
def test_what_was_recorded_is_trusted_only_of_what_it_is_of(steps: str, calls: int, tmp_path: Path) -> None:
    CALLS.clear()
    edition = check_edition(GOOD)
    for step in steps.split():
        tasks = [TASK] if step[0] != "?" else []  # a build that has no use for artifacts of this kind
        fact = replace(edition.facts["area_2025"], topic=step[-2])
        edition = replace(edition, facts={**edition.facts, "area_2025": fact})
        context = context_of(edition, tmp_path)
        unchanged = UnchangedDependencies(context.fingerprints, context.store.recorder.load())
        context.fingerprints.of("facts/area_2025")
        artifacts, _ = replace(context, unchanged=unchanged).make({"sample": topic}, tasks, complete=False)
        assert [artifacts[task].summary for task in tasks] == [step[-2]] * len(tasks)
        context.store.save(context.fingerprints.known if step[-1] == "N" else None)
    assert len(CALLS) == calls


@pytest.mark.skipif(not CAN_FORK, reason="this system cannot fork")
@pytest.mark.parametrize("dies", [False, True])
@pytest.mark.parametrize("jobs", [2, 4])
def test_processes_share_tasks_and_those_of_a_child_that_died_are_done_here(
    tmp_path: Path,
    jobs: int,
    dies: bool,  # noqa: FBT001  a column
) -> None:
    here, taken = os.getpid(), tmp_path / "taken"

    def work(_: TaskInputs, key: str) -> TaskResult:
        if os.getpid() != here:
            taken.touch()
            if dies:
                os.kill(os.getpid(), signal.SIGKILL)
        until(taken.exists)
        return TaskResult(summary=(int(key), os.getpid()))

    executor = ProcessExecutor(jobs, min_tasks=1)
    tasks = [Task("sample", str(number)) for number in range(40)]
    edition = check_edition(GOOD)
    store = ArtifactStore(tmp_path / "cache", "code")
    context = create_context(GOOD, edition, stale=(), files={}, store=store, executor=executor)
    artifacts, mistakes = context.make({"sample": work}, tasks)
    executor.cancel_all()
    assert mistakes == []
    assert [artifacts[task].summary[0] for task in tasks] == list(range(40))
    processes = {artifact.summary[1] for artifact in artifacts.values()}
    assert processes == {here} if dies else processes - {here}


def open_files() -> list[str]:
    return sorted(os.listdir("/proc/self/fd"))  # noqa: PTH208  names


@pytest.mark.skipif(sys.platform != "linux", reason="it looks into /proc")
@pytest.mark.parametrize("awaited", [False, True])
def test_of_a_build_that_failed_nothing_goes_on(tmp_path: Path, awaited: bool) -> None:  # noqa: FBT001  a column
    here, began = os.getpid(), tmp_path / "began"

    def work(_: TaskInputs, _key: str) -> TaskResult:
        if os.getpid() == here:
            until(began.exists)
            raise ZeroDivisionError
        began.touch()
        time.sleep(600)
        return TaskResult(summary=None)

    executor = ProcessExecutor(2, min_tasks=1)
    context = replace(context_of(check_edition(GOOD), tmp_path / "cache"), executor=executor)
    before = open_files()
    finish = context.start({"sample": work}, [TASK, Task("sample", "other")])
    if awaited:
        with pytest.raises(ZeroDivisionError):
            finish()
    else:
        until(began.exists)
        executor.cancel_all()
    assert active_children() == []
    assert open_files() == before


@pytest.mark.skipif(not CAN_FORK, reason="this system cannot fork")
@pytest.mark.parametrize("ended", [False, True])
def test_tasks_are_shared_where_a_processor_is_free_once_they_are_asked_for(tmp_path: Path, ended: bool) -> None:  # noqa: FBT001  a column
    here, end, taken = os.getpid(), tmp_path / "end", tmp_path / "taken"

    def work(_: TaskInputs, _key: str) -> TaskResult:
        if ended and os.getpid() == here:
            until(taken.exists)
        taken.touch()
        return TaskResult(summary=os.getpid())

    executor = ProcessExecutor(2, min_tasks=1)
    busy = [executor.submit(partial(until, end.exists)) for _ in range(2)]
    context = replace(context_of(check_edition(GOOD), tmp_path / "cache"), executor=executor)
    finish = context.start({"sample": work}, [TASK, Task("sample", "other")], in_background=False)
    if ended:
        end.touch()
        for child in busy:
            child.result()
    artifacts, _ = finish()
    executor.cancel_all()
    assert any(artifact.summary != here for artifact in artifacts.values()) is ended


@pytest.mark.skipif(not CAN_FORK, reason="this system cannot fork")
@pytest.mark.parametrize("long", [False, True])
def test_only_a_long_task_is_worth_a_child_alone(tmp_path: Path, long: bool) -> None:  # noqa: FBT001  a column
    here, began = os.getpid(), tmp_path / "began"

    def work(_: TaskInputs, _key: str) -> TaskResult:
        began.touch()
        return TaskResult(summary=os.getpid())

    executor = ProcessExecutor(2)
    context = replace(context_of(check_edition(GOOD), tmp_path / "cache"), executor=executor)
    if long:
        context = replace(context, executor=with_long_tasks(executor))
    finish = context.start({"sample": work}, [TASK])
    if long:
        until(began.exists)  # while this process does something else
    else:
        assert not began.exists()
    artifacts, mistakes = finish()
    executor.cancel_all()
    assert mistakes == []
    assert (artifacts[TASK].summary != here) is long


@pytest.mark.skipif(not CAN_FORK, reason="this system cannot fork")
@pytest.mark.parametrize("low_priority", [False, True])
def test_a_long_task_has_a_child_of_its_own_beside_one_of_low_priority(tmp_path: Path, low_priority: bool) -> None:  # noqa: FBT001  a column
    here, began, ended = os.getpid(), tmp_path / "began", tmp_path / "ended"

    def work(_: TaskInputs, _key: str) -> TaskResult:
        began.touch()
        return TaskResult(summary=os.getpid())

    def wait() -> int:
        until(ended.exists)
        return os.getpriority(os.PRIO_PROCESS, 0)

    executor = ProcessExecutor(2)
    waiting = executor.submit(wait, low_priority=low_priority)
    context = replace(context_of(check_edition(GOOD), tmp_path / "cache"), executor=with_long_tasks(executor))
    finish = context.start({"sample": work}, [TASK])
    if low_priority:
        until(began.exists)  # while this process does something else
    artifacts, _ = finish()
    ended.touch()
    priority = waiting.result()
    executor.cancel_all()
    assert (artifacts[TASK].summary != here) is low_priority
    assert (priority > os.getpriority(os.PRIO_PROCESS, 0)) is low_priority


@pytest.mark.skipif(not CAN_FORK, reason="this system cannot fork")
def test_a_process_helps_with_long_tasks_that_it_left_to_a_child(tmp_path: Path) -> None:
    here, helped = os.getpid(), tmp_path / "helped"

    def work(_: TaskInputs, key: str) -> TaskResult:
        if os.getpid() == here:
            helped.touch()
        until(helped.exists)  # so that the child cannot take all of them
        return TaskResult(summary=(key, os.getpid()))

    executor = ProcessExecutor(2)
    context = replace(context_of(check_edition(GOOD), tmp_path / "cache"), executor=with_long_tasks(executor))
    tasks = [Task("sample", str(number)) for number in range(4)]
    artifacts, mistakes = context.start({"sample": work}, tasks)()
    executor.cancel_all()
    assert mistakes == []
    assert [artifacts[task].summary[0] for task in tasks] == ["0", "1", "2", "3"]
    assert here in {artifact.summary[1] for artifact in artifacts.values()}


def test_texts_that_are_kept_are_those_of_each_task_also_where_two_groups_are_begun_at_once(tmp_path: Path) -> None:
    context = context_of(check_edition(GOOD), tmp_path / "cache")

    def work(task_inputs: TaskInputs, key: str) -> TaskResult:
        cache = RenderCache(accesses=task_inputs.accesses, known=task_inputs.pieces("sample", key))
        reused = "text" in cache.known
        return TaskResult(summary=(reused, cache.text("text", lambda: key)), pieces=cache.texts)

    tasks = [[Task("sample", name)] for name in ("first", "second")]
    for reused in (False, True):
        context.store.keep_only("sample", ())
        finish = [context.start({"sample": work}, group, complete=False, in_background=False) for group in tasks]
        made = [end()[0][group[0]].summary for end, group in zip(finish, tasks, strict=True)]
        assert made == [(reused, "first"), (reused, "second")]
    assert context.task_inputs.parameters[PIECES] == {}

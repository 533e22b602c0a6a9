"""A site has the same bytes when it is built by spawned processes, or on a cluster that loses a worker half-way."""

from __future__ import annotations

import importlib
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import pytest
import sample_charts
from distributed import Client, Future

from bench.project import write_project
from bench.workload import Size, make_workload
from generator.build.background import BackgroundTask
from generator.build.dask_executor import ClusterError, DaskExecutor, edition_of, sees_templates
from generator.build.errors import BuildError
from generator.build.executors import ProcessExecutor, Result, SerialExecutor
from generator.build.pipeline import build_site
from generator.build.plan import BuildOptions
from generator.build.tasks import Batch, TaskInputs, TaskOutcome
from generator.records.struct import replace
from generator.store.inputs import hash_inputs, hash_subset
from generator.store.objects import Pickled

ROOT = Path(__file__).parents[2]
WORKLOAD = make_workload(Size(20, 4))
SECONDS = 60  # for anything to happen


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def project(folder: Path) -> Path:
    write_project(folder, WORKLOAD, full=True)
    return folder


@pytest.fixture(scope="module")
def built_serially(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report as one process makes it."""
    root = project(tmp_path_factory.mktemp("built_serially"))
    build_site(BuildOptions(root=root, jobs=1), progress=lambda _: None, executor=SerialExecutor())
    return root


@dataclass
class Cluster:
    """A scheduler and its workers, each a process of its own on this machine."""

    folder: Path
    address: str = ""
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "dask", *arguments, "--host", "127.0.0.1", "--no-dashboard"]
        log = (self.folder / f"{len(self.running)}.log").open("wb")
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
        log.close()
        self.running.append(process)
        return process

    def start_workers(self, *names: str) -> dict[str, subprocess.Popen[bytes]]:
        own = ("--no-nanny", "--nthreads", "2", "--local-directory", str(self.folder))
        started = {name: self.start("worker", self.address, "--name", name, *own) for name in names}
        with Client(self.address, timeout=SECONDS, set_as_default=False) as client:
            client.wait_for_workers(len(names), timeout=SECONDS)
        return started

    def end(self) -> None:
        for process in reversed(self.running):
            process.kill()
            process.wait(SECONDS)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A scheduler without workers."""
    started = Cluster(tmp_path)
    told = tmp_path / "scheduler.json"
    try:
        started.start("scheduler", "--port", "0", "--scheduler-file", str(told))
        end = time.monotonic() + SECONDS
        while not told.is_file():
            assert time.monotonic() < end
            time.sleep(0.05)
        started.address = f"tcp://127.0.0.1:{port_of(told)}"
        yield started
    finally:
        started.end()


def port_of(told: Path) -> int:
    with Client(scheduler_file=str(told), timeout=SECONDS, set_as_default=False) as client:
        return int(client.scheduler.address.rpartition(":")[2])


class KillsWorker:
    """A cluster, one of whose workers is killed while it has something to do, once some batches are done."""

    def __init__(self, address: str, workers: dict[str, subprocess.Popen[bytes]], *, after: int) -> None:
        self.address, self.workers, self.after = address, workers, after
        self.done = 0
        self.lost: tuple[str, ...] = ()  # the keys of the tasks that the killed worker had
        self.executor = DaskExecutor(address)
        self.jobs = self.executor.jobs
        self.ended = threading.Event()
        self.watcher = threading.Thread(target=self.watch, daemon=True)

    def run_batches(
        self, task_inputs: TaskInputs, batches: Sequence[Batch], *, in_background: bool = False
    ) -> Iterator[list[TaskOutcome]]:
        for outcomes in self.executor.run_batches(task_inputs, batches, in_background=in_background):
            self.done += 1
            yield outcomes

    def submit(self, function: Callable[[], Result], *, low_priority: bool = False) -> BackgroundTask[Result]:
        return self.executor.submit(function, low_priority=low_priority)

    def cancel_all(self) -> None:
        self.executor.cancel_all()

    def watch(self) -> None:
        with Client(self.address, timeout=SECONDS, set_as_default=False) as client:
            named = {address: one["name"] for address, one in client.scheduler_info(n_workers=-1)["workers"].items()}
            while not (self.lost or self.ended.wait(0.01)):
                busy = {named[address]: tuple(tasks) for address, tasks in client.processing().items() if tasks}
                if busy and self.done >= self.after:
                    name, self.lost = max(busy.items(), key=lambda one: len(one[1]))
                    self.workers[name].send_signal(signal.SIGKILL)

    def __enter__(self) -> Self:
        """Watched."""
        self.watcher.start()
        return self

    def __exit__(self, *_: object) -> None:
        """No longer watched."""
        self.ended.set()
        self.watcher.join(SECONDS)
        self.executor.close()


def test_a_lost_worker_changes_no_byte(built_serially: Path, cluster: Cluster, tmp_path: Path) -> None:
    workers = cluster.start_workers("first", "second")
    root = project(tmp_path / "spread")
    with KillsWorker(cluster.address, workers, after=1) as executor:
        build_site(BuildOptions(root=root, jobs=1), progress=lambda _: None, executor=executor)
        assert executor.lost
    assert sorted(one.poll() is None for one in workers.values()) == [False, True]
    assert files(root / "site") == files(built_serially / "site")


class LosesInputs(KillsWorker):
    """A cluster that loses what tasks are made from, as it does when the only worker that has it is killed."""

    def watch(self) -> None:
        with Client(self.address, timeout=SECONDS, set_as_default=False) as client:
            while not (self.lost or self.ended.wait(0.01)):
                if self.done >= self.after and (
                    keys := [str(key) for key in client.who_has() if str(key).startswith("Pickled")]
                ):
                    self.lost = tuple(keys)
                    client.cancel([Future(key, client) for key in keys], force=True)


def test_every_worker_takes_part_and_few_outcomes_wait(cluster: Cluster, tmp_path: Path) -> None:
    cluster.start_workers("first", "second", "third")
    templates = hash_subset(hash_inputs(tmp_path), "templates/")
    task_inputs = TaskInputs(root=tmp_path, edition=sample_charts.EDITION, templates=templates)
    batches: list[Batch] = [({}, ())] * 200
    with DaskExecutor(cluster.address) as executor, Client(cluster.address, set_as_default=False) as client:
        outcomes = executor.run_batches(task_inputs, batches)
        assert next(outcomes) == []
        waiting = 0
        while waiting != (waiting := len(client.who_has())):
            time.sleep(0.5)
        assert waiting < len(batches) / 4
        assert list(outcomes) == [[]] * 199
        held = client.run(lambda: len(vars(importlib.import_module("generator.build.dask_executor"))["_EDITIONS"]))
        assert list(held.values()) == [1, 1, 1]


def test_lost_inputs_are_sent_again(built_serially: Path, cluster: Cluster, tmp_path: Path) -> None:
    workers = cluster.start_workers("first")
    root = project(tmp_path / "spread")
    with LosesInputs(cluster.address, workers, after=1) as executor:
        build_site(BuildOptions(root=root, jobs=1), progress=lambda _: None, executor=executor)
        assert executor.lost
    assert files(root / "site") == files(built_serially / "site")


def test_a_cluster_that_is_gone_is_told(cluster: Cluster, tmp_path: Path) -> None:
    workers = cluster.start_workers("only")
    root = project(tmp_path / "spread")
    with KillsWorker(cluster.address, workers, after=0) as executor, pytest.raises(ClusterError):
        build_site(BuildOptions(root=root, render_only=True), progress=lambda _: None, executor=executor)
    assert executor.lost


class OtherTemplates:
    """A cluster whose workers see other templates than the build."""

    def __init__(self, executor: DaskExecutor) -> None:
        self.executor, self.jobs = executor, executor.jobs

    def run_batches(
        self, task_inputs: TaskInputs, batches: Sequence[Batch], *, in_background: bool = False
    ) -> Iterator[list[TaskOutcome]]:
        return self.executor.run_batches(
            replace(task_inputs, templates="those of another folder"), batches, in_background=in_background
        )

    def submit(self, function: Callable[[], Result], *, low_priority: bool = False) -> BackgroundTask[Result]:
        return self.executor.submit(function, low_priority=low_priority)

    def cancel_all(self) -> None:
        self.executor.cancel_all()


def test_workers_that_see_other_templates_are_told(cluster: Cluster, tmp_path: Path) -> None:
    cluster.start_workers("only")
    root = project(tmp_path / "spread")
    with DaskExecutor(cluster.address) as executor, pytest.raises(ClusterError, match="other templates"):
        build_site(BuildOptions(root=root, render_only=True), progress=lambda _: None, executor=OtherTemplates(executor))


def test_a_worker_looks_again_where_the_disk_was_late(tmp_path: Path) -> None:
    root = project(tmp_path / "spread")
    page = min(root.glob("templates/pages/**/*.md.j2"))
    before = page.read_text(encoding="utf-8")
    page.write_text(f"{before}\nOne more sentence.\n", encoding="utf-8")
    expected = hash_subset(hash_inputs(root), "templates/")
    for text, seen in ((before, False), (f"{before}\nOne more sentence.\n", True)):
        page.write_text(text, encoding="utf-8")
        assert sees_templates(root, expected) is seen
    assert not sees_templates(root, "those of another folder")


def test_the_command_builds_on_a_cluster(cluster: Cluster, tmp_path: Path) -> None:
    cluster.start_workers("only")
    root = project(tmp_path / "spread")
    done = build(root, cluster.address)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (root / "site/en/index.html").is_file()


def build(root: Path, address: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "generator", "build", "--root", str(root), "--language", "en", "--dask", address]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=10 * SECONDS)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "127.0.0.1:x", "nothing://at-all"])
def test_a_wrong_address_is_told_within_seconds(tmp_path: Path, address: str) -> None:
    began = time.monotonic()
    with pytest.raises(BuildError) as failed:
        build_site(BuildOptions(root=tmp_path, render_only=True, dask=address), progress=lambda _: None)
    (found,) = failed.value.findings
    assert (found.rule, found.args["address"]) == ("cluster-failed", address)
    assert time.monotonic() - began < SECONDS / 2


def test_a_cluster_without_workers_is_told(cluster: Cluster, tmp_path: Path) -> None:
    with pytest.raises(BuildError) as failed:
        build_site(BuildOptions(root=tmp_path, render_only=True, dask=cluster.address), progress=lambda _: None)
    assert [one.args["why"] for one in failed.value.findings] == ["the scheduler has no workers"]


def test_spawned_processes_change_no_byte(built_serially: Path, tmp_path: Path) -> None:
    root = project(tmp_path / "spread")
    executor = ProcessExecutor(2, min_tasks=1, threads=True)  # which says that it must not fork
    build_site(BuildOptions(root=root, jobs=1), progress=lambda _: None, executor=executor)
    assert files(root / "site") == files(built_serially / "site")


def test_a_worker_restores_an_edition_for_its_first_batch_alone() -> None:
    pickled = Pickled.of(sample_charts.EDITION)
    first = edition_of(pickled, "one")
    assert first == sample_charts.EDITION
    assert edition_of(pickled, "one") is first
    assert edition_of(pickled, "another") is not first
    assert edition_of(pickled, "one") is not first, "an edition that is no longer asked for is not held"

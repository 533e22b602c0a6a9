"""The loop that makes a live site: of all that it does, nothing is done without the lock of the project."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from attack import lay_out

from generator.build.plan import BuildOptions, note_build
from generator.engines.processes import EnginePool
from generator.serve.build_loop import BuildLoop
from generator.serve.state import PendingFile, ServerState, VersionedContent
from generator.store.project_lock import ProjectLock, ProjectLockedError, project_lock


class Watched(BuildLoop):
    """A loop that notes, whenever it has made something, whether another process could do so, too."""

    alone: list[bool]

    def _update(self) -> list[str]:
        files = super()._update()
        try:
            with project_lock(self.options.root, seconds=0, on_wait=lambda: None):
                self.alone.append(False)
        except ProjectLockedError:
            self.alone.append(True)
        return files


@pytest.fixture
def loop(tmp_path: Path) -> Iterator[Watched]:
    """A loop that has made nothing yet."""
    root = lay_out(tmp_path, {}, whole=True)
    with EnginePool(root) as pool, closing(ProjectLock(root)) as lock:
        options = BuildOptions(root=root, jobs=1)
        made = Watched(options, pool, ServerState(root), lock, language="en", progress=lambda _: None)
        made.alone = []
        yield made


def replace_folder(root: Path) -> None:
    shutil.copytree(root, root.with_name("copy"))
    root.rename(root.with_name("away"))
    root.with_name("copy").rename(root)


@pytest.mark.parametrize("change", [note_build, replace_folder, lambda root: shutil.rmtree(root / "build")])
def test_what_others_change_is_followed_while_the_lock_is_held(loop: Watched, change: Callable[[Path], None]) -> None:
    loop.update()
    site = loop.site
    change(loop.options.root)
    loop.update()
    assert loop.site is not site, "everything is made anew"
    assert len(loop.alone) > 1
    assert all(loop.alone)


def test_garbage_is_collected_after_changes_alone(loop: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    collected: list[int] = []
    answered: list[VersionedContent | None] = []
    do_step = BuildLoop._do_step  # noqa: SLF001

    def then_ask(self: BuildLoop) -> float | None:
        """When all is made, ask for files that do not exist, one by one."""
        if (pause := do_step(self)) is None:
            if len(answered) == 3:
                self.state.interrupted = True
                return 0
            pending = PendingFile("ja/nowhere/")
            pending.content.add_done_callback(lambda done: answered.append(done.result()))
            self.state.pending.put(pending)
        return pause

    def note_collection(self: BuildLoop) -> None:
        collected.append(self._updates)
        self._updates = 0

    monkeypatch.setattr(BuildLoop, "_do_step", then_ask)
    monkeypatch.setattr(BuildLoop, "_collect_garbage", note_collection)
    loop.state.inputs_changed()
    loop.run()
    assert answered == [None, None, None]
    assert collected == [1]

"""The loop that makes a live site: changed files first, then what browsers wait for, then the rest."""

from __future__ import annotations

import gc
import math
import os
import queue
import shutil
import time
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from ..build.engine_cache import CorruptCacheError
from ..build.folders import CACHE
from ..build.live_site import LiveSite
from ..build.plan import BuildOptions, Progress, last_build
from ..diagnostics.finding import tool_message
from ..diagnostics.renderers import render
from ..engines.processes import EnginePool
from ..records.struct import replace
from ..store.generated_folders import remove_blocking_file
from ..store.inputs import InputsChangedError
from ..store.project_lock import ProjectLock
from .state import Failure, PendingCall, PendingFile, ServerState

_AFTER_CHANGE = 0.2  # seconds that open pages have for loading before the rest is made
_NAMED_FILES = 3  # where more changed, the others are left out of the message
_RETRY = 1.0  # seconds until the next attempt after the system refused something, and at least twice what the last one took
_COLLECT_AFTER = 64  # edits that follow each other without a pause until garbage is collected all the same
_ATTEMPTS = 50  # to make a file while edits follow each other
Value = TypeVar("Value")


class BuildLoop:
    """Makes one thing after the other in the thread that runs it; findings and timings go to `progress` in `language`."""

    def __init__(
        self,
        options: BuildOptions,
        engine_pool: EnginePool,
        state: ServerState,
        lock: ProjectLock,
        *,
        language: str,
        progress: Progress,
    ) -> None:
        """The lock is held only while something is made: between, a build may have its turn."""
        self.options, self.engine_pool, self.state = options, engine_pool, state
        self.lock, self._last_build = lock, last_build(options.root)
        self.language, self.progress = language, progress
        self._printed = ""  # the findings
        self._failure: Failure | None = None
        self._retry_at = math.inf
        self._outdated = False  # whether what was to be made last is to be made of newer files
        self._updates = 0  # since garbage was collected
        self.site = LiveSite(self.options, self.engine_pool, self.progress)
        self.state.contents = self.site.contents
        self._is_new = True  # whether nothing was made yet

    def run(self) -> None:
        """Go on until the process is interrupted, or was asked to end."""
        gc.disable()  # collected while nobody waits
        pause: float | None = 0
        while not self.state.interrupted:
            requests = self._requests(pause)
            if time.monotonic() >= self._retry_at:
                requests.append(None)
            changed = None in requests and self.update()
            for pending in requests:
                if isinstance(pending, PendingCall):
                    self._updates += 1
                    pending.run()
                elif pending is not None:
                    self._answer(pending)
            pause = (_AFTER_CHANGE if changed else 0) if requests else self._call_safely(self._do_step)
            if self._updates >= (1 if pause is None else _COLLECT_AFTER):
                self._collect_garbage()
            self._post()

    def _collect_garbage(self) -> None:
        """Free earlier states of the site. They were frozen when they were the present one, so that no edit waits for it."""
        self._updates = 0
        gc.unfreeze()
        gc.collect()
        gc.freeze()

    def _requests(self, pause: float | None) -> list[PendingFile | PendingCall | None]:
        """Everything that is asked for; waits for up to `pause` seconds, None: until there is something."""
        requests: list[PendingFile | PendingCall | None] = []
        if pause != 0 and self._retry_at < math.inf:
            pause = max(0.0, min(self._retry_at - time.monotonic(), math.inf if pause is None else pause))
        try:
            if pause != 0:
                requests.append(self.state.pending.get(timeout=pause))
            while True:
                requests.append(self.state.pending.get_nowait())
        except queue.Empty:
            return requests

    def update(self) -> bool:
        """Show the project's files as they are now; False where none changed."""
        began = time.monotonic()
        self._updates += 1
        first, files = not self.state.posted, self._call_safely(self._update)
        if not files:
            return False
        self._post()
        if not first and not self.state.findings and self._failure is None:
            named = ", ".join((*files[:_NAMED_FILES], *("…" for _ in files[_NAMED_FILES : _NAMED_FILES + 1])))
            seconds = f"{time.monotonic() - began:.2f}"
            self.progress(tool_message("remade", self.language, files=named, seconds=seconds))
        return True

    def _update(self) -> list[str]:
        if self._failure is not None:
            self._open_site()
        files = self.site.changed_inputs()
        if files or self._is_new:
            self.site.update(self.state.open_paths())
            self._is_new = False
        self._failure, self._retry_at = None, math.inf
        return files

    def _do_step(self) -> float | None:
        return self.site.do_step()

    def _answer(self, pending: PendingFile) -> None:
        self._outdated = False
        content = self._call_safely(lambda: self.site.content(pending.path))
        if self._outdated and pending.attempts < _ATTEMPTS and not pending.content.cancelled():
            self.state.pending.put(replace(pending, attempts=pending.attempts + 1))
            return
        found = None if content is None else (self.site.state.version(pending.path) or "", content)
        is_missing = self.site.state.complete and self._failure is None
        if found is None and not is_missing and (known := self.site.contents.get(pending.path)):
            found = "", known[1]
        if pending.content.set_running_or_notify_cancel():  # else the browser is gone
            pending.content.set_result(found)

    def _call_safely(self, function: Callable[[], Value]) -> Value | None:
        """Call a function that must not end the loop. A damaged cache is deleted; our own mistakes are printed.

        What the system refuses, as where a folder was deleted or the disk is full, is told and tried again.
        """
        waiting = partial(self.progress, tool_message("waiting", self.language))
        began = time.monotonic()
        try:
            self.options.root.stat()  # else what is missing seems to have been deleted by an editor
            with self.lock.held(seconds=math.inf, on_wait=waiting):
                self._follow_changed_folders()
                return function()
        except CorruptCacheError:
            shutil.rmtree(self.options.root / CACHE, ignore_errors=True)
            self._outdated = True
            self.state.pending.put(None)  # the folder is gone: everything is made anew
        except InputsChangedError:
            self._outdated = True
            self.state.pending.put(None)
        except OSError as error:
            if isinstance(error.filename, str) and remove_blocking_file(self.options.root, Path(error.filename)):
                self._outdated = True
                self.state.pending.put(None)
                return None
            ended = time.monotonic()
            self._retry_at = ended + max(_RETRY, 2 * (ended - began))
            self._fail(Failure("refused", {"path": self._named(error), "why": error.strerror or str(error)}))
        except Exception:  # noqa: BLE001  whatever it is, the next edit may mend it
            self.progress(traceback.format_exc())
            self._fail(Failure("broken-down"))
        return None

    def _fail(self, failure: Failure) -> None:
        """Show, once, why nothing can be made; pages stay as they were."""
        if failure != self._failure and failure.args:
            self.progress(failure.message(self.language))
        self._failure = failure

    def _named(self, error: OSError) -> str:
        """The path that an error is about; from the project's root where it is below it."""
        name, root = error.filename, str(self.options.root)
        path = os.fsdecode(name) if isinstance(name, str | bytes | os.PathLike) else root
        return path.removeprefix(f"{root}{os.sep}")

    def _follow_changed_folders(self) -> None:
        """Start from what is there now where a build had its turn meanwhile, or where somebody deleted a generated folder."""
        if (found := last_build(self.options.root)) != self._last_build or not self.site.is_intact():
            self._last_build = found
            self._open_site()
            self._update()

    def _open_site(self) -> None:
        """Make everything anew of what is on the disk; until then, what was seen last stays to be seen."""
        self.site.executor.cancel_all()
        self.engine_pool.reset()
        self.site, self._is_new = self.site.anew(), True

    def _post(self) -> None:
        """Show what is new."""
        site, state = self.site, self.state
        text = render(site.findings, output_format="full", root=self.options.root, language=self.language)
        if text != self._printed:
            self._printed = text
            self.progress(text or tool_message("none", self.language))
        if site.state is not state.site or site.errors != tuple(state.findings) or self._failure != state.failure:
            state.post(site.state, site.errors, self._failure, is_current=site.shows_present)

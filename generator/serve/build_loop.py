"""The loop that makes a live site: changed files first, then what browsers wait for, then the rest."""

from __future__ import annotations

import gc
import math
import queue
import shutil
import time
import traceback
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from ..build.engine_cache import CorruptCacheError
from ..build.live_site import LiveSite
from ..build.plan import CACHE, BuildOptions, Progress, last_build
from ..diagnostics.finding import tool_message
from ..diagnostics.renderers import render
from ..engines.processes import EnginePool
from ..store.inputs import InputsChangedError
from ..store.project_lock import ProjectLock
from .state import PendingFile, ServerState

_AFTER_CHANGE = 0.2  # seconds that open pages have for loading before the rest is made
_NAMED_FILES = 3  # where more changed, the others are left out of the message
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
        self._open_site()

    def _open_site(self) -> None:
        self.site = LiveSite(self.options, self.engine_pool, self.progress)
        self.state.contents = self.site.contents

    def run(self) -> None:
        """Go on until the process is interrupted."""
        gc.disable()  # collected while nobody waits
        pause: float | None = 0
        while True:
            requests = self._requests(pause)
            changed = None in requests and self.update()
            for pending in requests:
                if pending is not None:
                    self._answer(pending)
            if requests:
                pause = _AFTER_CHANGE if changed else 0
            elif (pause := self._call_safely(self._do_step)) is None:
                gc.collect()
                gc.freeze()
            self._post()

    def _requests(self, pause: float | None) -> list[PendingFile | None]:
        """Everything that is asked for; waits for up to `pause` seconds, None: until there is something."""
        requests: list[PendingFile | None] = []
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
        first, files = not self.state.posted, self._call_safely(self._update)
        if not files:
            return False
        self._post()
        if not first and not self.state.findings and not self.state.failed:
            named = ", ".join((*files[:_NAMED_FILES], *("…" for _ in files[_NAMED_FILES : _NAMED_FILES + 1])))
            seconds = f"{time.monotonic() - began:.2f}"
            self.progress(tool_message("remade", self.language, files=named, seconds=seconds))
        return True

    def _update(self) -> list[str]:
        files = self.site.changed_inputs()
        if files:
            self.site.update(self.state.open_paths())
        return files

    def _do_step(self) -> float | None:
        return self.site.do_step()

    def _answer(self, pending: PendingFile) -> None:
        content = self._call_safely(lambda: self.site.content(pending.path))
        if pending.content.set_running_or_notify_cancel():  # else the browser is gone
            pending.content.set_result(content)

    def _call_safely(self, function: Callable[[], Value]) -> Value | None:
        """Call a function that must not end the loop. A damaged cache is deleted; our own mistakes are printed."""
        waiting = partial(self.progress, tool_message("waiting", self.language))
        try:
            with self.lock.held(seconds=math.inf, on_wait=waiting):
                self._follow_other_builds()
                return function()
        except CorruptCacheError:
            shutil.rmtree(self.options.root / CACHE, ignore_errors=True)
            self._start_again()
        except InputsChangedError:
            self.state.pending.put(None)
        except Exception:  # noqa: BLE001  whatever it is, the next edit may mend it
            self.progress(traceback.format_exc())
            self.state.post(self.site.state, self.site.errors, failed=True)
        return None

    def _follow_other_builds(self) -> None:
        """Start from what a build left that had its turn meanwhile: it wrote where this site's files are made."""
        if (found := last_build(self.options.root)) != self._last_build:
            self._last_build = found
            self.engine_pool.reset()
            self._open_site()
            self._update()

    def _start_again(self) -> None:
        """Make everything anew of what is on the disk now."""
        self.engine_pool.reset()
        self._open_site()
        self.state.pending.put(None)

    def _post(self) -> None:
        """Show what is new."""
        site, state = self.site, self.state
        text = render(site.findings, output_format="full", root=self.options.root, language=self.language)
        if text != self._printed:
            self._printed = text
            self.progress(text or tool_message("none", self.language))
        if site.state is not state.site or site.errors != tuple(state.findings):
            state.post(site.state, site.errors)

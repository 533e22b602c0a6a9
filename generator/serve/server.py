"""The story of serving: see what changed, make it, tell the pages that are open, and go on with what is left."""

from __future__ import annotations

import gc
import queue
import shutil
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Thread
from types import FrameType
from typing import TypeVar

from ..build.engine_cache import CorruptCacheError
from ..build.pipeline import CACHE
from ..build.plan import BuildOptions, Progress
from ..diagnostics.finding import tool_message
from ..diagnostics.renderers import render
from ..engines.processes import EnginePool
from .http import HttpServer, PendingFile, ServerState
from .preview import Preview
from .watch import watch_inputs

_BREATH = 0.2  # seconds that open pages have for loading before what is left is made
_SOME = 3  # files that are named where more changed
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeOptions:
    """Where to listen (port 0: any that is free), the terminal's language, and that of pages (empty: each reader's own)."""

    host: str
    port: int
    language: str
    page_language: str = ""


def serve(options: BuildOptions, serve_options: ServeOptions, *, progress: Progress) -> None:
    """Serve a report until somebody ends it; OSError where the address cannot be had."""
    state = ServerState(options.root, serve_options.page_language)
    with (
        HttpServer(serve_options.host, serve_options.port, state) as http_server,
        _ended_by_signals(),
        EnginePool(options.root) as engine_pool,
    ):
        engine_pool.start(1)  # loads the engine while the project is read
        maker, stop = BuildLoop(options, engine_pool, state, serve_options, progress), Event()
        try:
            maker.look()
            watching = Thread(target=watch_inputs, args=(options.root, lambda: state.pending.put(None), stop), daemon=True)
            for thread in (watching, Thread(target=http_server.serve_forever, args=(0.1,), daemon=True)):
                thread.start()
            progress(tool_message("serving", serve_options.language, address=http_server.address()))
            maker.work()
        except KeyboardInterrupt:
            engine_pool.kill()
        finally:
            stop.set()
            state.close()


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Let a request to end be the same as an interrupt from the keyboard."""

    def end(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


class BuildLoop:
    """Makes what is wished for, one thing after the other, and whatever is left while nobody wishes anything."""

    def __init__(
        self,
        options: BuildOptions,
        engine_pool: EnginePool,
        state: ServerState,
        serve_options: ServeOptions,
        progress: Progress,
    ) -> None:
        self.options, self.engine_pool, self.state = options, engine_pool, state
        self.language, self.progress = serve_options.language, progress
        self.said = ""  # of what is wrong
        self._begin()

    def _begin(self) -> None:
        self.preview = Preview(self.options, self.engine_pool, self.progress)
        self.state.kept = self.preview.kept

    def work(self) -> None:
        """Go on until somebody ends it."""
        gc.disable()  # nobody waits for it: there is time when all is done
        pause: float | None = 0
        while True:
            asked = self._asked(pause)
            changed = None in asked and self.look()
            for wish in asked:
                if wish is not None:
                    self._grant(wish)
            if asked:
                pause = _BREATH if changed else 0
            elif (pause := self._safely(self.preview.more)) is None:
                gc.collect()
                gc.freeze()
            self._post()

    def _asked(self, pause: float | None) -> list[PendingFile | None]:
        """Everything that is asked for; where that is nothing, after a pause, or for as long as it takes without one."""
        found: list[PendingFile | None] = []
        try:
            if pause != 0:
                found.append(self.state.pending.get(timeout=pause))
            while True:
                found.append(self.state.pending.get_nowait())
        except queue.Empty:
            return found

    def look(self) -> bool:
        """Show what there is now; False where nothing changed."""
        began = time.monotonic()
        files = self.preview.notice()
        if not files:
            return False
        first = self.state.version == 0
        self._safely(lambda: self.preview.renew(self.state.pages()))
        self._post()
        if not first and not self.state.found and not self.state.failed:
            told = ", ".join((*files[:_SOME], *("…" for _ in files[_SOME : _SOME + 1])))
            self.progress(tool_message("remade", self.language, files=told, seconds=f"{time.monotonic() - began:.2f}"))
        return True

    def _grant(self, wish: PendingFile) -> None:
        wish.granted.set_result(self._safely(lambda: self.preview.content(wish.path)))

    def _safely(self, do: Callable[[], Value]) -> Value | None:
        """Do something that must not end us. What an earlier run left damaged is thrown away; our own mistakes are told."""
        try:
            return do()
        except CorruptCacheError:
            shutil.rmtree(self.options.root / CACHE, ignore_errors=True)
            self.engine_pool.forget()
            self._begin()
            self.state.pending.put(None)
        except Exception:  # noqa: BLE001  whatever it is, the next edit may mend it
            self.progress(traceback.format_exc())
            self.state.post(self.preview.show, self.preview.errors, failed=True)
        return None

    def _post(self) -> None:
        """Tell everyone where there is something new."""
        preview, state = self.preview, self.state
        text = render(preview.found, output_format="full", root=self.options.root, language=self.language)
        if text != self.said:
            self.said = text
            self.progress(text or tool_message("none", self.language))
        if preview.show is not state.show or preview.errors != tuple(state.found):
            state.post(preview.show, preview.errors)

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

from ..build.engine_cache import DamagedError
from ..build.pipeline import CACHE
from ..build.plan import Order, Progress
from ..diagnostics.finding import tool_word
from ..diagnostics.renderers import render
from ..engines.processes import Presses
from .http import Board, Reception, Wish
from .preview import Preview
from .watch import watch_inputs

_BREATH = 0.2  # seconds that open pages have for loading before what is left is made
_SOME = 3  # files that are named where more changed
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Where to listen (port 0: any that is free), the terminal's language, and that of pages (empty: each reader's own)."""

    host: str
    port: int
    language: str
    page_language: str = ""


def serve(order: Order, terms: Terms, *, progress: Progress) -> None:
    """Serve a report until somebody ends it; OSError where the address cannot be had."""
    board = Board(order.root, terms.page_language)
    with Reception(terms.host, terms.port, board) as reception, _ended_by_signals(), Presses(order.root) as presses:
        presses.start(1)  # loads the engine while the project is read
        maker, stop = Maker(order, presses, board, terms, progress), Event()
        try:
            maker.look()
            watching = Thread(target=watch_inputs, args=(order.root, lambda: board.wishes.put(None), stop), daemon=True)
            for thread in (watching, Thread(target=reception.serve_forever, args=(0.1,), daemon=True)):
                thread.start()
            progress(tool_word("serving", terms.language, address=reception.address()))
            maker.work()
        except KeyboardInterrupt:
            presses.kill()
        finally:
            stop.set()
            board.close()


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


class Maker:
    """Makes what is wished for, one thing after the other, and whatever is left while nobody wishes anything."""

    def __init__(self, order: Order, presses: Presses, board: Board, terms: Terms, progress: Progress) -> None:
        self.order, self.presses, self.board = order, presses, board
        self.language, self.progress = terms.language, progress
        self.said = ""  # of what is wrong
        self._begin()

    def _begin(self) -> None:
        self.preview = Preview(self.order, self.presses, self.progress)
        self.board.kept = self.preview.kept

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

    def _asked(self, pause: float | None) -> list[Wish | None]:
        """Everything that is asked for; where that is nothing, after a pause, or for as long as it takes without one."""
        found: list[Wish | None] = []
        try:
            if pause != 0:
                found.append(self.board.wishes.get(timeout=pause))
            while True:
                found.append(self.board.wishes.get_nowait())
        except queue.Empty:
            return found

    def look(self) -> bool:
        """Show what there is now; False where nothing changed."""
        began = time.monotonic()
        files = self.preview.notice()
        if not files:
            return False
        first = self.board.version == 0
        self._safely(lambda: self.preview.renew(self.board.pages()))
        self._post()
        if not first and not self.board.found and not self.board.failed:
            told = ", ".join((*files[:_SOME], *("…" for _ in files[_SOME : _SOME + 1])))
            self.progress(tool_word("remade", self.language, files=told, seconds=f"{time.monotonic() - began:.2f}"))
        return True

    def _grant(self, wish: Wish) -> None:
        wish.granted.set_result(self._safely(lambda: self.preview.content(wish.path)))

    def _safely(self, do: Callable[[], Value]) -> Value | None:
        """Do something that must not end us. What an earlier run left damaged is thrown away; our own mistakes are told."""
        try:
            return do()
        except DamagedError:
            shutil.rmtree(self.order.root / CACHE, ignore_errors=True)
            self.presses.forget()
            self._begin()
            self.board.wishes.put(None)
        except Exception:  # noqa: BLE001  whatever it is, the next edit may mend it
            self.progress(traceback.format_exc())
            self.board.post(self.preview.show, self.preview.errors, failed=True)
        return None

    def _post(self) -> None:
        """Tell everyone where there is something new."""
        preview, board = self.preview, self.board
        text = render(preview.found, form="full", root=self.order.root, language=self.language)
        if text != self.said:
            self.said = text
            self.progress(text or tool_word("none", self.language))
        if preview.show is not board.show or preview.errors != tuple(board.found):
            board.post(preview.show, preview.errors)

"""Something is done beside what this process does: in a copy of it, which has all that it has without being told.

Where the system cannot make such copies, or no processor is free for one, it is done when its result is asked for.
"""

from __future__ import annotations

import ctypes
import gc
import os
import pickle
import select
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Generic, TypeVar, cast

Found = TypeVar("Found")
CAN_FORK = hasattr(os, "fork") and sys.platform != "darwin"  # whose own libraries do not stand it
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG, see prctl(2)


class BackgroundTask(Generic[Found]):
    """A function at work in a copy of this process. What it returns or raises has to be something that can be pickled."""

    def __init__(self, do: Callable[[], Found], *, copy: bool = True) -> None:
        """Begin; without a `copy`, nothing happens before the result is asked for. This process must have no threads."""
        self._do = do
        self._copy: tuple[int, int] | None = None  # the process, and what its answer is read from
        self._known: list[tuple[bool, Found | Exception]] = []
        if copy and CAN_FORK:
            answer, told = os.pipe()
            parent, process = os.getpid(), os.fork()
            if process == 0:
                os.close(answer)
                _work(do, told, parent)
            os.close(told)
            self._copy = (process, answer)

    @property
    def begun(self) -> bool:
        """Whether it is being done already."""
        return self._copy is not None or bool(self._known)

    @property
    def busy(self) -> bool:
        """Whether its copy has not answered yet."""
        return self._copy is not None and not select.select([self._copy[1]], [], [], 0)[0]

    def result(self) -> Found:
        """What came of it, once it is there; what it raised is raised here."""
        if not self._known:
            self._known.append(self._answer() or (True, self._do()))
        good, found = self._known[0]
        if not good and isinstance(found, Exception):
            raise found
        return cast("Found", found)

    def _answer(self) -> tuple[bool, Found | Exception] | None:
        """What the copy sent; None where there was none, or it was ended by somebody."""
        if self._copy is None:
            return None
        process, answer = self._copy
        with open(answer, "rb", closefd=False) as stream:
            told = stream.read()
        self._copy = None
        os.close(answer)
        _, state = os.waitpid(process, 0)
        return pickle.loads(told) if told and state == 0 else None  # noqa: S301  from our own copy

    def leave(self) -> None:
        """Let it be, whatever it is doing."""
        if self._copy is not None:
            process, answer = self._copy
            self._copy = None
            os.close(answer)
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)


def _work(do: Callable[[], Found], told: int, parent: int) -> None:
    """In the copy: it does not outlive the one it works for, and takes no leave."""
    state = 1
    gc.disable()  # what is garbage here belongs to the one that was copied, who may still hold to what it would let go
    try:
        _die_with(parent)
        try:
            found: tuple[bool, Found | Exception] = (True, do())
        except Exception as error:  # noqa: BLE001  whatever it is, it is raised where the result is asked for
            found = (False, error)
        with open(told, "wb") as stream:
            pickle.dump(found, stream, protocol=pickle.HIGHEST_PROTOCOL)
        state = 0
    finally:
        os._exit(state)


def _die_with(parent: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt in the terminal is for the one who waits
    if sys.platform == "linux":
        with suppress(AttributeError, OSError):
            ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)

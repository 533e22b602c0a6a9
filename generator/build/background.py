"""Runs one function in a forked child process while this process goes on (see docs/decisions/0050-background-work.md)."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar, cast

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkProcess

Result = TypeVar("Result")
_NICENESS = 4  # added to that of a child that nobody waits for yet; with 10, builds ended in waiting for the check
# macOS can fork, but its system libraries may crash in a forked child.
CAN_FORK = hasattr(os, "fork") and sys.platform != "darwin"


class BackgroundTask(Generic[Result]):
    """A function called in a forked child process; what it returns or raises comes back pickled.

    The child has everything that this process has in memory, so nothing is pickled on the way there. Without a child (`fork` is
    false, or the system cannot fork), or where the child was killed or its result cannot be pickled, the function is called in
    this process when the result is asked for.
    """

    def __init__(self, function: Callable[[], Result], *, fork: bool = True, low_priority: bool = False) -> None:
        """Start the child at once, with `low_priority` at a lower priority than this process and its other children.

        This process must have no other threads: forking with threads is deprecated.
        """
        self._function, self.low_priority = function, low_priority
        self._outcome: tuple[bool, Result | Exception] | None = None  # whether it returned; what it returned or raised
        self._child: tuple[ForkProcess, Connection] | None = None
        if fork and CAN_FORK:
            self._child = self._start()

    def _start(self) -> tuple[ForkProcess, Connection]:
        import multiprocessing  # noqa: PLC0415  a build with nothing to do needs none of it

        context = multiprocessing.get_context("fork")
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=_run_in_child, args=(self._function, sender, self.low_priority), daemon=True)
        process.start()
        sender.close()  # from here on, the end of the child is the end of the pipe
        return process, receiver

    @property
    def started(self) -> bool:
        """Whether it is running in a child, or done."""
        return self._child is not None or self._outcome is not None

    @property
    def running(self) -> bool:
        """Whether a child is at work that has not answered yet."""
        return self._child is not None and not self._child[1].poll()

    def result(self) -> Result:
        """What the function returned, once it is there; raises what it raised."""
        if self._outcome is None:
            self._outcome = self._receive() or (True, self._function())
        returned, value = self._outcome
        if not returned and isinstance(value, Exception):
            raise value
        return cast("Result", value)

    def _receive(self) -> tuple[bool, Result | Exception] | None:
        """What the child sent; None where there is no child, or it ended without an answer."""
        if self._child is None:
            return None
        process, receiver = self._child
        try:
            content = receiver.recv_bytes()
        except (EOFError, OSError):  # OSError where it was killed in the middle of its answer
            self.cancel()
            return None
        self._child = None
        receiver.close()
        process.join()
        return pickle.loads(content) if content else None  # noqa: S301  from our own child

    def cancel(self) -> None:
        """Kill the child, whatever it is doing."""
        if self._child is not None:
            (process, receiver), self._child = self._child, None
            process.kill()
            process.join()
            receiver.close()


def _run_in_child(function: Callable[[], Result], sender: Connection, low_priority: bool) -> None:  # noqa: FBT001  by position
    """Call a function and send what comes of it."""
    if low_priority:
        os.nice(_NICENESS)
    gc.disable()  # collecting would run finalizers of objects that the parent still uses
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt in the terminal is for the parent, which ends its children
    _exit_with_parent()
    try:
        outcome: tuple[bool, Result | Exception] = (True, function())
    except Exception as error:  # noqa: BLE001  whatever it is, it is raised where the result is asked for
        outcome = (False, error)
    try:
        content = pickle.dumps(outcome, protocol=pickle.HIGHEST_PROTOCOL)
    except Exception:  # noqa: BLE001  what cannot be pickled is made by the parent
        return
    sender.send_bytes(content)


def _exit_with_parent() -> None:
    """End this child when its parent ends, however that happens."""
    from multiprocessing import parent_process  # noqa: PLC0415  loaded already: this is a child
    from multiprocessing.connection import wait  # noqa: PLC0415
    from threading import Thread  # noqa: PLC0415

    def watch() -> None:
        if parent := parent_process():
            wait([parent.sentinel])
            os._exit(1)

    Thread(target=watch, daemon=True).start()

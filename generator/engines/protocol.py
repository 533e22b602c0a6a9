"""The protocol of engine processes: each request is a line of JSON on standard input, each answer a line on standard output."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, TextIO

Json = dict[str, Any]
PREPARED = "null\n"  # the answer to a request that only prepares
_PAUSE = 0.1  # seconds between two looks whether the parent is still there


def answer_all(answer: Callable[[Json], Json | None]) -> None:
    """Answer requests until the input ends. What the engine itself prints goes to standard error: it is no answer.

    A thread writes the answers: one may be longer than a pipe holds, and the parent reads it only when it has time.
    """
    threading.Thread(target=_exit_with_parent, args=(os.getppid(),), daemon=True).start()
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as replies, ThreadPoolExecutor(1) as writer:
        os.dup2(2, 1)
        for line in sys.stdin:
            writer.submit(_write, replies, json.dumps(answer(json.loads(line)), ensure_ascii=True) + "\n")


def _write(replies: TextIO, text: str) -> None:
    with suppress(BrokenPipeError):  # the parent has ended
        replies.write(text)
        replies.flush()


def _exit_with_parent(parent: int) -> None:
    """End this process when its parent is killed, also while the engine is at work: what it wrote then would be in the way."""
    while os.getppid() == parent:
        time.sleep(_PAUSE)
    os._exit(1)

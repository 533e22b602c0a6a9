"""The protocol of engine processes: each request is a line of JSON on standard input, each answer a line on standard output."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from typing import Any

Json = dict[str, Any]
PREPARED = "null\n"  # the answer to a request that only prepares


def answer_all(answer: Callable[[Json], Json | None]) -> None:
    """Answer requests until the input ends. What the engine itself prints goes to standard error: it is no answer."""
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as replies:
        os.dup2(2, 1)
        for line in sys.stdin:
            replies.write(json.dumps(answer(json.loads(line)), ensure_ascii=True) + "\n")
            replies.flush()

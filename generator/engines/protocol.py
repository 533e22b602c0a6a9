"""How an engine's process is talked to: a line of JSON for each request, and one back for each answer."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from typing import Any

Json = dict[str, Any]
PREPARED = "null\n"  # what stands for an answer where nothing was asked for


def answer_all(answer: Callable[[Json], Json | None]) -> None:
    """Answer requests until there are no more. What the engine itself prints goes to standard error: it is no answer."""
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as replies:
        os.dup2(2, 1)
        for line in sys.stdin:
            replies.write(json.dumps(answer(json.loads(line)), ensure_ascii=True) + "\n")
            replies.flush()

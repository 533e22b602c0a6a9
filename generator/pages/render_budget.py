"""How much the rendering of one page may take: steps, characters and seconds of a processor."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self

import jinja2

# What one page may take. The list of ten thousand facts takes half a million steps and 51 million characters: the text of a row
# counts again in that of its topic, and of the whole list.
STEPS = 5_000_000  # of loops, and calls of macros and functions
CHARACTERS = 100_000_000
SECONDS = 30.0  # of this thread: how busy the machine is otherwise does not count
_UNTIMED = 64  # steps between two looks at this thread's clock, which the system has to be asked for; the first begins to count


class BudgetExceededError(jinja2.TemplateRuntimeError):
    """A template takes more than one page may."""


class Budget:
    """What the rendering of one page has left; entered once more within a rendering, it is the same."""

    def __init__(self) -> None:
        self._depth = 0
        self._refill()

    def _refill(self) -> None:
        self.steps, self.characters, self.ends = STEPS, CHARACTERS, 0.0

    def take(self, characters: int = 0) -> None:
        """One step, and a text of some length; BudgetExceededError where nothing is left."""
        self.steps -= 1
        self.characters -= characters
        if self.steps < 0 or self.characters < 0 or (not self.steps % _UNTIMED and self._late()):
            msg = "the template takes more steps, characters or seconds of a processor than a page may"
            raise BudgetExceededError(msg)

    def _late(self) -> bool:
        now = time.thread_time()
        self.ends = self.ends or now + SECONDS
        return now > self.ends

    def __enter__(self) -> Self:
        """A rendering begins."""
        if not self._depth:
            self._refill()
        self._depth += 1
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """It ends."""
        self._depth -= 1

"""Regular expressions that authors write, matched in bounded time. The only module that uses the library regex."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from ..records.struct import Struct

if TYPE_CHECKING:
    import regex

MAX_LENGTH = 5000  # characters of a pattern
_MAX_SIZE = 20_000  # what it may grow to where its repetitions are written out, as the library compiles it
_SECONDS = 2.0  # of processor time that matching a pattern may take besides what is usual
_USUAL, _USUAL_PER_CHARACTER = 50e-6, 1e-6  # seconds of one search, and for each character of its text


class AuthorPatternError(ValueError):
    """A pattern that is no regular expression, or too large a one."""


class PatternTimeoutError(Exception):
    """Matching a pattern took too long; `pattern` is its text."""

    def __init__(self, pattern: str) -> None:
        """Carry the text of the pattern."""
        super().__init__(pattern)
        self.pattern = pattern


class _Budget(Struct):
    left: float = _SECONDS


@dataclass(frozen=True)
class AuthorPattern:
    """A regular expression in Python's syntax; AuthorPatternError where the text is none.

    Searching raises PatternTimeoutError where all searches together took too long.
    """

    pattern: str
    ignore_case: bool = False
    max_length: int = MAX_LENGTH
    _budget: _Budget = field(default_factory=_Budget, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Refuse what cannot be compiled."""
        _ = self._compiled

    @cached_property
    def _compiled(self) -> regex.Pattern[str]:
        if len(self.pattern) > self.max_length or _expanded_size(self.pattern) > _MAX_SIZE:
            msg = "the pattern is too large"
            raise AuthorPatternError(msg)
        import regex  # noqa: PLC0415  most edits change no text that a pattern is for

        try:
            return regex.compile(self.pattern, regex.IGNORECASE if self.ignore_case else 0)
        except (regex.error, RecursionError, OverflowError, ValueError) as error:
            raise AuthorPatternError(str(error)) from error

    def search(self, text: str) -> regex.Match[str] | None:
        """The first match in a text."""
        found: regex.Match[str] | None = self._timed(text, lambda timeout: self._compiled.search(text, timeout=timeout))
        return found

    def finditer(self, text: str) -> list[regex.Match[str]]:
        """All matches in a text."""
        found: list[regex.Match[str]] = self._timed(text, lambda timeout: list(self._compiled.finditer(text, timeout=timeout)))
        return found

    def _timed(self, text: str, search: Any) -> Any:  # noqa: ANN401  what the search gives
        usual = _USUAL + _USUAL_PER_CHARACTER * len(text)
        begun = time.thread_time()
        try:
            return search(usual + self._budget.left)
        except (TimeoutError, MemoryError) as error:
            self._budget.left = 0.0
            raise PatternTimeoutError(self.pattern) from error
        finally:
            self._budget.left = max(0.0, self._budget.left - max(0.0, time.thread_time() - begun - usual))


def _expanded_size(pattern: str) -> int:
    """How many atoms a pattern has where {3} stands for three copies; sets count as one."""
    sizes, last, at = [0], 0, 0  # of the groups that are open, of the last atom, and the place in the pattern
    while at < len(pattern):
        char = pattern[at]
        step, atom = 1, 1
        if char == "\\":
            step = 2
        elif char == "[":
            step = _set_length(pattern, at)
        elif char == "(":
            sizes.append(0)
            atom = 0
        elif char == ")" and len(sizes) > 1:
            atom = sizes.pop()
        elif char == "{" and (digits := "".join(takewhile(str.isdecimal, pattern[at + 1 : at + 12]))):
            atom = last * max(0, int(digits) - 1)
        sizes[-1] += atom
        last, at = atom, at + step
    return sum(sizes)


def _set_length(pattern: str, start: int) -> int:
    """How many characters a set takes; a bracket in its first place belongs to it."""
    at = start + 1 + pattern.startswith("^", start + 1)
    at += pattern.startswith("]", at)
    while at < len(pattern) and pattern[at] != "]":
        at += 2 if pattern[at] == "\\" else 1
    return at + 1 - start

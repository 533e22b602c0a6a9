"""Finds the tags of a Jinja template, {{ … }}, {% … %} and {# … #}, in a time that grows with the template and no faster."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_OPENING = re.compile(r"\{[{%#]")
_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
_WHOLE = re.compile(r".+", re.DOTALL)


def find_tags(source: str, start: int = 0, end: int | None = None, *, in_line: bool = False) -> Iterator[re.Match[str]]:
    """The tags between two offsets, each as a match; with `in_line` only those that end in the line where they begin.

    A regular expression would look through the rest of the template for each tag that is not closed.
    """
    end = len(source) if end is None else end
    line_end = -1 if in_line else end
    unclosed: dict[str, int] = {}  # opening -> up to where nothing closes it
    at = start
    while (opening := _OPENING.search(source, at, end)) is not None:
        at, kind = opening.start() + 1, opening[0]
        if line_end < at:
            line_end = _line_end(source, at, end)
        if unclosed.get(kind, -1) >= line_end:
            continue
        close = source.find(_CLOSING[kind], opening.end(), line_end)
        if close < 0:
            unclosed[kind] = line_end
            continue
        at = close + len(_CLOSING[kind])
        tag = _WHOLE.match(source, opening.start(), at)
        assert tag is not None  # noqa: S101  it has four characters at least
        yield tag


def has_tags(source: str) -> bool:
    """Whether there is a tag that ends in the line where it begins."""
    return next(find_tags(source, in_line=True), None) is not None


def replace_tags(source: str, written: Callable[[re.Match[str]], str], *, in_line: bool = False) -> str:
    """A template with something else in the place of each tag."""
    found, at = [], 0
    for tag in find_tags(source, in_line=in_line):
        found += [source[at : tag.start()], written(tag)]
        at = tag.end()
    return "".join([*found, source[at:]])


def _line_end(source: str, at: int, end: int) -> int:
    found = source.find("\n", at, end)
    return end if found < 0 else found

"""Finds the calls in tags of a Jinja template, {{ … }} and {% … %}, with the places of their arguments."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ..diagnostics.finding import Span
from ..records.struct import Struct

CALL = re.compile(r"(?<![\w.|])(?<!\|\s)([A-Za-z_]\w*)\(")  # no method and no filter
_OPTION = re.compile(r"\s*(\w+)\s*=(?!=)\s*")
QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_MAX_DEPTH = 50  # of calls in calls
# The kind of entries that the text arguments of a function are ids of.
ARGUMENT_KINDS = {
    "fact": "facts",
    "fact_label": "facts",
    "fact_table": "facts",
    "key_figures": "facts",
    "claimed": "claims",
    "verdict": "claims",
    "claims_table": "claims",
    "event": "events",
    "name": "names",
    "term": "terms",
    "figure": "charts",
    "judgment": "judgments",
}
_FORMAT_OPTIONS = ("caption", "digits", "style")  # options that say how something is shown
# Functions whose calls may differ between languages, as grammar and style need.
FREE_CALLS = ("as_of", "fact_label", "literal", "name", "period", "t")
Use = tuple[str, str]  # the name of a function, and what a call shows with it
SpanOf = Callable[[int, int], Span]  # offset and length in the template -> span


class Call(Struct, frozen=True):
    """A call: the function's name, its text arguments and its options (keyword arguments), each with its span."""

    name: str
    texts: tuple[str, ...]
    options: tuple[tuple[str, str], ...]
    span: Span
    section: str  # anchor of the heading above
    text_spans: tuple[Span, ...] = ()
    option_spans: tuple[Span, ...] = ()

    @property
    def uses(self) -> tuple[Use, ...]:
        """What it shows: everything that its texts name, or what its options choose. How it is shown does not count."""
        chosen = tuple(f"{key}={value}" for key, value in self.options if key not in _FORMAT_OPTIONS)
        return tuple((self.name, text) for text in self.texts or chosen or ("",))


def named_entries(call: Call) -> Iterator[tuple[str, str, Span]]:
    """The kind, id and place of every entry that a call names."""
    kind = ARGUMENT_KINDS.get(call.name)
    named = list(zip(call.texts, call.text_spans, strict=True)) if kind is not None else []
    for text, span in named[:1] if call.name == "name" else named:
        yield kind or "", text, span


def without_quoted(tag: str) -> str:
    """A tag with blanks for what stands in quotes: that is no code."""
    return QUOTED.sub(lambda quoted: f'"{" " * (len(quoted[0]) - 2)}"', tag)


def calls_in(tag: re.Match[str], bare: str, span_of: SpanOf, section_at: Callable[[int], str]) -> Iterator[Call]:
    """The calls of a tag; `bare` is the tag as `without_quoted` gives it."""
    for call, end in calls_with_ends(bare):
        texts: list[tuple[str, Span]] = []
        options: list[tuple[str, str, Span]] = []
        for start, stop in _arguments(bare, call.end(), end):
            option = _OPTION.match(bare, start, stop)
            at = option.end() if option else start
            quoted = [
                (match[1] or match[2] or "", span_of(tag.start() + match.start() + 1, max(1, len(match[0]) - 2)))
                for match in QUOTED.finditer(tag[0], at, stop)
            ]
            if option and not bare[at:stop].startswith("["):
                plain = (bare[at:stop].strip(), span_of(tag.start() + at, stop - at))
                options.append((option[1], *(quoted[0] if quoted else plain)))
            else:
                texts += quoted
        offset = tag.start() + call.start()
        yield Call(
            name=call[1],
            texts=tuple(text for text, _ in texts),
            options=tuple((key, text) for key, text, _ in options),
            span=span_of(offset, end + 1 - call.start()),
            section=section_at(offset),
            text_spans=tuple(span for _, span in texts),
            option_spans=tuple(span for _, _, span in options),
        )


_BRACKETS_AND_COMMAS, _PARENTHESES = re.compile(r"[][(){},]"), re.compile(r"[()]")


def _arguments(bare: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The offsets of beginning and end of each argument of a call."""
    depth = 0
    for match in _BRACKETS_AND_COMMAS.finditer(bare, start, end):
        if match[0] != ",":
            depth += 1 if match[0] in "([{" else -1
        elif not depth:
            yield start, match.start()
            start = match.end()
    yield start, end


def calls_with_ends(bare: str) -> Iterator[tuple[re.Match[str], int]]:
    """The beginning of each call, with its bracket, and the offset of the bracket that closes it.

    Calls that are not closed, or stand in too many others, are left out: Jinja refuses those, and each would be read anew.
    """
    ends: dict[int, int] = {}
    opened: list[int] = []
    for match in _PARENTHESES.finditer(bare):
        if match[0] == "(":
            opened.append(match.end())
        elif opened:
            ends[opened.pop()] = match.start()
            if len(opened) >= _MAX_DEPTH:
                del ends[next(reversed(ends))]
    for call in CALL.finditer(bare):
        if call.end() in ends:
            yield call, ends[call.end()]

"""Templates of text and calls with written arguments, as most pages are: they are read without Jinja's parser and compiler.

Whatever else stands in a template (a block, a comment, an expression, a mistake) makes it one for Jinja.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from ..records.struct import Struct, field

Argument = str | int | list[str]

_TEXT = r"""(?:"[^"\\{}\n]*"|'[^'\\{}\n]*')"""
_VALUE = rf"(?:{_TEXT}|0|[1-9][0-9]{{0,8}}|\[\s*(?:{_TEXT}\s*(?:,\s*{_TEXT}\s*)*)?\])"
_ARGUMENT = rf"(?:[a-z_]+\s*=\s*)?{_VALUE}\s*"
_CALL = re.compile(rf"\{{\{{\s*(?P<name>[a-z_]+)\(\s*(?P<arguments>{_ARGUMENT}(?:,\s*{_ARGUMENT})*)?\)\s*\}}\}}")
_ARGUMENTS = re.compile(rf"(?:(?P<key>[a-z_]+)\s*=\s*)?(?P<value>{_VALUE})")
_TEXTS = re.compile(_TEXT)
_OTHER_TAGS = ("{%", "{#", "\r")  # Jinja counts a carriage return as the end of a line


class TemplateCall(Struct, frozen=True):
    """A call of a function, as it is written."""

    name: str
    arguments: tuple[Argument, ...] = ()
    options: Mapping[str, Argument] = field(default_factory=dict)


def text_and_calls(source: str, functions: Collection[str]) -> list[str | TemplateCall] | None:
    """The texts and calls of a template in their order; None where it holds anything else, or calls something unknown."""
    if any(tag in source for tag in _OTHER_TAGS):
        return None
    pieces: list[str | TemplateCall] = []
    at = 0
    while (start := source.find("{{", at)) >= 0:
        match = _CALL.match(source, start)
        call = None if match is None or match["name"] not in functions else _call(match["name"], match["arguments"] or "")
        if match is None or call is None:
            return None
        pieces += (source[at:start], call)
        at = match.end()
    return [*pieces, source[at:]]


def _call(name: str, written: str) -> TemplateCall | None:
    """A call; None where an option is given twice, or something without a name follows it."""
    arguments: list[Argument] = []
    options: dict[str, Argument] = {}
    for match in _ARGUMENTS.finditer(written):
        if match["key"] is None and not options:
            arguments.append(_value(match["value"]))
        elif match["key"] is not None and match["key"] not in options:
            options[match["key"]] = _value(match["value"])
        else:
            return None
    return TemplateCall(name, tuple(arguments), options)


def _value(written: str) -> Argument:
    if written[0] == "[":
        return [text[1:-1] for text in _TEXTS.findall(written)]
    return int(written) if written.isdigit() else written[1:-1]

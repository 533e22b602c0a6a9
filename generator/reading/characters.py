"""Finds characters in texts of data files that the published files cannot hold."""

from __future__ import annotations

import re

from ..diagnostics.finding import Diagnostic, Span

# What XML 1.0 (https://www.w3.org/TR/xml/#charsets) leaves out, the other control characters, those that turn the direction
# of whatever follows, and Unicode's noncharacters but U+FDD0, which front_matter puts in place of template tags while it
# reads YAML; and the private characters that stand for others while pages are made (markup.escaping, print_placeholders).
_FORBIDDEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202d\u202e\ud800-\udfff\ufdd1-\ufdef\ufffe\uffff"
    r"\ue000-\ue002\U0010ff00-\U0010ff04]"
)


def report_control_characters(text: str, span: Span, sink: list[Diagnostic]) -> None:
    """Add a finding if a text has a character that Atom, SVG or HTML cannot hold, such as a bell (U+0007)."""
    if found := _FORBIDDEN.search(text):
        sink.append(Diagnostic(rule="control-character", span=span, args={"code": f"U+{ord(found[0]):04X}"}))


def report_control_characters_of_file(text: str, file: str, sink: list[Diagnostic]) -> None:
    """Add a finding at the first such character of a whole file."""
    if found := _FORBIDDEN.search(text):
        line, column = text.count("\n", 0, found.start()) + 1, found.start() - text.rfind("\n", 0, found.start())
        report_control_characters(found[0], Span(file, line, column), sink)

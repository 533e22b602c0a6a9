"""Writes negative numbers of a page with the minus sign (U+2212), as wide as a plus: CLDR has a hyphen in most languages."""

from __future__ import annotations

import re

_NUMBER = r"(?<=[\s>(\[\u2066-\u2069\u200e\u200f\u061c\u3000-\u303f\u4e00-\u9fff\uff08])(?:-|&#45;)(?=[^\w\s<>\"'/|-]?\d)"
_NEGATIVE = re.compile(_NUMBER)
_CODE_OR_NUMBER = re.compile(
    rf"(?P<code>^(?P<fence>```|~~~).*?^(?P=fence)|`[^`\n]*`|\]\([^)\n]*\)"
    rf"|<(?P<tag>pre|code|script|svg)\b.*?</(?P=tag)>)|{_NUMBER}",
    re.DOTALL | re.MULTILINE,
)


def true_minus(text: str) -> str:
    """Markdown or HTML with minus signs in place of hyphens before numbers, except in code and in targets of links."""
    if not _NEGATIVE.search(text):
        return text
    return _CODE_OR_NUMBER.sub(lambda match: match["code"] or "\u2212", text)

"""Keeps the HTML of the print edition small: attributes that only the site's scripts read, classes without a style, long ids.

The document has no scripts and one style sheet, so what those do not name changes nothing that a reader sees.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from functools import cache
from pathlib import Path

from ..markup.tree import Element

SHEET = Path(__file__).with_name("sheets") / "print.css"

_CLASS = re.compile(r"\.([A-Za-z][\w-]*)")
_REFERENCES = ("aria-labelledby", "aria-describedby", "for")  # attributes that hold ids
_TAG = re.compile(rf'<[a-z][^<>]* (?:id|href|{"|".join(_REFERENCES)})="[^<>]*>')
_ID = re.compile(r' id="([^"]*)"')
_REFERENCE = re.compile(rf' (?:href="#|(?:{"|".join(_REFERENCES)})=")([^"]*)"')


@cache
def styled_classes() -> frozenset[str]:
    """The classes that the style sheet of the print edition names."""
    return frozenset(_CLASS.findall(SHEET.read_text(encoding="utf-8")))


def strip_attributes(element: Element) -> None:
    """Take from an element the attributes for scripts (`data-`) and the classes that no style names."""
    attributes = element.attributes
    for name in [name for name in attributes if name.startswith("data-")]:
        del attributes[name]
    if "class" in attributes and not element.classes <= styled_classes():
        names = [name for name in attributes["class"].split() if name in styled_classes()]
        attributes["class"] = " ".join(names)
        if not names:
            del attributes["class"]


def shorten_ids(html: str, kept: Collection[str]) -> str:
    """A document with short ids in place of long ones and without those that nothing refers to; `kept` stay as they are."""
    tags = set(_TAG.findall(html))
    referred = {name for tag in tags for names in _REFERENCE.findall(tag) for name in names.split()}
    there = {name for tag in tags for name in _ID.findall(tag)}
    short = {name: name for name in kept}
    numbers: Counter[str] = Counter()
    for name in sorted((referred & there).difference(kept)):
        kind = name[0] if ":" in name else "i"
        numbers[kind] += 1
        short[name] = f"{kind}{numbers[kind]}"

    shortened: dict[str, str] = {}  # the same tag stands in many places

    def shorten(found: re.Match[str]) -> str:
        tag = found[0]
        if tag not in shortened:
            with_id = _ID.sub(lambda id_: f' id="{short[id_[1]]}"' if id_[1] in short else "", tag)
            shortened[tag] = _REFERENCE.sub(_refer, with_id)
        return shortened[tag]

    def _refer(found: re.Match[str]) -> str:
        names = " ".join(short.get(name, name) for name in found[1].split())
        return f'{found[0][: -len(found[1]) - 1]}{names}"'

    return _TAG.sub(shorten, html)

"""Keeps the HTML of the print edition small: attributes that only the site's scripts read, classes without a style, long ids.

The document has no scripts and one style sheet, so what those do not name changes nothing that a reader sees.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path

from ..markup.tree import Element
from .print_placeholders import Piece, placeholder

IDS = ("id", "reference")  # the kinds of placeholders for an id as an attribute, and for a reference to one
SHEET = Path(__file__).with_name("sheets") / "print.css"

_CLASS = re.compile(r"\.([A-Za-z][\w-]*)")
_REFERENCES = ("aria-labelledby", "aria-describedby", "for")  # attributes that hold ids
_BEFORE_BLOCK = re.compile(r"\n\s*(?=</?(?:article|div|dl|dt|dd|figure|h\d|ol|p|section|table|tbody|td|th|thead|tr|ul)\b)")
_TAG = re.compile(rf'<[a-z][^<>]* (?:id|href|{"|".join(_REFERENCES)})="[^<>]*>')
_ID = re.compile(r' id="([^"]*)"')
_REFERENCE = re.compile(rf' (?:href="#|(?:{"|".join(_REFERENCES)})=")([^"]*)"')


@cache
def styled_classes() -> frozenset[str]:
    """The classes that the style sheet of the print edition names."""
    return frozenset(_CLASS.findall(SHEET.read_text(encoding="utf-8")))


def strip_attributes(element: Element) -> None:
    """Take from an element the attributes for scripts and machines, and the classes that no style names."""
    attributes = element.attributes
    if element.tag == "time":
        element.tag = "span"
        attributes.pop("datetime", None)
    for name in [name for name in attributes if name.startswith("data-")]:
        del attributes[name]
    if "class" in attributes and not element.classes <= styled_classes():
        names = [name for name in attributes["class"].split() if name in styled_classes()]
        attributes["class"] = " ".join(names)
        if not names:
            del attributes["class"]


def unwrap_spans(cell: Element) -> None:
    """Put the content of a cell's spans without attributes in their place."""
    children: list[Element | str] = []
    for child in cell.children:
        if isinstance(child, str) or child.tag != "span" or child.attributes:
            children.append(child)
        else:
            children += child.children
    cell.children = children


def without_blanks(html: str) -> str:
    """HTML without the ends of lines before blocks, which no reader sees."""
    return _BEFORE_BLOCK.sub("", html)


def mark_ids(html: str) -> str:
    """HTML with a placeholder for each id, as an attribute, and for each reference to one: the document shortens them."""
    return _TAG.sub(lambda tag: _REFERENCE.sub(_marked_reference, _ID.sub(_marked_id, tag[0])), html)


def _marked_id(found: re.Match[str]) -> str:
    return placeholder("id", found[1])


def _marked_reference(found: re.Match[str]) -> str:
    names = " ".join(placeholder("reference", name) for name in found[1].split())
    return f'{found[0][: -len(found[1]) - 1]}{names}"'


def short_ids(pieces: Iterable[Piece], kept: Collection[str]) -> dict[Piece, str]:
    """What stands for each placeholder of an id in a document: with short ids in place of long ones; `kept` stay as they are.

    Ids that nothing refers to are left out.
    """
    placeholders = [piece for piece in pieces if not isinstance(piece, str)]
    referred = {name for kind, name in placeholders if kind == "reference"}
    there = dict.fromkeys(name for kind, name in placeholders if kind == "id")
    short = {name: name for name in kept}
    numbers: Counter[str] = Counter()
    for name in there:
        if name not in referred or name in short:
            continue
        kind = name[0] if ":" in name else "i"
        numbers[kind] += 1
        short[name] = f"{kind}{numbers[kind]}"
    written: dict[Piece, str] = {("reference", name): short.get(name, name) for name in referred}
    written.update({("id", name): f' id="{short[name]}"' if name in short else "" for name in there})
    return written

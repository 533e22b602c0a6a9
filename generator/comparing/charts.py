"""Charts that show something else: what they say in words before and after, and how they look."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping

from ..charts.alt_text import describe
from ..charts.drawing import draw_chart
from ..charts.tables import tabulate
from ..charts.theme import FONTS
from ..diagnostics.finding import DiagnosticError
from ..model.languages import Language
from ..model.report import Edition
from ..records.struct import Struct
from ..wording.texts import Texts
from .changes import ChartChange, EntryChange, Kind, Pair
from .entries import title_of

_END = re.compile(r"(?<=[。！？])|(?<=[.!?])\s+")
# What a chart raises whose specification is wrong, which is a finding of its own: it shows nothing.
_MISTAKES = (DiagnosticError, LookupError, TypeError, ValueError, AttributeError)


class Picture(Struct, frozen=True):
    """A chart as an SVG document in the light scheme, and its text alternative; both empty where there is no chart."""

    svg: str = ""
    alt: str = ""


def compare_charts(before: Edition, after: Edition, entries: Mapping[tuple[str, str], EntryChange]) -> Iterator[ChartChange]:
    """Charts that are new, gone, specified otherwise, or that show other values."""
    for key in {**after.charts, **before.charts}:
        entry = entries.get(("charts", key))
        says = {}
        for language in after.report.languages:
            old, new = (_shown(one, key, language) for one in (before, after))
            if old != new:
                says[language.code] = tuple(_pairs(old[0], new[0]))
        if says or entry is not None:
            what = Kind.CHANGED if entry is None else entry.what
            names = tuple(field.name for field in entry.fields if field.name) if entry is not None else ()
            edition = before if key not in after.charts else after
            yield ChartChange(id=key, what=what, title=title_of(edition, "charts", key), says=says, fields=names)


def _shown(edition: Edition, key: str, language: Language) -> tuple[list[str], object]:
    """What a chart says, sentence by sentence, and the cells of its table; nothing where the edition lacks it."""
    chart = edition.charts.get(key)
    own = next((one for one in edition.report.languages if one.code == language.code), None)
    if chart is None or own is None:
        return [], []
    texts = Texts(edition, own)
    try:
        said, table = describe(chart, edition, texts), tabulate(chart, edition, texts)
    except _MISTAKES:
        return [], []
    cells = [table.columns, *([(cell.text, cell.status) for cell in row] for row in table.rows)]
    return [part for part in _END.split(said) if part.strip()], cells


def _pairs(old: list[str], new: list[str]) -> Iterator[Pair]:
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            for at in range(max(b - a, d - c)):
                yield old[a + at].strip() if a + at < b else "", new[c + at].strip() if c + at < d else ""


def draw(edition: Edition, key: str, code: str) -> Picture:
    """A chart of an edition in a language, to stand alone: in the light scheme, with fonts of its own."""
    chart = edition.charts.get(key)
    language = next((one for one in edition.report.languages if one.code == code), None)
    if chart is None or language is None:
        return Picture()
    try:
        drawing = draw_chart(chart, edition, Texts(edition, language))
    except _MISTAKES:
        return Picture()
    svg = drawing.svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return Picture(svg.replace('font-family="inherit"', f'font-family="{FONTS}"', 1), drawing.alt)

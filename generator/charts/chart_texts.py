"""All texts that a chart shows, in whatever language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ..model.languages import Phrase

if TYPE_CHECKING:
    from ..model.report import Chart, Edition
    from ..wording.texts import Texts


def phrases_of(chart: Chart, edition: Edition) -> Iterator[Phrase]:
    """The texts of a chart: its own, and the labels of its facts and of its series."""
    yield from phrases_in(chart.title, chart.measure, chart.note, chart.options)
    for key in chart.facts:
        yield from phrases_in(edition.facts[key].label, edition.facts[key].short)
    for key in chart.series:
        series = edition.series[key]
        yield from phrases_in(series.label, [column.label for column in series.columns.values()])
        yield from phrases_in(*(row.words for row in series.rows))


def phrases_in(*values: object) -> Iterator[Phrase]:
    """The texts among values, and in lists and records of them."""
    for value in values:
        if isinstance(value, Phrase):
            yield value
        elif isinstance(value, Mapping):
            yield from phrases_in(*value.values())
        elif isinstance(value, list | tuple):
            yield from phrases_in(*value)


def sentence_case(text: str, texts: Texts) -> str:
    """A label that stands alone, with a capital letter at its start; names that are written small, as xAI, stay so."""
    first = text.partition(" ")[0].rstrip(",.:;")
    written_so = not first.isalpha() or first != first.lower()
    if not text[:1].islower() or written_so or first in _small_names(texts.edition, texts.language.code):
        return text
    dotted = text[0] == "i" and any("\u0131" in word for word in texts.language.words.values())  # i has a capital of its own
    return ("\u0130" if dotted else text[0].title()) + text[1:]


def _small_names(edition: Edition, code: str) -> frozenset[str]:
    """The first words of names that begin with a small letter."""
    names = (phrase[code] for name in edition.names.values() for phrase in (name.name, name.short))
    return frozenset(name.partition(" ")[0] for name in names if name[:1].islower())

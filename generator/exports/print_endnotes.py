"""The endnotes of the print edition: sources numbered by first use, each with links back to the chapters that cite it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from ..model.sources import Source
from ..records.struct import Struct, field
from ..wording.texts import Texts
from .print_layout import estimated_height
from .print_placeholders import Piece

NOTES = "notes"  # the id of the endnotes
_RANGE = 3  # so many numbers in a row are written as a range: 1–3


class Endnotes(Struct):
    """Sources cited so far; chapters are numbered from 1."""

    texts: Texts
    numbers: dict[str, int] = field(default_factory=dict)  # id of a source -> number of its note
    chapters: dict[str, dict[int, str]] = field(
        default_factory=dict
    )  # id of a source -> chapter -> id of the place that cites it
    places: int = 0  # that a note leads back to, so far

    def cite(self, sources: Sequence[str], separator: str, chapter: int) -> Iterator[Piece]:
        """Links to the notes of sources in the order of their numbers, of a range to its first and last.

        A note leads back to the first of the links among which a chapter cites it first.
        """
        numbered = {self.numbers.setdefault(source, len(self.numbers) + 1): source for source in sources}
        cited = [self.chapters.setdefault(source, {}) for source in numbered.values()]
        if first := [chapters for chapters in cited if chapter not in chapters]:
            self.places += 1
            for chapters in first:
                chapters[chapter] = f"cite:{self.places}"
        for place, numbers in enumerate(_ranges(sorted(numbered))):
            yield f'{separator if place else ""}<a href="#note:{numbers[0]}"'
            if first and not place:
                yield "id", f"cite:{self.places}"
            yield f">{numbers[0]}</a>"
            if len(numbers) > 1:
                yield f'–<a href="#note:{numbers[-1]}">{numbers[-1]}</a>'

    def ids(self) -> list[str]:
        """The ids of the notes so far."""
        return [f"note:{number}" for number in self.numbers.values()]

    def html(self, *, overdue: bool) -> str:
        """All notes as a chapter; `overdue` adds what the mark of an overdue fact means."""
        word, sources = self.texts.language.word, self.texts.edition.sources
        due = f"<p>{escape(word('due.note'), quote=False)}</p>\n" if overdue else ""
        notes = "".join(self._note(sources[key], number) for key, number in self.numbers.items())
        return (
            f'<section class="chapter chapter--notes">\n<h2 id="{NOTES}">{escape(word("part_sources"))}</h2>\n'
            f"<p>{escape(word('print.notes'), quote=False)}</p>\n{due}"
            f'<ol class="notes later" style="{estimated_height(notes)}">\n{notes}</ol>\n</section>\n'
        )

    def _note(self, source: Source, number: int) -> str:
        word = self.texts.language.word
        date = f", {escape(self.texts.word_period(source.date), quote=False)}" if source.date else ""
        read = f" ({escape(word(f'read.{source.read}'), quote=False)})" if source.read != "full" else ""
        title = f'<cite lang="{source.language}">{escape(source.title, quote=False)}</cite>{date}{read}'
        if source.url:  # which the style sheet shows behind the link
            title = f'<a class="notes__url" href="{escape(source.url)}">{title}</a>'
        label = word("print.back")
        back = " ".join(
            f'<a href="#{name}" aria-label="{escape(label.replace("{0}", str(chapter)))}">{chapter}</a>'
            for chapter, name in self.chapters[source.id].items()
        )
        return (
            f'<li id="note:{number}"><b>{escape(source.publisher, quote=False)}</b> {title}'
            f' <span class="notes__back">↩ {back}</span></li>\n'
        )


def _ranges(numbers: Sequence[int]) -> Iterator[list[int]]:
    """Ascending numbers, those of a range together and all others alone."""
    for _, row in groupby(enumerate(numbers), lambda one: one[1] - one[0]):
        found = [number for _, number in row]
        yield from [found] if len(found) >= _RANGE else ([number] for number in found)

"""How much of a report there is in a language: its pages, and its texts in data/."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from ..diagnostics.finding import Span
from ..model.languages import Phrase
from ..records.struct import Struct
from .default_words import is_package_key
from .draft import Draft
from .located_values import Entry, members_of, phrases

# Kinds whose entries hold texts; those of facts come last, because there are most of them.
_KINDS = (
    "sources",
    "names",
    "events",
    "series",
    "claims",
    "charts",
    "risks",
    "checks",
    "terms",
    "judgments",
    "retired",
    "facts",
)


class Progress(Struct, frozen=True, kw_only=True):
    """The pages of a report and the number of its texts, and which of both a language lacks."""

    pages: tuple[str, ...]
    missing_pages: tuple[str, ...]
    texts: int
    missing_texts: tuple[tuple[str, Span], ...]  # what lacks it ("facts/area/label"), and where it would stand

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return not (self.missing_pages or self.missing_texts)


def progress_of(draft: Draft, code: str) -> Progress:
    """What there is of a report in one language."""
    pages = tuple(str(located.value) for located in members_of(None if draft.report is None else draft.report["pages"]))
    texts = list(_texts(draft))
    return Progress(
        pages=pages,
        missing_pages=tuple(page for page in pages if not (draft.root / f"templates/pages/{page}.{code}.md.j2").is_file()),
        texts=len(texts),
        missing_texts=tuple((name, span) for name, span, codes in texts if code not in codes),
    )


def _texts(draft: Draft) -> Iterator[tuple[str, Span, Collection[str]]]:
    """The name of every text of data/, its place, and the languages that have it."""
    entries = [] if draft.report is None else [("report", draft.report)]
    for kind in _KINDS:
        of_kind: Mapping[str, Entry] = getattr(draft, kind)
        entries += [(f"{kind}/{key}", entry) for key, entry in of_kind.items()]
    for owner, entry in entries:
        for name, located in phrases(entry):
            assert isinstance(located.value, Phrase)  # noqa: S101  made by LocalizedText.read
            yield f"{owner}/{name}", located.span, located.value.texts
    for key, word in draft.words.items():
        if not is_package_key(key):
            yield f"words/{key}", word.span, word.fields

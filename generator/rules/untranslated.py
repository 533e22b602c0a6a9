"""Rule: a language in progress has every page and text of the others; what it lacks, readers get in another language."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics.finding import Diagnostic, Span
from ..reading.located_values import Entry
from ..reading.progress import progress_of
from .context import RuleContext


def languages_translated(context: RuleContext) -> Iterator[Diagnostic]:
    """One finding for each language in progress, with how much of it there is; also where that is all."""
    draft = context.draft
    described = draft.report["languages"] if draft.report is not None else None
    for language in draft.languages:
        if not language.in_progress or language.code == draft.languages[0].code:
            continue
        found = progress_of(draft, language.code)
        args = {
            "language": language.code,
            "name": language.name,
            "pages": str(len(found.pages) - len(found.missing_pages)),
            "all_pages": str(len(found.pages)),
            "texts": str(found.texts - len(found.missing_texts)),
            "all_texts": str(found.texts),
        }
        span = described.span_of(language.code) if isinstance(described, Entry) else Span("data/report.yml")
        strict = context.options.strict_languages and not found.complete
        yield Diagnostic(
            rule="untranslated",
            variant="complete" if found.complete else "",
            severity="error" if strict else "warning",
            span=span,
            args=args,
        )

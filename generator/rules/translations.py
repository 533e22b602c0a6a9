"""Rule: a text is looked at again when its translation changed since both were confirmed to say the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..diagnostics.finding import Diagnostic, Span
from .context import RuleContext


def translations_current(context: RuleContext) -> Iterator[Diagnostic]:
    """Texts older than their translations, as warnings; with strict_languages as errors, as are texts never confirmed."""
    strict = context.options.strict_languages
    for stale in context.stale:
        yield Diagnostic(
            rule="stale-translation",
            variant="both" if stale.both else "",
            severity="error" if strict else "warning",
            span=stale.passage.span,
            second=stale.twin.span,
            args={"language": stale.twin.language, "name": stale.passage.key},
        )
    if strict:
        for file, count in Counter(passage.span.file for passage in context.never_confirmed).items():
            yield Diagnostic(rule="stale-translation", variant="never", span=Span(file), args={"count": str(count)})

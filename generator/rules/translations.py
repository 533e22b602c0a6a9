"""No text is left behind: where a twin in another language changed since the two were confirmed, somebody has to look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..diagnostics.finding import Diagnostic, Span
from .context import RuleContext


def texts_current(context: RuleContext) -> Iterator[Diagnostic]:
    """A stale text is a warning; an error, as is one that was never confirmed, where the languages are asked for strictly."""
    strict = context.options.strict_languages
    for one in context.stale:
        yield Diagnostic(
            rule="stale-translation",
            severity="error" if strict else "warning",
            span=one.passage.span,
            second=one.twin.span,
            args={"language": one.twin.language, "name": one.passage.key},
        )
    if strict:
        for file, count in Counter(one.span.file for one in context.unconfirmed).items():
            yield Diagnostic(rule="stale-translation", variant="never", span=Span(file), args={"count": str(count)})
